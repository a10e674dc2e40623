"""Balances and statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.models import Account, Entry
from ledger.rules.chart import AccountType

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ledger.models import Book
    from ledger.rules.legs import AccountRef


def balance(ref: AccountRef) -> int:
    """Cents on the account's normal side; 0 when it was never opened."""
    row = Account.objects.filter(book_id=ref.book_id, type=ref.type, key=ref.key)
    return row.values_list("balance", flat=True).first() or 0


def balances(book: Book) -> dict[str, int]:
    """Cents by account type, summed over the keys; every type is there."""
    rows = Account.objects.filter(book=book).values_list("type").annotate(Sum("balance"))
    return {kind.value: 0 for kind in AccountType} | dict(rows)


def balances_by_key(book: Book, *, type: str) -> dict[str, int]:  # noqa: A002  own word
    """Cents by key of one keyed type: every voucher, every SME call, every partner."""
    return dict(Account.objects.filter(book=book, type=type).values_list("key", "balance"))


def statement(ref: AccountRef) -> QuerySet[Entry]:
    """The entries of one account in order, with what a page shows of each in one query."""
    return (
        Entry.objects.filter(
            account__book_id=ref.book_id, account__type=ref.type, account__key=ref.key
        )
        .select_related(
            "posting__debit",
            "posting__credit",
            "posting__event__document",
            "posting__event__actor",
            "posting__event__approver",
        )
        .order_by("seq")
    )
