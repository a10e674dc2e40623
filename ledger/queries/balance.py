"""Balances and statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from core.reading import read_once
from ledger.models import Account, Entry, Posting
from ledger.rules.chart import AccountType

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ledger.models import Book
    from ledger.rules.legs import AccountRef


@read_once
def balance(ref: AccountRef) -> int:
    """Cents on the account's normal side; 0 when it was never opened."""
    row = Account.objects.filter(book_id=ref.book_id, type=ref.type, key=ref.key)
    return row.values_list("balance", flat=True).first() or 0


@read_once
def balances_of_key(book_id: int, key: str) -> dict[str, int]:
    """Cents by account type under one key: all that a voucher, an SME call or a partner has."""
    rows = Account.objects.filter(book=book_id, key=key).values_list("type", "balance")
    return {kind.value: 0 for kind in AccountType} | dict(rows)


def balances(book: Book) -> dict[str, int]:
    """Cents by account type, summed over the keys; every type is there."""
    rows = Account.objects.filter(book=book).values_list("type").annotate(Sum("balance"))
    return {kind.value: 0 for kind in AccountType} | dict(rows)


def balances_by_key(book: Book, *, type: str) -> dict[str, int]:  # noqa: A002  own word
    """Cents by key of one keyed type: every voucher, every SME call, every partner."""
    return dict(Account.objects.filter(book=book, type=type).values_list("key", "balance"))


def standing(*book_ids: int) -> QuerySet[Posting]:
    """Postings that stand: neither taken back nor taking one back. For flows by pair of types."""
    return Posting.objects.filter(
        event__book_id__in=book_ids,
        event__reverses__isnull=True,
        event__reversed_by__isnull=True,
    )


def committed_by_voucher(book: Book) -> dict[str, int]:
    """Cents by voucher: its value when it was issued, less what ended unused.

    What was recovered later is in it: accepted support stands on one account for all vouchers.
    """
    issued = Q(debit__type__in=[AccountType.RESV, AccountType.CALL], credit__type=AccountType.VCH)
    ended = Q(
        debit__type__in=[AccountType.VCH, AccountType.VADV],
        credit__type__in=[AccountType.CALL, AccountType.POOL],
    )
    moved = standing(book.pk).filter(issued | ended)
    found: dict[str, int] = {}
    for source, debit, credit, cents in moved.values_list(
        "debit__type", "debit__key", "credit__key"
    ).annotate(Sum("amount")):
        key, sign = (debit, -1) if source in {AccountType.VCH, AccountType.VADV} else (credit, 1)
        found[key] = found.get(key, 0) + sign * cents
    return found


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
