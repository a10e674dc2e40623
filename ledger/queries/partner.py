"""Coordination by partner, read from the postings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from ledger.queries.balance import standing
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind

if TYPE_CHECKING:
    from ledger.models import Book


def carried_by_partner(book: Book) -> dict[str, int]:
    """Accepted coordination that the grant carries, cents by partner; the sum is ``P.CEXP``."""
    taken = _sums(book, debit=T.CEXP, credit=T.PPAY, side="credit")
    given = _sums(book, debit=T.PREC, credit=T.CEXP, side="debit")
    return {name: cents - given.get(name, 0) for name, cents in taken.items()}


def borne_by_partner(book: Book) -> dict[str, int]:
    """Accepted coordination that settlements left to the partners, cents by partner."""
    left = _sums(book, debit=T.PREC, credit=T.CEXP, side="debit", kind=Kind.SETTLEMENT)
    back = _sums(book, debit=T.CEXP, credit=T.PPAY, side="credit", kind=Kind.SETTLEMENT)
    return {name: cents - back.get(name, 0) for name, cents in left.items()}


def _sums(
    book: Book, *, debit: T, credit: T, side: str, kind: Kind | None = None
) -> dict[str, int]:
    rows = standing(book.pk).filter(debit__type=debit, credit__type=credit)
    if kind:
        rows = rows.filter(event__kind=kind)
    return dict(rows.values_list(f"{side}__key").annotate(Sum("amount")))
