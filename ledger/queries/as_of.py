"""Balances as they were: by the time of recording, or by the day of the event.

What was known at an instant is the last entry recorded by then. What was so on a day also needs
the entries that came later with an earlier day: they are added to the nearest closed period,
into which nothing can come any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, Q, Subquery, Sum

from ledger.models import Account, Entry, Period, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from ledger.models import Book


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which entries count: recorded by an instant, of a day and before, or all of them.

    ``ValueError`` when both are asked for at once.
    """

    recorded_at: datetime | None = None
    effective_on: date | None = None

    def __post_init__(self) -> None:
        if self.recorded_at and self.effective_on:
            raise ValueError("as known at an instant, or as of a day, not both")

    def entries(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        """Those of the entries that count."""
        if self.recorded_at:
            return rows.filter(recorded_at__lte=self.recorded_at)
        if self.effective_on:
            return rows.filter(posting__event__effective_on__lte=self.effective_on)
        return rows


NOW = AsOf()


@dataclass(frozen=True, slots=True)
class Held:
    """What one account held, in cents on its normal side."""

    account_id: int
    book_id: int
    type: str
    key: str
    normal: int
    cents: int

    @property
    def debit(self) -> int:
        """Cents on the debit side, 0 when the account stands on the other."""
        return max(self.normal * self.cents, 0)

    @property
    def credit(self) -> int:
        """Cents on the credit side, 0 when the account stands on the other."""
        return max(-self.normal * self.cents, 0)


def balances_as_of(books: Iterable[Book], when: AsOf = NOW) -> list[Held]:
    """Every account of the books that had an entry by then; three queries at most."""
    accounts = Account.objects.filter(book__in=list(books), version__gt=0).order_by("pk")
    if when.recorded_at:
        return _recorded(accounts, when.recorded_at)
    if when.effective_on:
        return _effective(accounts, when.effective_on)
    return [_held(account, account.balance) for account in accounts]


def _held(account: Account, cents: int) -> Held:
    return Held(account.pk, account.book_id, account.type, account.key, account.normal, cents)


def _recorded(accounts: QuerySet[Account], at: datetime) -> list[Held]:
    known = Entry.objects.filter(account=OuterRef("pk"), recorded_at__lte=at).order_by("-seq")
    rows = accounts.annotate(known=Subquery(known.values("balance_after")[:1]))
    return [_held(row, row.known) for row in rows.filter(known__isnull=False)]


def _effective(accounts: QuerySet[Account], day: date) -> list[Held]:
    periods = Period.objects.filter(book__in=accounts.values("book"), through__lte=day)
    nearest = dict(periods.values_list("book").annotate(Max("through")))
    started = _snapshots(nearest)
    of_day = Q(posting__event__effective_on__lte=day)
    for through in set(nearest.values()):
        closed = [book for book, last in nearest.items() if last == through]
        of_day &= ~Q(account__book__in=closed) | Q(posting__event__effective_on__gt=through)
    rows = Entry.objects.filter(of_day, account__in=accounts.order_by().values("pk"))
    moved = dict(rows.values_list("account").annotate(Sum("amount")))
    return [
        _held(row, started.get(row.pk, 0) + row.normal * moved.get(row.pk, 0))
        for row in accounts
        if row.pk in started or row.pk in moved
    ]


def _snapshots(nearest: dict[int, date]) -> dict[int, int]:
    """Cents by account at the end of the nearest period of each book."""
    if not nearest:
        return {}
    rows = Snapshot.objects.filter(
        period__book__in=nearest, period__through__in=set(nearest.values())
    ).values_list("account", "balance", "period__book", "period__through")
    return {pk: cents for pk, cents, book, through in rows if nearest[book] == through}
