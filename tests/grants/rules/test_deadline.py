"""Days and instants that decide: the examples of the domain paper's page are tests here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grants.rules.deadline import (
    extends,
    is_in_time,
    months_after,
    received_on,
    redress_ends,
    window_days,
)
from grants.rules.working_days import after_working_days, easter, holidays, is_working_day

DEADLINE = datetime(2021, 11, 30, 17, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.mark.parametrize(
    ("late", "in_time"),
    [
        (timedelta(microseconds=-1), True),
        (timedelta(0), True),
        (timedelta(microseconds=1), False),
        (timedelta(milliseconds=1), False),
    ],
)
def test_deadline_itself_is_in_time(late: timedelta, in_time: bool) -> None:
    assert is_in_time((DEADLINE + late).astimezone(UTC), deadline_at=DEADLINE) is in_time


def test_deadline_is_the_calls_own_clock() -> None:
    assert is_in_time(datetime(2021, 11, 30, 16, 0, tzinfo=UTC), deadline_at=DEADLINE)
    assert not is_in_time(datetime(2021, 11, 30, 16, 0, 1, tzinfo=UTC), deadline_at=DEADLINE)


def test_corrigendum_may_extend_and_never_shorten() -> None:
    later = DEADLINE + timedelta(days=1)

    assert (extends(later, old=DEADLINE), extends(DEADLINE, old=later)) == (True, False)
    assert extends(DEADLINE, old=DEADLINE)


def test_unopened_letter_counts_after_ten_days_and_review_ends_thirty_days_later() -> None:
    sent = date(2026, 3, 1)

    assert received_on(sent=sent, opened=None, unopened_days=10) == date(2026, 3, 11)
    assert redress_ends(sent=sent, opened=None, unopened_days=10, redress_days=30) == date(
        2026, 4, 10
    )


@pytest.mark.parametrize(
    ("opened", "received"),
    [(date(2026, 3, 4), date(2026, 3, 4)), (date(2026, 4, 4), date(2026, 3, 11))],
)
def test_opened_letter_counts_from_its_opening_if_that_was_earlier(
    opened: date, received: date
) -> None:
    assert received_on(sent=date(2026, 3, 1), opened=opened, unopened_days=10) == received


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2021, 11, 30), 6, date(2022, 5, 30)),
        (date(2021, 11, 30), 9, date(2022, 8, 30)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2021, 12, 1), 0, date(2021, 12, 1)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months=months) == expected


def test_months_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        months_after(date(2021, 1, 1), months=-1)


@pytest.mark.parametrize(("end", "days"), [(date(2026, 7, 13), 61), (date(2026, 7, 11), 59)])
def test_window_is_counted_by_the_calendar(end: date, days: int) -> None:
    opens = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)
    closes = datetime(end.year, end.month, end.day, 17, 0, tzinfo=UTC)

    assert window_days(opens, deadline_at=closes) == days


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2021, date(2021, 4, 4)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5))],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_ten_public_holidays_a_year() -> None:
    assert len(holidays(2021)) == 10
    assert date(2021, 4, 5) in holidays(2021)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 11, 29), True),
        (date(2021, 11, 27), False),
        (date(2021, 11, 28), False),
        (date(2021, 11, 11), False),
    ],
)
def test_weekends_and_holidays_are_not_worked(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_fifteen_working_days_step_over_christmas() -> None:
    assert after_working_days(date(2021, 12, 17), days=15) == date(2022, 1, 7)
    assert after_working_days(date(2021, 12, 18), days=0) == date(2021, 12, 18)


def test_working_days_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        after_working_days(date(2021, 1, 1), days=-1)
