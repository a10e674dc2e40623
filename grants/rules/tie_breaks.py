"""The tie-break ladder: which key decides between equal totals (docs/domain.md, Evaluation).

The ladder is data of the call. No key is a database id or a submission time; what stays equal on
every rung is a tie until the panel has decided it in writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kind(StrEnum):
    """What a rung of the ladder compares; more is better on each."""

    CRITERION = "criterion"
    STRAND = "strand"
    SME_SHARE = "sme_share"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Rung:
    """One key of the ladder; ``criterion`` is the code when the key is a mark."""

    kind: Kind
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A proposal above all thresholds, with what the ladder may compare. ``name`` never decides."""

    ref: str
    name: str
    total: Decimal
    marks: Mapping[str, Decimal]
    strand: str
    sme_cents: int
    requested_cents: int
    countries: int


Value = Decimal | Fraction | int


def value(entrant: Entrant, rung: Rung, covered: frozenset[str]) -> Value:
    """What ``rung`` sees; ``covered`` are the strands of higher-ranked proposals."""
    match rung.kind:
        case Kind.CRITERION:
            return entrant.marks[rung.criterion]
        case Kind.STRAND:
            return int(entrant.strand not in covered)
        case Kind.SME_SHARE:
            return Fraction(entrant.sme_cents, max(entrant.requested_cents, 1))
        case _:
            return entrant.countries


def vector(entrant: Entrant, ladder: Sequence[Rung], covered: frozenset[str]) -> tuple[Value, ...]:
    """All keys of the ladder in their order."""
    return tuple(value(entrant, rung, covered) for rung in ladder)


def deciding_rung(
    upper: Entrant, lower: Entrant, ladder: Sequence[Rung], covered: frozenset[str]
) -> int | None:
    """Position (from 1) of the first rung on which the two differ; None when none does."""
    for position, rung in enumerate(ladder, start=1):
        if value(upper, rung, covered) != value(lower, rung, covered):
            return position
    return None


def decided_order(
    tied: Sequence[Entrant], decisions: Sequence[Sequence[str]]
) -> tuple[Entrant, ...] | None:
    """The tied in the panel's order: the latest decision that names them all; None without one.

    ``decisions`` are lists of refs, oldest first.
    """
    refs = {entrant.ref for entrant in tied}
    for decision in reversed(decisions):
        if refs <= set(decision):
            return tuple(sorted(tied, key=lambda entrant: list(decision).index(entrant.ref)))
    return None
