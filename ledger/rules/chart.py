"""The chart of accounts of one grant's book, seen from the coordinator.

Three self-balancing sets: Budget (what the EU contribution is meant for), Money (where the
cash is) and Limits (what one SME may still receive). No posting crosses from one to another.
Every account but two counts from zero upwards and may never go below zero: that one line is
the pool, the budget of an SME call, the value of a voucher, the cash in hand and the cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which side increases the balance."""

    DEBIT = "debit"
    CREDIT = "credit"


class AccountType(StrEnum):
    """``set.name``; the comment names the term used in public accounts."""

    AWARD = "B.AWARD"  # legal commitment of the granting authority
    APPR = "B.APPR"  # appropriation not yet split
    POOL = "B.POOL"  # SME appropriation, available
    CALL = "B.CALL"  # allotment to one SME call, available
    RESV = "B.RESV"  # reserved: awarded, not yet signed
    VCH = "B.VCH"  # commitment (encumbrance)
    VADV = "B.VADV"  # committed and advanced
    CLAIM = "B.CLAIM"  # obligation: claim received, under check
    SACC = "B.SACC"  # accepted SME support, S
    COORD = "B.COORD"  # coordination, available
    CCLAIM = "B.CCLAIM"  # coordination claimed
    CACC = "B.CACC"  # accepted coordination, C
    LAPSED = "B.LAPSED"  # decommitted
    BANK = "P.BANK"  # cash of the action
    PREFIN = "P.PREFIN"  # prefinancing to be cleared: still the EU's money
    EUREC = "P.EUREC"  # claim on the EU
    EUDUE = "P.EUDUE"  # recovery order from the EU
    INCOME = "P.INCOME"  # grant income
    OWN = "P.OWN"  # own money paid in
    SEXP = "P.SEXP"  # expense: SME support
    CEXP = "P.CEXP"  # expense: coordination
    LOSS = "P.LOSS"  # loss on own funds
    SPAY = "P.SPAY"  # payable to an SME or provider
    SADV = "P.SADV"  # advance out on a voucher
    SREC = "P.SREC"  # recoverable from an SME or provider
    PPAY = "P.PPAY"  # payable to a partner
    PADV = "P.PADV"  # prefinancing passed on to a partner
    PREC = "P.PREC"  # recoverable from a partner
    LIMIT = "L.CTL"  # control of the limits
    CAP = "L.CAP"  # head-room of an SME and its linked enterprises
    USED = "L.USED"  # used head-room

    @property
    def book_set(self) -> str:
        """``B``, ``P`` or ``L``."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class AccountSpec:
    """How an account of a type behaves. ``key`` says whose account it is; "" = one per book."""

    side: Side
    floor: int | None = 0
    key: str = ""

    @property
    def normal(self) -> int:
        """+1 when a debit increases the balance, -1 when a credit does."""
        return 1 if self.side is Side.DEBIT else -1


_T = AccountType
_DEBIT = AccountSpec(Side.DEBIT)
_CREDIT = AccountSpec(Side.CREDIT)

CHART: dict[AccountType, AccountSpec] = {
    _T.AWARD: AccountSpec(Side.DEBIT, floor=None),
    _T.APPR: _CREDIT,
    _T.POOL: _CREDIT,
    _T.CALL: AccountSpec(Side.CREDIT, key="SME call"),
    _T.RESV: AccountSpec(Side.CREDIT, key="application"),
    _T.VCH: AccountSpec(Side.CREDIT, key="voucher"),
    _T.VADV: AccountSpec(Side.CREDIT, key="voucher"),
    _T.CLAIM: AccountSpec(Side.CREDIT, key="voucher"),
    _T.SACC: _CREDIT,
    _T.COORD: _CREDIT,
    _T.CCLAIM: _CREDIT,
    _T.CACC: _CREDIT,
    _T.LAPSED: _CREDIT,
    _T.BANK: _DEBIT,
    _T.PREFIN: _CREDIT,
    _T.EUREC: _DEBIT,
    _T.EUDUE: _CREDIT,
    _T.INCOME: _CREDIT,
    _T.OWN: _CREDIT,
    _T.SEXP: _DEBIT,
    _T.CEXP: _DEBIT,
    _T.LOSS: _DEBIT,
    _T.SPAY: AccountSpec(Side.CREDIT, key="payee"),
    _T.SADV: AccountSpec(Side.DEBIT, key="voucher"),
    _T.SREC: AccountSpec(Side.DEBIT, key="payee"),
    _T.PPAY: AccountSpec(Side.CREDIT, key="partner"),
    _T.PADV: AccountSpec(Side.DEBIT, key="partner"),
    _T.PREC: AccountSpec(Side.DEBIT, key="partner"),
    _T.LIMIT: AccountSpec(Side.DEBIT, floor=None),
    _T.CAP: AccountSpec(Side.CREDIT, key="group"),
    _T.USED: AccountSpec(Side.CREDIT, key="group"),
}

SINGLE = tuple(kind for kind, spec in CHART.items() if not spec.key)
"""One of each per book, opened with it, before any other: hot rows have the lowest ids."""

AMOUNT_MAX = 10**13
"""Largest amount of one posting, in cents."""


def code_of(book_code: str, type: str, key: str = "") -> str:  # noqa: A002  own word
    """The account's name in the chain: ``EC-1/B.VCH[4f…]``."""
    return f"{book_code}/{type}[{key}]" if key else f"{book_code}/{type}"
