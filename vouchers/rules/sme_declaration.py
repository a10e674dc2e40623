"""An SME declaration as it was typed, and the enterprise it describes.

Ties are a flat list; ``through`` is the place (from 0) of the tie that leads to a more distant
one. Recommendation 2003/361/EC, annex; docs/domain.md, "SME definition".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from vouchers.rules.sme_finding import find_status
from vouchers.rules.sme_status import Direction, Enterprise, Figures, Finding, Investor, Relative

if TYPE_CHECKING:
    from collections.abc import Sequence

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One accounting period: work units with two decimals, money in cents."""

    year: int
    headcount: Decimal
    turnover_cents: int
    balance_cents: int

    def exact(self) -> Figures:
        """The same for the rules."""
        return Figures(
            Fraction(self.headcount), Fraction(self.turnover_cents), Fraction(self.balance_cents)
        )


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """One enterprise or holder that the SME has a tie with; shares in basis points."""

    name: str
    direction: str = Direction.UP
    capital_bp: int = 0
    votes_bp: int = 0
    controls: bool = False
    investor: str = Investor.ORDINARY
    is_public: bool = False
    acts_with: str = ""
    invested_cents: int = 0
    budget_cents: int = 0
    inhabitants: int = 0
    headcount: Decimal = ZERO
    turnover_cents: int = 0
    balance_cents: int = 0
    through: int | None = None

    def exact(self) -> Figures:
        """The figures of the other enterprise for the rules."""
        return Figures(
            Fraction(self.headcount), Fraction(self.turnover_cents), Fraction(self.balance_cents)
        )


@dataclass(frozen=True, slots=True)
class Declaration:
    """Everything an SME declares about its size; ``earlier`` are added-up totals, oldest first."""

    own: YearFigures
    ties: tuple[DeclaredTie, ...] = ()
    earlier: tuple[YearFigures, ...] = ()
    by_acquisition: bool = False

    def __post_init__(self) -> None:
        for place, tie in enumerate(self.ties):
            if tie.through is not None and not 0 <= tie.through < place:
                raise ValueError(f"{tie.name} leads through a tie that is not above it")


def enterprise_of(declaration: Declaration) -> Enterprise:
    """The enterprise with its direct ties, each with its own."""
    under: defaultdict[int | None, list[int]] = defaultdict(list)
    for place, tie in enumerate(declaration.ties):
        under[tie.through].append(place)
    return Enterprise(declaration.own.exact(), _relatives(None, under, declaration.ties))


def _relatives(
    through: int | None, under: dict[int | None, list[int]], ties: Sequence[DeclaredTie]
) -> tuple[Relative, ...]:
    return tuple(
        Relative(
            name=ties[place].name,
            enterprise=Enterprise(ties[place].exact(), _relatives(place, under, ties)),
            direction=Direction(ties[place].direction),
            capital_bp=ties[place].capital_bp,
            votes_bp=ties[place].votes_bp,
            controls=ties[place].controls,
            investor=Investor(ties[place].investor),
            is_public=ties[place].is_public,
            acts_with=ties[place].acts_with.strip().lower(),
            invested_cents=ties[place].invested_cents,
            budget_cents=ties[place].budget_cents,
            inhabitants=ties[place].inhabitants,
        )
        for place in under.get(through, [])
    )


def finding_of(declaration: Declaration) -> Finding:
    """The size class of what was declared."""
    years = sorted(declaration.earlier, key=lambda one: one.year)
    return find_status(
        enterprise_of(declaration),
        earlier=[one.exact() for one in years],
        by_acquisition=declaration.by_acquisition,
    )
