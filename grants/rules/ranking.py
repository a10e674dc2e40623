"""The order of the ranked list: total, then the call's ladder (docs/domain.md, Evaluation)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from grants.rules.tie_breaks import Entrant, Rung, Value, decided_order, deciding_rung, vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class By(StrEnum):
    """What separates a proposal from its neighbour in the list."""

    TOTAL = "total"
    RUNG = "rung"
    PANEL = "panel"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Decider:
    """Why a proposal stands where it stands; ``rung`` counts from 1 in the call's ladder."""

    by: By
    rung: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the list. Tied proposals share a rank until the panel has decided."""

    entrant: Entrant
    rank: int
    decided_by: Decider

    @property
    def is_tied(self) -> bool:
        """Whether a panel decision is needed."""
        return self.decided_by.by is By.OPEN


@dataclass(frozen=True, slots=True)
class _Step:
    """Proposals placed together (one, or an open tie), and the strands covered before them."""

    members: tuple[Entrant, ...]
    covered: frozenset[str]
    is_by_panel: bool


def order(
    entrants: Iterable[Entrant], ladder: Sequence[Rung], decisions: Sequence[Sequence[str]] = ()
) -> tuple[Place, ...]:
    """The ranked list. The order of the input does not matter; no id and no time decides.

    A key "strand not yet covered" looks at everything ranked higher, so the best of what is left
    is taken one at a time. ``decisions`` are the panel's orders of ties, oldest first.
    """
    by_total = sorted(entrants, key=lambda entrant: -entrant.total)
    covered: frozenset[str] = frozenset()
    places: list[Place] = []
    for _total, group in groupby(by_total, key=lambda entrant: entrant.total):
        steps = list(_steps(list(group), ladder, decisions, covered))
        places.extend(_places(steps, ladder, first=len(places) + 1))
        covered |= {entrant.strand for step in steps for entrant in step.members}
    return tuple(places)


def open_ties(places: Sequence[Place]) -> tuple[tuple[Entrant, ...], ...]:
    """Groups of proposals that only the panel can put in order."""
    tied = [place for place in places if place.is_tied]
    return tuple(
        tuple(place.entrant for place in group)
        for _rank, group in groupby(tied, key=lambda place: place.rank)
    )


def _steps(
    group: list[Entrant],
    ladder: Sequence[Rung],
    decisions: Sequence[Sequence[str]],
    covered: frozenset[str],
) -> Iterator[_Step]:
    runs = _runs(group, ladder, covered)
    while runs:
        top = runs.pop()
        step = _step(top, decisions, covered)
        yield step
        if len(step.members) < len(top):
            runs.append([entrant for entrant in top if entrant not in step.members])
        fresh = {entrant.strand for entrant in step.members} - covered
        if fresh:
            covered |= fresh
            runs = _runs([entrant for run in runs for entrant in run], ladder, covered)


def _runs(
    group: list[Entrant], ladder: Sequence[Rung], covered: frozenset[str]
) -> list[list[Entrant]]:
    """Those that are equal on every rung together, the best last."""
    runs: dict[tuple[Value, ...], list[Entrant]] = {}
    for entrant in group:
        runs.setdefault(vector(entrant, ladder, covered), []).append(entrant)
    return [runs[values] for values in sorted(runs)]


def _step(top: list[Entrant], decisions: Sequence[Sequence[str]], covered: frozenset[str]) -> _Step:
    if len(top) == 1:
        return _Step((top[0],), covered, is_by_panel=False)
    decided = decided_order(top, decisions)
    if decided is not None:
        return _Step(decided[:1], covered, is_by_panel=True)
    shown = sorted(top, key=lambda entrant: (entrant.name, entrant.ref))
    return _Step(tuple(shown), covered, is_by_panel=False)


def _places(steps: list[_Step], ladder: Sequence[Rung], *, first: int) -> Iterator[Place]:
    rank = first
    for index, step in enumerate(steps):
        decider = _decider(steps, index, ladder)
        for entrant in step.members:
            yield Place(entrant, rank, decider)
        rank += len(step.members)


def _decider(steps: list[_Step], index: int, ladder: Sequence[Rung]) -> Decider:
    if len(steps[index].members) > 1:
        return Decider(By.OPEN)
    if len(steps) == 1:
        return Decider(By.TOTAL)
    upper, lower = (index - 1, index) if index else (0, 1)
    return _between(steps[upper], steps[lower], ladder)


def _between(upper: _Step, lower: _Step, ladder: Sequence[Rung]) -> Decider:
    """What put ``upper`` above ``lower``, seen when ``upper`` was taken."""
    rung = deciding_rung(upper.members[-1], lower.members[0], ladder, upper.covered)
    if rung is None:
        return Decider(By.PANEL)
    return Decider(By.RUNG, rung)
