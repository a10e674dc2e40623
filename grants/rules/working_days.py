"""Working days in Brussels: not Saturdays, Sundays or public holidays (Regulation 1182/71)."""

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)


@cache
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * x) // 433
    month = (h + x - 7 * m + 90) // 25
    return date(year, month, (h + x - 7 * m + 33 * month + 19) % 32)


@cache
def holidays(year: int) -> frozenset[date]:
    """The ten public holidays of Belgium, where the granting authority sits."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (sunday + ONE_DAY, sunday + 39 * ONE_DAY, sunday + 50 * ONE_DAY)
    return frozenset(date(year, month, day) for month, day in fixed) | frozenset(moving)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def after_working_days(day: date, *, days: int) -> date:
    """The day on which a period of working days ends; the day itself is not counted."""
    if days < 0:
        raise ValueError(f"days are negative: {days}")
    while days > 0:
        day += ONE_DAY
        days -= is_working_day(day)
    return day
