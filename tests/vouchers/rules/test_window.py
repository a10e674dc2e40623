from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.window import (
    expiry_day,
    extension_is_possible,
    is_old_enough,
    is_over,
    is_window_long_enough,
    months_after,
    reminder_due,
    resumed_expiry,
    window_days,
    working_days_after,
)

MAY = date(2026, 5, 13)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def test_13_may_to_13_july_are_61_days() -> None:
    assert window_days(opens_on=MAY, closes_on=date(2026, 7, 13)) == 61
    assert is_window_long_enough(opens_on=MAY, closes_on=date(2026, 7, 13))


@pytest.mark.parametrize(
    ("length", "derogation", "fits"),
    [
        (60, "", True),
        (59, "", False),
        (59, "agreed", True),
        (59, "  ", False),
        (0, "agreed", False),
    ],
)
def test_a_window_of_60_days_or_a_derogation(length: int, derogation: str, fits: bool) -> None:
    closes = MAY + timedelta(days=length)
    assert is_window_long_enough(opens_on=MAY, closes_on=closes, derogation=derogation) is fits


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 15), 12, date(2025, 1, 15)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 31), 0, date(2023, 12, 31)),
    ],
)
def test_months_after(day: date, months: int, after: date) -> None:
    assert months_after(day, months=months) == after


def test_a_voucher_never_runs_past_the_grant() -> None:
    issued = date(2024, 1, 15)
    assert expiry_day(issued_on=issued, months=12, grant_ends_on=date(2024, 8, 31)) == date(
        2024, 8, 31
    )
    assert expiry_day(issued_on=issued, months=6, grant_ends_on=date(2024, 8, 31)) == date(
        2024, 7, 15
    )


def test_the_last_day_itself_is_still_good() -> None:
    assert not is_over(MAY, today=MAY)
    assert is_over(MAY, today=MAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("today", "new", "possible"),
    [
        (MAY, date(2026, 6, 1), True),
        (MAY + timedelta(days=1), date(2026, 6, 1), False),
        (MAY, MAY, False),
        (MAY, date(2026, 8, 31), True),
        (MAY, date(2026, 9, 1), False),
    ],
)
def test_extension_in_time_later_and_within_the_grant(
    today: date, new: date, possible: bool
) -> None:
    found = extension_is_possible(
        expires_on=MAY, new_day=new, today=today, grant_ends_on=date(2026, 8, 31)
    )
    assert found is possible


@pytest.mark.parametrize(
    ("left", "sent", "due"),
    [
        (31, (), None),
        (30, (), 30),
        (20, (30,), None),
        (20, (), 30),
        (7, (30,), 7),
        (5, (), 7),
        (5, (7,), None),
        (0, (30,), 7),
        (-1, (), None),
    ],
)
def test_reminders_30_and_7_days_before(left: int, sent: tuple[int, ...], due: int | None) -> None:
    found = reminder_due(expires_on=MAY, today=MAY - timedelta(days=left), sent=sent)
    assert found == due


def test_15_working_days_skip_weekends_and_holidays() -> None:
    friday = date(2024, 3, 1)
    assert working_days_after(friday, count=1) == date(2024, 3, 4)
    assert working_days_after(friday, count=15) == date(2024, 3, 22)
    assert working_days_after(friday, count=1, holidays=[date(2024, 3, 4)]) == date(2024, 3, 5)


@given(days, st.integers(0, 60))
def test_working_days_end_on_a_working_day(day: date, count: int) -> None:
    end = working_days_after(day, count=count)
    assert end == day if count == 0 else end.weekday() < 5


@pytest.mark.parametrize(
    ("founded", "months", "fits"),
    [
        (None, 0, True),
        (None, 6, False),
        (date(2025, 11, 13), 6, True),
        (date(2025, 11, 14), 6, False),
    ],
)
def test_age_of_six_months(founded: date | None, months: int, fits: bool) -> None:
    assert is_old_enough(founded_on=founded, on=MAY, months_min=months) is fits


def test_suspended_days_are_given_back_within_the_grant() -> None:
    def resumed(ends: date) -> date:
        return resumed_expiry(
            expires_on=MAY,
            suspended_on=date(2026, 3, 1),
            resumed_on=date(2026, 3, 11),
            ends_on=ends,
        )

    assert resumed(date(2027, 1, 1)) == date(2026, 5, 23)
    assert resumed(date(2026, 5, 20)) == date(2026, 5, 20)
    assert resumed(date(2026, 5, 1)) == MAY
