"""Whether an enterprise is a micro, small or medium-sized one (Recommendation 2003/361/EC, annex).

Figures are exact: headcount in annual work units, money in euro cents, shares in basis points.
Thresholds: Article 2; types of enterprise and exceptions: Article 3; several accounting
periods: Article 4; what is added up: Article 6. Plain words: docs/domain.md, "SME definition".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARTNER_FROM_BP = 2_500
MAJORITY_BP = 5_000
WHOLE_BP = 10_000
ANGEL_LIMIT_CENTS = 125_000_000
AUTHORITY_BUDGET_CENTS = 1_000_000_000
AUTHORITY_INHABITANTS = 5_000


class Size(StrEnum):
    """Size classes in rising order; LARGE means: not an SME."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


ORDER: tuple[Size, ...] = (Size.MICRO, Size.SMALL, Size.MEDIUM, Size.LARGE)


class Direction(StrEnum):
    """Whether the other enterprise holds shares of ours (up) or ours holds shares of it (down)."""

    UP = "up"
    DOWN = "down"


class Investor(StrEnum):
    """Kinds of holders that Article 3(2), second subparagraph, treats apart."""

    ORDINARY = "ordinary"
    PUBLIC_INVESTMENT = "public_investment"
    VENTURE_CAPITAL = "venture_capital"
    BUSINESS_ANGELS = "business_angels"
    UNIVERSITY = "university"
    INSTITUTIONAL = "institutional"
    LOCAL_AUTHORITY = "local_authority"


class Tie(StrEnum):
    """How another enterprise counts towards ours."""

    AUTONOMOUS = "autonomous"
    EXEMPT = "exempt"
    PARTNER = "partner"
    LINKED = "linked"


class Ground(StrEnum):
    """Why the finding is as it is; the pages turn each into a sentence."""

    FIGURES = "figures"
    PUBLIC_BODY = "public_body"
    TWO_YEARS = "two_years"
    ACQUISITION = "acquisition"


