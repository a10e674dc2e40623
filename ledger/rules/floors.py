"""What the database would refuse, worked out beforehand for the sake of the sentence.

``first_refusal`` walks the legs as the database does: debit, then credit, then the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ledger.rules import share
from ledger.rules.chart import CHART, AccountType
from ledger.rules.kinds import PAIRS, Kind, Pair
from ledger.rules.legs import AccountRef, Leg

if TYPE_CHECKING:
    from collections.abc import Iterable

EARMARK_KINDS = frozenset({Kind.AWARD, Kind.EARMARK_MOVED, Kind.AMENDMENT_UP, Kind.AMENDMENT_DOWN})
"""Kinds that move the line between the SME pool and coordination."""

COORDINATION = (AccountType.COORD, AccountType.CCLAIM, AccountType.CACC)
SPLIT = (AccountType.AWARD, AccountType.APPR, *COORDINATION)
"""What decides whether the earmark holds."""

_PAIR = {(pair.kind, pair.debit, pair.credit): pair for pair in PAIRS}


class Why(Enum):
    FLOOR = auto()
    CLOSED = auto()
    EARMARK = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is in the way; ``left`` and ``asked`` in cents.

    What the account holds and what the leg takes; for an earmark, what coordination may hold
    at most and what it would hold.
    """

    why: Why
    account: AccountRef
    left: int
    asked: int


@dataclass(slots=True)
class Standing:
    """An account while the legs are walked."""

    balance: int
    closed: bool = False


@dataclass(slots=True)
class Share:
    """``n`` of every ``d`` cents of the book go to SMEs."""

    n: int
    d: int


def pair_of(kind: str, *, leg: Leg) -> Pair:
    """The line of the closed list that allows ``leg``.

    Raises ``ValueError`` when there is none, when the accounts are of two books, of two
    vouchers or partners, or the amount is not a positive whole number of cents: a bug, never
    a person's mistake.
    """
    pair = _PAIR.get((Kind(kind), AccountType(leg.debit.type), AccountType(leg.credit.type)))
    if pair is None:
        raise ValueError(f"{kind} may not post {leg.debit.type} → {leg.credit.type}")
    if leg.debit.book_id != leg.credit.book_id:
        raise ValueError(f"{kind} may not post from one book to another")
    if pair.same_key and leg.debit.key != leg.credit.key:
        raise ValueError(f"{kind} may not post from {leg.debit.key} to {leg.credit.key}")
    if type(leg.amount) is not int or leg.amount < 0:
        raise ValueError(f"not a whole number of cents: {leg.amount!r}")
    return pair


def first_refusal(
    legs: Iterable[Leg], *, standings: dict[AccountRef, Standing], split: Share | None
) -> Refusal | None:
    """The first thing in the way of ``legs``, or None. ``standings`` is used up.

    ``split`` is given for the kinds that move the earmark; then ``standings`` holds the
    accounts of ``SPLIT`` too.
    """
    for leg in legs:
        for ref, amount in ((leg.debit, leg.amount), (leg.credit, -leg.amount)):
            refusal = _move(ref, amount=amount, standing=standings[ref])
            if refusal:
                return refusal
        if split and leg.credit.type in {AccountType.COORD, AccountType.APPR}:
            refusal = _split(leg.credit, standings=standings, split=split)
            if refusal:
                return refusal
    return None


def _move(ref: AccountRef, *, amount: int, standing: Standing) -> Refusal | None:
    spec = CHART[AccountType(ref.type)]
    if standing.closed:
        return Refusal(Why.CLOSED, ref, standing.balance, abs(amount))
    before = standing.balance
    standing.balance += spec.normal * amount
    if spec.floor is not None and standing.balance < spec.floor:
        return Refusal(Why.FLOOR, ref, before - spec.floor, abs(amount))
    return None


def _split(
    at: AccountRef, *, standings: dict[AccountRef, Standing], split: Share
) -> Refusal | None:
    held = {kind: standings[AccountRef(at.book_id, kind)].balance for kind in SPLIT}
    coordination = sum(held[kind] for kind in COORDINATION)
    allotted = held[AccountType.AWARD] - held[AccountType.APPR]
    sme = allotted - coordination
    if share.earmark_holds(sme=sme, coordination=coordination, n=split.n, d=split.d):
        return None
    most = share.coordination_max(allotted, n=split.n, d=split.d)
    return Refusal(Why.EARMARK, at, most, coordination)
