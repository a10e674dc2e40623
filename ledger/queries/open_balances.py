"""Clearing accounts that are not empty, with the document that filled them and how long ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery

from ledger.models import Account, Entry, Event, Settlement
from ledger.rules.chart import AccountType
from ledger.rules.clearing import CLEARING, Due, is_due

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ledger.models import Book


@dataclass(frozen=True, slots=True)
class OpenBalance:
    """An account that holds something; ``event`` is the one that found it empty.

    ``is_unexplained``: it has to be empty by now.
    """

    account: Account
    event: Event
    due: Due
    is_unexplained: bool

    def age(self, on: date) -> int:
        """Days since it is not empty, by the day of the event; never negative."""
        return max((on - self.event.effective_on).days, 0)


def open_balances(books: Iterable[Book]) -> list[OpenBalance]:
    """Every clearing account that is not zero, the oldest first; three queries."""
    wanted = list(books)
    settled = set(Settlement.objects.filter(book__in=wanted).values_list("book", flat=True))
    began = (
        Entry.objects.filter(account=OuterRef("pk"))
        .filter(balance_after=F("account__normal") * F("amount"))
        .order_by("-seq")
    )
    rows = Account.objects.filter(book__in=wanted, type__in=list(CLEARING)).exclude(balance=0)
    rows = rows.annotate(began=Subquery(began.values("posting__event")[:1]))
    accounts = list(rows.select_related("book"))
    events = Event.objects.select_related("document").in_bulk([row.began for row in accounts])
    found = [
        OpenBalance(
            account=row,
            event=events[row.began],
            due=CLEARING[AccountType(row.type)],
            is_unexplained=is_due(row.type, settled=row.book_id in settled),
        )
        for row in accounts
    ]
    return sorted(found, key=lambda line: (line.event.effective_on, line.account.pk))