@dataclass(frozen=True, slots=True)
class Figures:
    """One accounting period: annual work units, turnover and balance sheet total in cents."""

    headcount: Fraction
    turnover: Fraction
    balance: Fraction

    def __post_init__(self) -> None:
        if min(self.headcount, self.turnover, self.balance) < 0:
            raise ValueError(f"figures below zero: {self}")

    def plus(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(
            self.headcount + other.headcount,
            self.turnover + other.turnover,
            self.balance + other.balance,
        )

    def part(self, share_bp: int) -> Figures:
        """The share of these figures, exactly."""
        share = Fraction(share_bp, WHOLE_BP)
        return Figures(self.headcount * share, self.turnover * share, self.balance * share)


def figures(headcount: int | str, *, turnover: int = 0, balance: int = 0) -> Figures:
    """Figures from work units ("12.5") and whole cents."""
    return Figures(Fraction(headcount), Fraction(turnover), Fraction(balance))


ZERO = Figures(Fraction(0), Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise with its own figures and the enterprises it has ties with."""

    own: Figures
    ties: tuple[Relative, ...] = ()


@dataclass(frozen=True, slots=True)
class Relative:
    """One tie: who, in which direction, with how much, and what the other brings along.

    ``controls`` is any of the other links of Article 3(3): the right to appoint or remove a
    majority of the board, dominant influence by contract or statute, control by agreement, or
    a link through people who act together in the same or an adjacent market.
    ``acts_with`` names holders that are linked to each other: equal names count jointly.
    """

    name: str
    enterprise: Enterprise
    direction: Direction = Direction.UP
    capital_bp: int = 0
    votes_bp: int = 0
    controls: bool = False
    investor: Investor = Investor.ORDINARY
    is_public: bool = False
    acts_with: str = ""
    invested_cents: int = 0
    budget_cents: int = 0
    inhabitants: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.capital_bp <= WHOLE_BP and 0 <= self.votes_bp <= WHOLE_BP):
            raise ValueError(f"a share lies between 0 and 100 %: {self.name}")

    @property
    def share_bp(self) -> int:
        """The higher of capital and votes (Article 6(2))."""
        return max(self.capital_bp, self.votes_bp)


@dataclass(frozen=True, slots=True)
class Counted:
    """How one tie was counted: as what, at which share, and which figures it brought."""

    name: str
    tie: Tie
    share_bp: int
    added: Figures


@dataclass(frozen=True, slots=True)
class Finding:
    """The size class with everything it rests on."""

    size: Size
    of_the_year: Size
    totals: Figures
    grounds: tuple[Ground, ...]
    counted: tuple[Counted, ...] = field(default=())

    @property
    def is_sme(self) -> bool:
        """Micro, small or medium-sized."""
        return self.size is not Size.LARGE


_CEILINGS: tuple[tuple[Size, int, int, int], ...] = (
    (Size.MICRO, 10, 200_000_000, 200_000_000),
    (Size.SMALL, 50, 1_000_000_000, 1_000_000_000),
    (Size.MEDIUM, 250, 5_000_000_000, 4_300_000_000),
)


def size_of(total: Figures) -> Size:
    """Class of added-up figures (Article 2).

    Headcount stays below its ceiling, and turnover or balance sheet within its own.
    """
    for size, heads, turnover, balance in _CEILINGS:
        if total.headcount < heads and (total.turnover <= turnover or total.balance <= balance):
            return size
    return Size.LARGE


def is_exempt_investor(relative: Relative) -> bool:
    """Whether the holder is one of those of Article 3(2)(a) to (d), within their own limits."""
    if relative.direction is Direction.DOWN or relative.investor is Investor.ORDINARY:
        return False
    if relative.investor is Investor.BUSINESS_ANGELS:
        return relative.invested_cents < ANGEL_LIMIT_CENTS
    if relative.investor is Investor.LOCAL_AUTHORITY:
        small = relative.inhabitants < AUTHORITY_INHABITANTS
        return small and relative.budget_cents < AUTHORITY_BUDGET_CENTS
    return True


def _joint_votes(relative: Relative, others: Iterable[Relative]) -> int:
    """Votes of the holder together with the holders it is linked to."""
    if not relative.acts_with:
        return relative.votes_bp
    peers = (
        other
        for other in others
        if other.acts_with == relative.acts_with and other.direction is relative.direction
    )
    return sum(peer.votes_bp for peer in peers)


def tie_of(relative: Relative, *, among: Sequence[Relative]) -> Tie:
    """How a tie counts (Article 3(1) to 3(3)); ``among`` are all ties of the same enterprise.

    Linked: a majority of the votes, alone or together with linked holders, or another way of
    control. Partner: from 25 % of capital or votes. The investors of Article 3(2) stay exempt up
    to 50 % while they are not linked, alone or jointly.
    """
    if relative.controls or _joint_votes(relative, among) > MAJORITY_BP:
        return Tie.LINKED
    if relative.share_bp < PARTNER_FROM_BP:
        return Tie.AUTONOMOUS
    if is_exempt_investor(relative) and relative.share_bp <= MAJORITY_BP:
        return Tie.EXEMPT
    return Tie.PARTNER


def with_linked(enterprise: Enterprise) -> Figures:
    """An enterprise and all it is linked with, at 100 %; what a partner brings (Article 6(3))."""
    total = enterprise.own
    for relative in enterprise.ties:
        if tie_of(relative, among=enterprise.ties) is Tie.LINKED:
            total = total.plus(with_linked(relative.enterprise))
    return total


def with_all(enterprise: Enterprise) -> Figures:
    """An enterprise with its linked ones at 100 % and the partners of each pro rata."""
    total = enterprise.own
    for counted in count_ties(enterprise):
        total = total.plus(counted.added)
    return total


def count_ties(enterprise: Enterprise) -> tuple[Counted, ...]:
    """What each tie adds (Article 6(2) and 6(3)).

    A linked enterprise brings itself, its linked ones and its direct partners pro rata; a
    partner brings its share of itself and its linked ones, never its own partners.
    """
    return tuple(_count(relative, enterprise.ties) for relative in enterprise.ties)


def _count(relative: Relative, among: Sequence[Relative]) -> Counted:
    tie = tie_of(relative, among=among)
    if tie is Tie.LINKED:
        return Counted(relative.name, tie, WHOLE_BP, with_all(relative.enterprise))
    if tie is Tie.PARTNER:
        brought = with_linked(relative.enterprise).part(relative.share_bp)
        return Counted(relative.name, tie, relative.share_bp, brought)
    return Counted(relative.name, tie, relative.share_bp, ZERO)


def _is_excepted(relative: Relative, among: Sequence[Relative]) -> bool:
    linked = tie_of(relative, among=among) is Tie.LINKED
    return is_exempt_investor(relative) and relative.share_bp <= MAJORITY_BP and not linked


def is_public_controlled(enterprise: Enterprise) -> bool:
    """Whether public bodies hold 25 % or more of capital or votes, together (Article 3(4)).

    Holders that are exempt under Article 3(2) don't count. Actual control isn't needed
    (Court of Justice, C-516/19, NMI Technologietransfer).
    """
    public = [
        relative
        for relative in enterprise.ties
        if relative.is_public
        and relative.direction is Direction.UP
        and not _is_excepted(relative, enterprise.ties)
    ]
    capital = sum(relative.capital_bp for relative in public)
    votes = sum(relative.votes_bp for relative in public)
    return max(capital, votes) >= PARTNER_FROM_BP
