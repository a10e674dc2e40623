from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.rules.aid import CEILING_CENTS, Granted, first_day, leaves_on, room

DAY = date(2026, 5, 2)
LEAP = date(2024, 2, 29)


def granted(on: date, cents: int) -> Granted:
    return Granted(on, leaves_on(on), cents)


def test_aid_leaves_the_window_on_the_same_day_three_years_later() -> None:
    assert leaves_on(date(2023, 5, 2)) == DAY
    full = granted(date(2023, 5, 2), CEILING_CENTS)
    assert room([full], on=DAY).left == CEILING_CENTS
    assert room([full], on=DAY - timedelta(days=1)).left == 0


@pytest.mark.parametrize(
    ("day", "years", "gone"),
    [
        (LEAP, 3, date(2027, 3, 1)),
        (LEAP, 4, date(2028, 2, 29)),
        (date(2021, 2, 28), 3, date(2024, 2, 28)),
        (date(2021, 3, 1), 3, date(2024, 3, 1)),
    ],
)
def test_aid_of_a_leap_day_leaves_on_the_first_of_march(day: date, years: int, gone: date) -> None:
    assert leaves_on(day, years=years) == gone


def test_the_window_of_a_leap_day_begins_on_the_first_of_march() -> None:
    assert first_day(LEAP) == date(2021, 3, 1)
    assert first_day(date(2027, 2, 28)) == LEAP
    assert first_day(date(2027, 3, 1)) == date(2024, 3, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 5))
def test_both_ends_of_a_window_tell_the_same(day: date, years: int) -> None:
    end = leaves_on(day, years=years)
    assert first_day(end, years=years) > day >= first_day(end - timedelta(days=1), years=years)


def test_a_back_dated_award_is_seen_in_later_windows_too() -> None:
    later = granted(date(2025, 1, 1), CEILING_CENTS - 100)
    found = room([later], on=date(2022, 1, 2))
    assert (found.left, found.counted) == (100, CEILING_CENTS - 100)
    assert (found.first_day, found.last_day) == (date(2022, 1, 2), date(2025, 1, 1))
    assert room([later], on=date(2022, 1, 1)).left == CEILING_CENTS


def test_a_correction_gives_room_back_on_its_own_day() -> None:
    day = date(2024, 1, 1)
    rows = [granted(day, 500), granted(day, -200)]
    assert room(rows, on=DAY, ceiling_cents=400).left == 100
    assert room([granted(day, 500)], on=DAY, ceiling_cents=400).left == 0


START = date(2023, 12, 1)
DAYS = st.integers(0, 1600).map(lambda days: START + timedelta(days=days))


@given(st.lists(st.tuples(DAYS, st.integers(1, 400)), max_size=12), DAYS, st.integers(1, 2))
def test_room_is_what_every_window_of_every_day_leaves(
    rows: list[tuple[date, int]], on: date, years: int
) -> None:
    """Day by day over all windows that contain the award, without the rule's shortcuts."""
    made = [Granted(day, leaves_on(day, years=years), cents) for day, cents in rows]
    fullest, end = 0, on
    while first_day(end, years=years) <= on:
        start = first_day(end, years=years)
        fullest = max(fullest, sum(cents for day, cents in rows if start <= day <= end))
        end += timedelta(days=1)
    assert room(made, on=on, years=years, ceiling_cents=1000).left == max(1000 - fullest, 0)
