"""De minimis aid over a rolling window: what one undertaking may still get from a Member State.

Commission Regulation (EU) 2023/2831, Article 3(2): EUR 300,000 per single undertaking and Member
State "over any period of 3 years"; Article 3(3): aid counts from the day on which the legal right
to it is conferred, whatever the day of payment. The window is (t - years, t]: aid of 2 May 2023
leaves it on 2 May 2026. Aid of 29 February leaves it on 1 March of a year without that day, for
on 28 February the day three years before is 28 February, and 29 February lies after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CEILING_CENTS: Final = 30_000_000
YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Granted:
    """``cents`` that count from ``on`` until the day before ``leaves_on``; a correction is < 0."""

    on: date
    leaves_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Room:
    """What may be added, in cents, and the fullest window that decides it, both days included."""

    left: int
    counted: int
    first_day: date
    last_day: date

    def less(self, cents: int) -> Room:
        """The room once ``cents`` more count."""
        return replace(self, left=max(self.left - cents, 0), counted=self.counted + cents)


def leaves_on(day: date, *, years: int = YEARS) -> date:
    """The first day on which aid of ``day`` does not count any more."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def first_day(last_day: date, *, years: int = YEARS) -> date:
    """The first day whose aid still counts on ``last_day``."""
    try:
        before = last_day.replace(year=last_day.year - years)
    except ValueError:
        before = date(last_day.year - years, 2, 28)
    return before + timedelta(days=1)


def room(
    granted: Iterable[Granted],
    *,
    on: date,
    years: int = YEARS,
    ceiling_cents: int = CEILING_CENTS,
) -> Room:
    """What may still be granted on ``on``, be it today or back-dated.

    Every window that would contain it is looked at: the one that ends on that day, and each later
    one that ends with aid granted meanwhile. Between those a window only gets emptier.
    """
    rows = list(granted)
    until = leaves_on(on, years=years)
    ends = {on, *(row.on for row in rows if on < row.on < until)}
    counted, end = max((_sum(rows, on=day), day) for day in ends)
    return Room(
        left=max(ceiling_cents - counted, 0),
        counted=counted,
        first_day=first_day(end, years=years),
        last_day=end,
    )


def _sum(rows: Iterable[Granted], *, on: date) -> int:
    return sum(row.cents for row in rows if row.on <= on < row.leaves_on)
