"""What a grant agreement fixes: the plan's share, the prefinancing, the periods, the retention."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

BASIS = 10_000
SMALL_GRANT_CENTS = 6_000_000
RETENTION_YEARS = 5
RETENTION_YEARS_SMALL = 3


def plan_holds(sme_cents: int, *, grant_cents: int, share_n: int = 3, share_d: int = 4) -> bool:
    """True when the SME support planned is at least the call's share of the grant.

    Exact, in cents: 1,049,999.99 of 1,400,000.00 fails (docs/domain.md, "75 % on the edge").
    """
    return share_d * sme_cents >= share_n * grant_cents


def prefinancing(grant_cents: int, *, prefinancing_bp: int) -> int:
    """The first payment, rounded down to the cent."""
    return grant_cents * prefinancing_bp // BASIS


def add_months(start_date: date, *, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(start_date.month - 1 + months, 12)
    year = start_date.year + years
    day = min(start_date.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period, both days included."""

    number: int
    start_date: date
    end_date: date
    is_final: bool


def periods(start_date: date, *, end_date: date, months: int) -> list[Period]:
    """Reporting periods of ``months`` each without gap; the last one ends with the grant."""
    if end_date <= start_date or months <= 0:
        raise ValueError(f"periods of {months} months from {start_date} to {end_date}")
    found: list[Period] = []
    first, number = start_date, 1
    while first <= end_date:
        last = add_months(start_date, months=months * number) - timedelta(days=1)
        is_final = last >= end_date
        found.append(Period(number, first, min(last, end_date), is_final))
        first, number = last + timedelta(days=1), number + 1
    return found


def retention_until(paid_date: date, *, grant_cents: int) -> date:
    """Records are kept five years after the balance, three for grants up to EUR 60,000.

    Source: docs/domain.md, "Record keeping".
    """
    small = grant_cents <= SMALL_GRANT_CENTS
    years = RETENTION_YEARS_SMALL if small else RETENTION_YEARS
    return add_months(paid_date, months=12 * years)


def last_day(start_date: date, *, months: int) -> date:
    """The last day of an action of so many months."""
    return add_months(start_date, months=months) - timedelta(days=1)
