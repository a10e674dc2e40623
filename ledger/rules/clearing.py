"""Which accounts must come back to zero, and from when: what is left there asks for a reason."""

from __future__ import annotations

from enum import StrEnum

from ledger.rules.chart import AccountType as T


class Due(StrEnum):
    """From when an account has to be empty."""

    ALWAYS = "always"  # between two events already
    SETTLED = "settled"  # once the grant is settled
    PAID = "paid"  # once the grant is settled and what follows from it is paid


CLEARING: dict[T, Due] = {
    T.APPR: Due.ALWAYS,
    T.POOL: Due.SETTLED,
    T.CALL: Due.SETTLED,
    T.RESV: Due.SETTLED,
    T.VCH: Due.SETTLED,
    T.VADV: Due.SETTLED,
    T.CLAIM: Due.SETTLED,
    T.COORD: Due.SETTLED,
    T.CCLAIM: Due.SETTLED,
    T.PREFIN: Due.SETTLED,
    T.SPAY: Due.SETTLED,
    T.SADV: Due.SETTLED,
    T.PADV: Due.SETTLED,
    T.EUREC: Due.PAID,
    T.EUDUE: Due.PAID,
    T.SREC: Due.PAID,
    T.PPAY: Due.PAID,
    T.PREC: Due.PAID,
}
"""The final settlement itself refuses most of the second kind; what arrives there later, such as
a payment that the bank returns, is found here."""


def is_due(type: str, *, settled: bool) -> bool:  # noqa: A002  own word
    """Whether an account of this type has to be empty now."""
    due = CLEARING.get(T(type))
    return due is Due.ALWAYS or (due is not None and settled)
