"""Payment deadlines: days from a start, and what a suspension leaves of them.

Source: docs/domain.md, "Payments": prefinancing 30 days, reports 90 days; a suspension stops the
clock and it goes on with the days that were left.
"""

from __future__ import annotations

from datetime import date, timedelta


def due_on(start_date: date, *, days: int) -> date:
    """The last day to pay, counted from the day after ``start_date``."""
    if days < 0:
        raise ValueError(f"a deadline of {days} days")
    return start_date + timedelta(days=days)


def days_left(due_date: date, *, on: date) -> int:
    """Whole days until the deadline; negative once it has passed."""
    return (due_date - on).days


def resumed(on: date, *, days_left: int) -> date:
    """The new last day when the clock goes on; an overrun stays an overrun."""
    return on + timedelta(days=days_left)
