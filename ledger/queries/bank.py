"""Cash in the ledger beside what the bank's statements say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.models import BankBalance, Entry
from ledger.rules.chart import AccountType

if TYPE_CHECKING:
    from ledger.models import Book


@dataclass(frozen=True, slots=True)
class BankDay:
    """One day of which the bank's closing balance was entered; cents."""

    balance: BankBalance
    booked: int

    @property
    def difference(self) -> int:
        """The bank less the ledger."""
        return self.balance.cents - self.booked


def bank_days(book: Book) -> list[BankDay]:
    """Every day with an entered balance, the latest first; two queries.

    Where a day was entered twice the later row counts.
    """
    rows = BankBalance.objects.filter(book=book).select_related("document", "actor")
    last = {row.day: row for row in rows.order_by("pk")}
    cash = Entry.objects.filter(account__book=book, account__type=AccountType.BANK)
    moved = dict(cash.values_list("posting__event__effective_on").annotate(Sum("amount")))
    return [
        BankDay(last[day], sum(cents for on, cents in moved.items() if on <= day))
        for day in sorted(last, reverse=True)
    ]
