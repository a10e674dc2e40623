"""Who is funded: quotas first, then rank, within the budget (docs/domain.md, Evaluation).

Amounts in euro cents. The list handed in holds only proposals above every threshold, so a quota
can never lift one over it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Outcome(StrEnum):
    """Where a proposal above the thresholds ends up."""

    MAIN = "main"
    RESERVE = "reserve"
    NO_BUDGET = "no_budget"


@dataclass(frozen=True, slots=True)
class Request:
    """A ranked proposal and the money it asks for."""

    ref: str
    strand: str
    requested_cents: int


@dataclass(frozen=True, slots=True)
class Purse:
    """What there is to give: budget, least number and most money per strand, most grants."""

    budget_cents: int
    quotas: Mapping[str, int] = field(default_factory=dict)
    strand_budgets: Mapping[str, int] = field(default_factory=dict)
    projects_max: int | None = None
    reserve_max: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """The outcome of one proposal; ``running_cents`` is the sum of the main list down to it."""

    ref: str
    outcome: Outcome
    is_by_quota: bool = False
    running_cents: int | None = None
    reserve_place: int | None = None


def fund(ranked: Sequence[Request], purse: Purse) -> tuple[Award, ...]:
    """Outcomes in rank order.

    Each strand's best are taken up to its quota, then the rest by rank. The first that no longer
    fits draws the line: nothing below it jumps ahead. A strand whose own budget is used up closes
    for that strand only.
    """
    main = set(_main_list(ranked, purse))
    plain = set(_take(ranked, purse, taken=()))
    return tuple(_awards(ranked, main, plain, purse))


def shortfalls(ranked: Sequence[Request], awards: Sequence[Award], purse: Purse) -> dict[str, int]:
    """How many projects each quota lacks although everything fundable was taken."""
    main = {award.ref for award in awards if award.outcome is Outcome.MAIN}
    counts = Counter(request.strand for request in ranked if request.ref in main)
    return {
        strand: least - counts[strand]
        for strand, least in purse.quotas.items()
        if counts[strand] < least
    }


def promoted(reserve: Sequence[Request], *, free_cents: int) -> tuple[str, ...]:
    """Refs of the reserve list that freed money carries, strictly in rank order."""
    refs: list[str] = []
    for request in reserve:
        if request.requested_cents > free_cents:
            break
        free_cents -= request.requested_cents
        refs.append(request.ref)
    return tuple(refs)


def _main_list(ranked: Sequence[Request], purse: Purse) -> tuple[Request, ...]:
    places = _quota_places(ranked, purse)
    by_quota = _take([request for request in ranked if request in places], purse, taken=())
    lifted = set(by_quota)
    rest = [request for request in ranked if request not in lifted]
    return by_quota + _take(rest, purse, taken=by_quota)


def _quota_places(ranked: Sequence[Request], purse: Purse) -> set[Request]:
    places: set[Request] = set()
    reached: Counter[str] = Counter()
    for request in ranked:
        if reached[request.strand] < purse.quotas.get(request.strand, 0):
            reached[request.strand] += 1
            places.add(request)
    return places


def _take(
    ranked: Sequence[Request], purse: Purse, *, taken: tuple[Request, ...]
) -> tuple[Request, ...]:
    """What of ``ranked`` fits beside ``taken``, down to the first that does not."""
    chosen = list(taken)
    closed: set[str] = set()
    for request in ranked:
        if request.strand in closed:
            continue
        if not _fits(request, chosen, purse):
            break
        if _overdraws_strand(request, chosen, purse):
            closed.add(request.strand)
            continue
        chosen.append(request)
    return tuple(chosen[len(taken) :])


def _fits(request: Request, chosen: Sequence[Request], purse: Purse) -> bool:
    spent = sum(other.requested_cents for other in chosen)
    has_place = purse.projects_max is None or len(chosen) < purse.projects_max
    return has_place and spent + request.requested_cents <= purse.budget_cents


def _overdraws_strand(request: Request, chosen: Sequence[Request], purse: Purse) -> bool:
    budget = purse.strand_budgets.get(request.strand)
    if budget is None:
        return False
    spent = sum(other.requested_cents for other in chosen if other.strand == request.strand)
    return spent + request.requested_cents > budget


def _awards(
    ranked: Sequence[Request],
    main: set[Request],
    plain: set[Request],
    purse: Purse,
) -> list[Award]:
    awards: list[Award] = []
    running = places = 0
    for request in ranked:
        if request in main:
            running += request.requested_cents
            by_quota = request not in plain
            awards.append(Award(request.ref, Outcome.MAIN, by_quota, running))
        elif purse.reserve_max is None or places < purse.reserve_max:
            places += 1
            awards.append(Award(request.ref, Outcome.RESERVE, reserve_place=places))
        else:
            awards.append(Award(request.ref, Outcome.NO_BUDGET))
    return awards
