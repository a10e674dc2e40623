"""A fair proposal of experts: expertise, no conflict, equal load (docs/domain.md, Evaluation).

It only proposes; the officer decides. The hardest proposal is served first, and always by the
expert who fits best among those with the least work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Lack(StrEnum):
    """Why a proposal could not get its experts; the first rule that leaves too few."""

    CONFLICTS = "conflicts"
    LOAD = "load"
    EMPLOYERS = "employers"
    EXPERTS = "experts"


@dataclass(frozen=True, slots=True)
class Reader:
    """An expert. ``load`` is what they already have; ``employer`` may be empty."""

    ref: str
    keywords: frozenset[str] = frozenset()
    employer: str = ""
    country: str = ""
    load: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """A proposal that needs ``count`` more experts beside those who have it (``has``)."""

    ref: str
    keywords: frozenset[str]
    count: int
    has: frozenset[str] = frozenset()


@dataclass(slots=True)
class Plan:
    """Pairs (proposal, expert) in the order found, and what is lacking with its reason."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    gaps: dict[str, tuple[int, Lack]] = field(default_factory=dict)


def propose(
    needs: Iterable[Need],
    readers: Iterable[Reader],
    *,
    barred: frozenset[tuple[str, str]] = frozenset(),
    load_max: int,
) -> Plan:
    """Pairs that break no rule: no conflict, one expert per employer and proposal, load kept.

    The order of the input does not matter. A proposal that cannot be served is named with the
    number missing and the reason; nothing is dropped in silence.
    """
    desk = _Desk(readers, barred, load_max)
    for need in sorted(needs, key=lambda need: (desk.choice(need), need.ref)):
        desk.serve(need)
    return desk.plan


class _Desk:
    """The pool while it is being dealt out: loads grow with each pair."""

    def __init__(
        self, readers: Iterable[Reader], barred: frozenset[tuple[str, str]], load_max: int
    ) -> None:
        self.pool = {reader.ref: reader for reader in readers}
        self.loads = {ref: reader.load for ref, reader in self.pool.items()}
        self.barred = barred
        self.load_max = load_max
        self.plan = Plan()

    def choice(self, need: Need) -> int:
        """How many more experts than needed could take it: the fewer, the earlier it is served."""
        free = self._unbarred(need, taken=set(need.has))
        fitting = [reader for reader in free if reader.keywords & need.keywords]
        return len(fitting or free) - need.count

    def serve(self, need: Need) -> None:
        chosen = [self.pool[ref] for ref in sorted(need.has) if ref in self.pool]
        for number in range(need.count):
            open_to = self._open_to(need, chosen)
            if not open_to:
                self.plan.gaps[need.ref] = (need.count - number, self._lack(need, chosen))
                return
            best = min(open_to, key=lambda reader: self._cost(reader, need, chosen))
            chosen.append(best)
            self.loads[best.ref] += 1
            self.plan.pairs.append((need.ref, best.ref))

    def _unbarred(self, need: Need, taken: set[str]) -> list[Reader]:
        return [
            reader
            for ref, reader in self.pool.items()
            if ref not in taken and (need.ref, ref) not in self.barred
        ]

    def _with_time(self, readers: Iterable[Reader]) -> list[Reader]:
        return [reader for reader in readers if self.loads[reader.ref] < self.load_max]

    def _open_to(self, need: Need, chosen: Sequence[Reader]) -> list[Reader]:
        taken = need.has | {reader.ref for reader in chosen}
        employers = {reader.employer for reader in chosen if reader.employer}
        free = self._with_time(self._unbarred(need, set(taken)))
        return [reader for reader in free if reader.employer not in employers]

    def _cost(
        self, reader: Reader, need: Need, chosen: Sequence[Reader]
    ) -> tuple[int, int, int, str]:
        """Lower is better: load less shared keywords, then a country not yet there.

        One shared keyword outweighs one proposal more on the pile.
        """
        shared = len(reader.keywords & need.keywords)
        same_country = sum(reader.country == other.country for other in chosen if reader.country)
        return (self.loads[reader.ref] - shared, same_country, -shared, reader.ref)

    def _lack(self, need: Need, chosen: Sequence[Reader]) -> Lack:
        taken = set(need.has | {reader.ref for reader in chosen})
        if not set(self.pool) - taken:
            return Lack.EXPERTS
        unbarred = self._unbarred(need, taken)
        if not unbarred:
            return Lack.CONFLICTS
        return Lack.EMPLOYERS if self._with_time(unbarred) else Lack.LOAD
