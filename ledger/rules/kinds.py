"""The closed list: which kind of event may post from which account to which.

The rows follow the life of a grant. Every pair stays inside one set of accounts, so that no
set can ever be out of balance, and no pair leads from the SME side to a payment of
coordination: ``B.POOL`` reaches ``B.COORD`` only as a move of the earmark, which the database
allows while three quarters remain.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ledger.rules.chart import CHART
from ledger.rules.chart import AccountType as T


class Kind(StrEnum):
    """What happened. One event of a kind is one transaction of one or more postings."""

    AWARD = "award"
    EARMARK_MOVED = "earmark_moved"
    PREFINANCING = "prefinancing"
    PASSED_ON = "prefinancing_passed_on"
    PASSED_BACK = "prefinancing_passed_back"
    OWN_MONEY_IN = "own_money_in"
    SME_CALL_OPENED = "sme_call_opened"
    SME_CALL_DONE = "sme_call_done"
    HEADROOM_OPENED = "headroom_opened"
    APPLICATION_AWARDED = "application_awarded"
    VOUCHER_ISSUED = "voucher_issued"
    VOUCHERS_ISSUED = "vouchers_issued"
    AWARD_LAPSED = "award_lapsed"
    GROUPS_LINKED = "groups_linked"
    ADVANCE_ORDERED = "advance_ordered"
    ADVANCE_CANCELLED = "advance_cancelled"
    ADVANCE_EXECUTED = "advance_executed"
    ADVANCE_RETURNED = "advance_returned"
    CLAIM_SUBMITTED = "claim_submitted"
    CLAIM_CERTIFIED = "claim_certified"
    PAYMENT_EXECUTED = "payment_executed"
    PAYMENT_RETURNED = "payment_returned"
    CLAIM_REFUSED = "claim_refused"
    VOUCHER_ENDED = "voucher_ended"
    RECOVERY_PAID = "recovery_paid"
    WRITTEN_OFF = "recovery_written_off"
    CLAWED_BACK = "support_clawed_back"
    COORDINATION_CLAIMED = "coordination_claimed"
    COORDINATION_ACCEPTED = "coordination_accepted"
    COORDINATION_PAID = "coordination_paid"
    COORDINATION_RETURNED = "coordination_returned"
    COORDINATION_CLAWED_BACK = "coordination_clawed_back"
    PARTNER_REPAID = "partner_repaid"
    PARTNER_LEFT = "partner_left"
    INTERIM = "interim"
    EU_PAID = "eu_paid"
    SETTLEMENT = "settlement"
    BALANCE_RECEIVED = "balance_received"
    RECOVERY_ORDER_PAID = "recovery_order_paid"
    RECOVERY_OFFSET = "recovery_offset"
    AMENDMENT_UP = "amendment_up"
    AMENDMENT_DOWN = "amendment_down"
    REVERSAL = "reversal"


class Phase(StrEnum):
    """When in the life of a book a pair is allowed."""

    ANY = "any"
    OPEN = "open"  # before the first final settlement
    SETTLED = "settled"  # after it


class Tie(StrEnum):
    """What must hold between accounts of a book once an event that touches them is posted."""

    EARMARK = "earmark"  # coordination keeps within its part of what has been allotted
    SPLIT = "split"  # nothing is used while part of an award is not allotted
    SPENT = "spent"  # what is spent was accepted
    ADVANCE = "advance"  # what an SME holds in advance is part of its voucher
    INCOME = "income"  # income is what the formula pays
    HEADROOM = "headroom"  # head-room is what the use leaves of the cap


_NO: frozenset[T] = frozenset()
_TIES: tuple[tuple[Tie, frozenset[T], frozenset[T]], ...] = (
    (Tie.EARMARK, _NO, frozenset({T.COORD, T.APPR})),
    (Tie.SPLIT, _NO, frozenset({T.CALL, T.CCLAIM})),
    (Tie.SPENT, frozenset({T.SEXP, T.CEXP, T.SACC, T.CACC}), _NO),
    (Tie.ADVANCE, frozenset({T.SADV, T.VADV, T.CLAIM}), frozenset({T.SADV, T.VADV})),
    (Tie.INCOME, frozenset({T.INCOME}), frozenset({T.INCOME})),
    (Tie.HEADROOM, frozenset({T.USED, T.LIMIT}), frozenset({T.LIMIT})),
)
"""Which accounts, debited or credited, could break what."""


def ties_of(debit: T, credit: T) -> tuple[Tie, ...]:
    """What a leg from ``debit`` to ``credit`` could break."""
    return tuple(tie for tie, out, into in _TIES if debit in out or credit in into)


@dataclass(frozen=True, slots=True)
class Pair:
    """``debit`` → ``credit`` under ``kind``. ``row`` is the line of the postings table."""

    kind: Kind
    row: str
    debit: T
    credit: T
    phase: Phase

    @property
    def same_key(self) -> bool:
        """Both are accounts of the same thing (one voucher, one partner): it must be the same.

        Two accounts of one type are of two things: one group's use moves to another group.
        """
        key = CHART[self.debit].key
        return self.debit is not self.credit and bool(key) and key == CHART[self.credit].key

    @property
    def ties(self) -> tuple[Tie, ...]:
        return ties_of(self.debit, self.credit)

    @property
    def mirror_ties(self) -> tuple[Tie, ...]:
        """What taking it back could break."""
        return ties_of(self.credit, self.debit)


TWO_PERSONS = frozenset(
    {
        Kind.PASSED_ON,
        Kind.ADVANCE_EXECUTED,
        Kind.PAYMENT_EXECUTED,
        Kind.WRITTEN_OFF,
        Kind.COORDINATION_PAID,
        Kind.SETTLEMENT,
        Kind.RECOVERY_ORDER_PAID,
        Kind.REVERSAL,
    }
)
"""Money leaves, a claim on it is given up, or an event is taken back: the approver is
somebody else than the actor."""

NEVER_REVERSED = frozenset(
    {Kind.HEADROOM_OPENED, Kind.GROUPS_LINKED, Kind.SETTLEMENT, Kind.REVERSAL}
)
"""What a mirror event cannot take back: a settlement is replaced by the next one."""

_K, _ANY, _OPEN, _SETTLED = Kind, Phase.ANY, Phase.OPEN, Phase.SETTLED
_ROWS: list[tuple[Kind, str, Phase, tuple[tuple[T, T], ...]]] = [
    (_K.AWARD, "1–3", _OPEN, ((T.AWARD, T.APPR), (T.APPR, T.POOL), (T.APPR, T.COORD))),
    (_K.EARMARK_MOVED, "3'", _OPEN, ((T.COORD, T.POOL), (T.POOL, T.COORD))),
    (_K.PREFINANCING, "4", _OPEN, ((T.BANK, T.PREFIN),)),
    (_K.PASSED_ON, "4a", _ANY, ((T.PADV, T.BANK),)),
    (_K.PASSED_BACK, "4a", _ANY, ((T.BANK, T.PADV),)),
    (_K.OWN_MONEY_IN, "4b", _ANY, ((T.BANK, T.OWN),)),
    (_K.SME_CALL_OPENED, "5", _OPEN, ((T.POOL, T.CALL),)),
    (_K.SME_CALL_DONE, "5'", _OPEN, ((T.CALL, T.POOL),)),
    (_K.HEADROOM_OPENED, "6", _OPEN, ((T.LIMIT, T.CAP),)),
    (_K.APPLICATION_AWARDED, "6a", _OPEN, ((T.CALL, T.RESV), (T.CAP, T.USED))),
    (_K.VOUCHER_ISSUED, "6b", _OPEN, ((T.RESV, T.VCH),)),
    (_K.VOUCHERS_ISSUED, "6b'", _OPEN, ((T.CALL, T.VCH), (T.CAP, T.USED))),
    (_K.AWARD_LAPSED, "6c", _OPEN, ((T.RESV, T.CALL), (T.USED, T.CAP), (T.USED, T.LIMIT))),
    (_K.GROUPS_LINKED, "6d", _OPEN, ((T.CAP, T.LIMIT), (T.USED, T.USED))),
    (_K.ADVANCE_ORDERED, "7a", _OPEN, ((T.VCH, T.VADV), (T.SADV, T.SPAY))),
    (_K.ADVANCE_CANCELLED, "7a'", _OPEN, ((T.SPAY, T.SADV), (T.VADV, T.VCH))),
    (_K.ADVANCE_EXECUTED, "7b", _ANY, ((T.SPAY, T.BANK),)),
    (_K.ADVANCE_RETURNED, "8", _OPEN, ((T.BANK, T.SADV), (T.VADV, T.VCH))),
    (_K.CLAIM_SUBMITTED, "9", _OPEN, ((T.VADV, T.CLAIM), (T.VCH, T.CLAIM))),
    (_K.CLAIM_CERTIFIED, "10a", _OPEN, ((T.CLAIM, T.SACC), (T.CLAIM, T.VADV), (T.CLAIM, T.VCH))),
    (_K.CLAIM_CERTIFIED, "10a", _OPEN, ((T.SEXP, T.SPAY), (T.SPAY, T.SADV))),
    (_K.PAYMENT_EXECUTED, "10b", _ANY, ((T.SPAY, T.BANK),)),
    (_K.PAYMENT_RETURNED, "10c", _ANY, ((T.BANK, T.SPAY),)),
    (_K.CLAIM_REFUSED, "12", _OPEN, ((T.CLAIM, T.VADV), (T.CLAIM, T.VCH))),
    (_K.VOUCHER_ENDED, "13", _OPEN, ((T.VCH, T.CALL), (T.VCH, T.POOL), (T.USED, T.CAP))),
    (_K.VOUCHER_ENDED, "13", _OPEN, ((T.USED, T.LIMIT),)),
    (_K.VOUCHER_ENDED, "13", _OPEN, ((T.VADV, T.CALL), (T.VADV, T.POOL), (T.SREC, T.SADV))),
    (_K.RECOVERY_PAID, "14", _ANY, ((T.BANK, T.SREC), (T.USED, T.CAP), (T.USED, T.LIMIT))),
    (_K.WRITTEN_OFF, "14'", _ANY, ((T.LOSS, T.SREC), (T.USED, T.CAP), (T.USED, T.LIMIT))),
    (_K.CLAWED_BACK, "15", _OPEN, ((T.SACC, T.POOL),)),
    (_K.CLAWED_BACK, "15", _SETTLED, ((T.SACC, T.LAPSED),)),
    (_K.CLAWED_BACK, "15", _ANY, ((T.SREC, T.SEXP),)),
    (_K.COORDINATION_CLAIMED, "16a", _OPEN, ((T.COORD, T.CCLAIM),)),
    (_K.COORDINATION_ACCEPTED, "16b", _OPEN, ((T.CCLAIM, T.CACC), (T.CCLAIM, T.COORD))),
    (_K.COORDINATION_ACCEPTED, "16b", _OPEN, ((T.CEXP, T.PPAY), (T.PPAY, T.PADV))),
    (_K.COORDINATION_PAID, "16c", _ANY, ((T.PPAY, T.BANK),)),
    (_K.COORDINATION_RETURNED, "16c'", _ANY, ((T.BANK, T.PPAY),)),
    (_K.COORDINATION_CLAWED_BACK, "16d", _OPEN, ((T.CACC, T.COORD),)),
    (_K.COORDINATION_CLAWED_BACK, "16d", _SETTLED, ((T.CACC, T.LAPSED),)),
    (_K.COORDINATION_CLAWED_BACK, "16d", _ANY, ((T.PREC, T.CEXP),)),
    (_K.PARTNER_REPAID, "16e", _ANY, ((T.BANK, T.PREC),)),
    (_K.PARTNER_LEFT, "16e", _ANY, ((T.PREC, T.PADV),)),
    (_K.INTERIM, "17", _OPEN, ((T.EUREC, T.INCOME), (T.PREFIN, T.EUREC))),
    (_K.EU_PAID, "17", _OPEN, ((T.BANK, T.EUREC), (T.BANK, T.PREFIN))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.EUREC, T.INCOME), (T.INCOME, T.EUDUE))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.PREFIN, T.EUREC), (T.PREFIN, T.EUDUE))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.PREC, T.CEXP), (T.CEXP, T.PPAY))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.LOSS, T.SEXP), (T.SEXP, T.LOSS))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.POOL, T.LAPSED), (T.CALL, T.LAPSED))),
    (_K.SETTLEMENT, "18", _SETTLED, ((T.COORD, T.LAPSED),)),
    (_K.BALANCE_RECEIVED, "19", _SETTLED, ((T.BANK, T.EUREC),)),
    (_K.RECOVERY_ORDER_PAID, "20", _SETTLED, ((T.BANK, T.OWN), (T.EUDUE, T.BANK))),
    (_K.RECOVERY_OFFSET, "20'", _SETTLED, ((T.EUDUE, T.EUREC),)),
    (_K.AMENDMENT_UP, "21", _OPEN, ((T.AWARD, T.APPR), (T.APPR, T.POOL), (T.APPR, T.COORD))),
    (_K.AMENDMENT_DOWN, "22", _OPEN, ((T.COORD, T.APPR), (T.POOL, T.APPR), (T.APPR, T.AWARD))),
]

PAIRS: tuple[Pair, ...] = tuple(
    Pair(kind, row, debit, credit, phase)
    for kind, row, phase, pairs in _ROWS
    for debit, credit in pairs
)
