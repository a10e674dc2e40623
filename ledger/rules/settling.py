"""The legs of a final settlement (row 18), worked out from the balances of a book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.rules.chart import AccountType as T
from ledger.rules.legs import Leg, leg
from ledger.rules.share import Settled, largest_remainder

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFINISHED = (T.APPR, T.RESV, T.VCH, T.VADV, T.CLAIM, T.CCLAIM, T.SPAY)
"""Nothing may be left on these: what is open cannot be settled."""


@dataclass(frozen=True, slots=True)
class Position:
    """A book just before it is settled; cents.

    ``held``: balance by type. ``calls``: what each SME call still has. ``carried``: by
    partner, accepted coordination that the grant carries until now; its sum is ``P.CEXP``.
    ``borne``: by partner, accepted coordination that an earlier settlement left to them.
    """

    held: dict[T, int]
    calls: dict[str, int] = field(default_factory=dict)
    carried: dict[str, int] = field(default_factory=dict)
    borne: dict[str, int] = field(default_factory=dict)


def settlement_legs(book_id: int, *, position: Position, settled: Settled) -> tuple[Leg, ...]:
    """Income becomes the final grant, and what was received above it is owed back.

    What the grant doesn't carry is borne by the partners or, for SME support, by own funds;
    rests lapse.
    """
    return (
        *_with_the_union(book_id, position=position, settled=settled),
        *_coordination(book_id, position=position, settled=settled),
        *_support(book_id, spent=position.held[T.SEXP] - settled.sme_part),
        leg(book_id, T.POOL, T.LAPSED, position.held[T.POOL]),
        *(leg(book_id, T.CALL, T.LAPSED, x, frm=k) for k, x in sorted(position.calls.items())),
        leg(book_id, T.COORD, T.LAPSED, position.held[T.COORD]),
    )


def _with_the_union(book_id: int, *, position: Position, settled: Settled) -> Iterator[Leg]:
    more = settled.payable - position.held[T.INCOME]
    receivable = position.held[T.EUREC] + max(more, 0)
    cleared = min(position.held[T.PREFIN], receivable)
    yield leg(book_id, T.EUREC, T.INCOME, max(more, 0))
    yield leg(book_id, T.INCOME, T.EUDUE, max(-more, 0))
    yield leg(book_id, T.PREFIN, T.EUREC, cleared)
    yield leg(book_id, T.PREFIN, T.EUDUE, position.held[T.PREFIN] - cleared)


def _coordination(book_id: int, *, position: Position, settled: Settled) -> Iterator[Leg]:
    """By accepted cost, largest remainder; given back in the proportion it was borne."""
    short = position.held[T.CEXP] - settled.coord_part
    for partner, cents in largest_remainder(max(short, 0), weights=position.carried).items():
        yield leg(book_id, T.PREC, T.CEXP, cents, frm=partner)
    for partner, cents in largest_remainder(max(-short, 0), weights=position.borne).items():
        yield leg(book_id, T.CEXP, T.PPAY, cents, to=partner)


def _support(book_id: int, *, spent: int) -> Iterator[Leg]:
    yield leg(book_id, T.LOSS, T.SEXP, max(spent, 0))
    yield leg(book_id, T.SEXP, T.LOSS, max(-spent, 0))
