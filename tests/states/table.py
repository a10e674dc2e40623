"""How a machine is written down: one line a move, by hand, never derived from the code.

``sources event target who``: sources and people are separated by commas. People are those of the
policy's world (``tests/policy/row.py``); ``system`` is the clock and the workers, ``everybody``
is everyone else. What a person may additionally need (a reason, a complete form) is a condition,
tested with each action.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.policy.row import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.lifecycle import Lifecycle

EVERYBODY = frozenset(ROLES) - {"visitor"}


class Line(NamedTuple):
    """One move from one state."""

    source: str
    event: str
    target: str
    who: frozenset[str]


@dataclass(frozen=True)
class Machine:
    """A lifecycle, its record in the world, the states nobody leaves, and its table."""

    lifecycle: type[Lifecycle[Any]]
    record: str
    final: frozenset[str]
    lines: tuple[Line, ...]

    @property
    def events(self) -> set[str]:
        return {line.event for line in self.lines}


def written(table: str) -> tuple[Line, ...]:
    """The lines of a table, one for each source."""
    found: list[Line] = []
    for row in table.strip().splitlines():
        sources, event, target, people = row.split()
        found += [Line(one, event, target, _who(people.split(","))) for one in sources.split(",")]
    return tuple(found)


def _who(names: Iterable[str]) -> frozenset[str]:
    return EVERYBODY if names == ["everybody"] else frozenset(names)
