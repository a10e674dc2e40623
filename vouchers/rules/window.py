"""Days that an SME call and a voucher run by: window, validity, reminders, working days.

Dates are local days in the call's own zone (docs/domain.md, "SME call, application, voucher").
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

WINDOW_DAYS = 60
REMINDER_DAYS = (30, 7)
SATURDAY = 5


def window_days(*, opens_on: date, closes_on: date) -> int:
    """Days between opening and closing: 13 May to 13 July are 61."""
    return (closes_on - opens_on).days


def is_window_long_enough(
    *, opens_on: date, closes_on: date, days_min: int = WINDOW_DAYS, derogation: str = ""
) -> bool:
    """Whether the call stays open long enough, or a written derogation allows less."""
    days = window_days(opens_on=opens_on, closes_on=closes_on)
    return days >= days_min or (days > 0 and bool(derogation.strip()))


def months_after(day: date, *, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def expiry_day(*, issued_on: date, months: int, grant_ends_on: date) -> date:
    """Last day on which a voucher may be used: its validity, never past the grant's end."""
    return min(months_after(issued_on, months=months), grant_ends_on)


def is_over(last_day: date, *, today: date) -> bool:
    """Whether the last day has passed; on the day itself it has not."""
    return today > last_day


def extension_is_possible(
    *, expires_on: date, new_day: date, today: date, grant_ends_on: date
) -> bool:
    """Whether a voucher may run to a new last day: asked in time, later, within the grant."""
    return not is_over(expires_on, today=today) and expires_on < new_day <= grant_ends_on


def reminder_due(*, expires_on: date, today: date, sent: Collection[int]) -> int | None:
    """Which reminder is due today, in days before the last day; ``None`` if none.

    A reminder that was missed is made up for by the nearest one, never by two at once.
    """
    left = (expires_on - today).days
    if left < 0:
        return None
    reached = [days for days in REMINDER_DAYS if left <= days]
    if not reached or min(reached) in sent:
        return None
    return min(reached)


def working_days_after(day: date, *, count: int, holidays: Iterable[date] = ()) -> date:
    """The working day ``count`` working days later; Saturdays, Sundays and holidays don't count."""
    closed = frozenset(holidays)
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in closed:
            count -= 1
    return day


def is_old_enough(*, founded_on: date | None, on: date, months_min: int) -> bool:
    """Whether an enterprise exists long enough; an unknown day only does if nothing is asked."""
    if months_min == 0:
        return True
    return founded_on is not None and months_after(founded_on, months=months_min) <= on


def resumed_expiry(
    *, expires_on: date, suspended_on: date, resumed_on: date, ends_on: date
) -> date:
    """New last day after a suspension: its days are given back, never past the grant's end."""
    given_back = expires_on + (resumed_on - suspended_on)
    return max(expires_on, min(given_back, ends_on))
