"""What the cap of one SME and its linked enterprises says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.models import Account, Posting
from ledger.rules.chart import AccountType as T

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Headroom:
    """Cents: the cap, what may still be awarded, what was used of it."""

    cap: int
    room: int
    used: int

    @property
    def above(self) -> int:
        """What was used above the cap, because two groups turned out to be one."""
        return max(self.used - self.cap, 0)


def headroom(book_id: int, group: object) -> Headroom:
    """The cap of a group as it was opened, and what its two accounts hold; all 0 if never."""
    mine = Account.objects.filter(book_id=book_id, key=str(group), type__in=(T.CAP, T.USED))
    held = dict(mine.values_list("type", "balance"))
    opened = Posting.objects.filter(credit__in=mine.filter(type=T.CAP), debit__type=T.LIMIT)
    cap = opened.aggregate(Sum("amount"))["amount__sum"]
    return Headroom(cap=cap or 0, room=held.get(T.CAP, 0), used=held.get(T.USED, 0))


def first_opened(book_id: int, groups: Iterable[object]) -> list[str]:
    """Groups whose cap is open in the book, the first opened first."""
    keys = [str(group) for group in groups]
    caps = Account.objects.filter(book_id=book_id, type=T.CAP, key__in=keys, closed=False)
    return list(caps.order_by("pk").values_list("key", flat=True))
