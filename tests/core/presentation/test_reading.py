from datetime import date, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.presentation import formats
from core.presentation.reading import read_day, read_share, read_time


@pytest.mark.parametrize(
    "typed",
    [
        "30 Nov 2021",
        "30 november 2021",
        "Tue 30 Nov 2021",
        "30. Nov. 2021",
        "30/11/2021",
        "30.11.2021",
        "30-11-2021",
        "30 11 2021",
        " 2021-11-30 ",
    ],
)
def test_a_day_is_read_in_any_usual_form(typed: str) -> None:
    assert read_day(typed) == date(2021, 11, 30)


@pytest.mark.parametrize("typed", ["soon", "31 Nov 2021", "11/30/2021", "30 Xyz 2021", "2021", ""])
def test_what_is_no_day_is_quoted_with_an_example(typed: str) -> None:
    with pytest.raises(DomainError, match="30 Nov 2021") as refused:
        read_day(typed)
    assert f"“{typed}”" in str(refused.value)


def test_months_are_read_in_the_reader_s_language_too() -> None:
    with translation.override("de"):
        assert read_day("30. Dezember 2021") == date(2021, 12, 30)
        assert read_day("30 December 2021") == date(2021, 12, 30)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_that_is_shown_reads_back(day: date) -> None:
    assert read_day(formats.day(day, short=True)) == day
    assert read_day(formats.day(day)) == day


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("17:00", time(17)),
        ("17.30", time(17, 30)),
        ("9h05", time(9, 5)),
        ("5 pm", time(17)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_in_any_usual_form(typed: str, read: time) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "17:60", "13 pm", "0 am", "noon", ""])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="17:00"):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "points"),
    [("75", 7_500), ("7,5", 750), ("74.99 %", 7_499), ("0.05", 5), ("100%", 10_000)],
)
def test_a_share_is_read_to_the_basis_point(typed: str, points: int) -> None:
    assert read_share(typed) == points


@pytest.mark.parametrize("typed", ["74.999", "-5", "x", "", "7.5.1"])
def test_what_is_no_share_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match=r"7\.5"):
        read_share(typed)
