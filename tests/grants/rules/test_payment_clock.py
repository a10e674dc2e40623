from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules import payment_clock

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_prefinancing_is_due_thirty_days_after_entry_into_force() -> None:
    assert payment_clock.due_on(date(2022, 9, 1), days=30) == date(2022, 10, 1)


def test_a_report_is_paid_within_ninety_days() -> None:
    assert payment_clock.due_on(date(2023, 10, 30), days=90) == date(2024, 1, 28)


def test_negative_days_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="-1 days"):
        payment_clock.due_on(date(2022, 9, 1), days=-1)


@pytest.mark.parametrize(("on", "left"), [(29, 1), (30, 0), (31, -1)])
def test_days_left_just_before_at_and_after_the_deadline(on: int, left: int) -> None:
    due = date(2022, 9, 30)
    assert payment_clock.days_left(due, on=date(2022, 9, 1) + timedelta(days=on - 1)) == left


@given(start=DAYS, ran=st.integers(0, 90), stood=st.integers(0, 400))
def test_a_suspension_keeps_the_days_that_were_left(start: date, ran: int, stood: int) -> None:
    due = payment_clock.due_on(start, days=90)
    stopped = start + timedelta(days=ran)
    left = payment_clock.days_left(due, on=stopped)
    again = payment_clock.resumed(stopped + timedelta(days=stood), days_left=left)
    assert again == due + timedelta(days=stood)
