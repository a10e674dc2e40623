"""One load with the pages that are measured on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from demo.bench.pages import Measured

    Tell = Callable[[str, int, int], None]
    """Says how far a part has come."""


@dataclass(frozen=True, slots=True)
class World:
    """``grow`` copies proposals up to a number and says how many there are then.

    ``now`` is where the clock stands while pages are measured; ``check`` looks afterwards whether
    the measured work was really done.
    """

    name: str
    shown: Sequence[Measured]
    now: datetime
    grow: Callable[[int], int]
    check: Callable[[], None] = lambda: None
