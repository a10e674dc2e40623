from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.money import parse_amount
from core.presentation import formats

NB = "\u00a0"
DEADLINE = datetime(2021, 11, 30, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1,400,000.00"),
        ("de", "1.400.000,00"),
        ("es", "1.400.000,00"),
        ("it", "1.400.000,00"),
        ("fr", f"1{NB}400{NB}000,00"),
        ("pl", f"1{NB}400{NB}000,00"),
    ],
)
def test_money_follows_the_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert formats.money(140_000_000) == shown


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(0, "0.00"), (5, "0.05"), (-450_000, "\u22124,500.00"), (-1, "\u22120.01"), (None, "–")],
)
def test_money_shows_small_negative_and_missing_amounts(cents: int | None, shown: str) -> None:
    assert formats.money(cents) == shown


@given(st.integers(0, 10**13), st.sampled_from(["en", "de", "fr", "pl"]))
def test_every_amount_that_is_shown_reads_back_to_the_same_cents(cents: int, lang: str) -> None:
    with translation.override(lang):
        assert parse_amount(formats.money(cents)) == cents


def test_eur_keeps_the_code_and_the_figure_together() -> None:
    assert formats.eur(140_000_000) == f"EUR{NB}1,400,000.00"
    assert formats.eur(None) == "–"


@pytest.mark.parametrize(
    ("points", "shown"),
    [(7_499, "74.99"), (7_500, "75.00"), (5, "0.05"), (-25, "\u22120.25"), (10_000, "100.00")],
)
def test_a_share_has_two_decimals_and_a_space_that_does_not_break(points: int, shown: str) -> None:
    assert formats.share(points) == f"{shown}{NB}%"


def test_a_rate_has_as_many_decimals_as_it_needs() -> None:
    assert [formats.rate(p) for p in (9_000, 750, 7_525, 0)] == [
        f"90{NB}%",
        f"7.5{NB}%",
        f"75.25{NB}%",
        f"0{NB}%",
    ]
    with translation.override("de"):
        assert formats.rate(750) == f"7,5{NB}%"


@pytest.mark.parametrize(
    ("part", "whole", "points"),
    [(7_499, 10_000, 7_499), (74_996, 100_000, 7_499), (75_000, 100_000, 7_500), (1, 3, 3_333)],
)
def test_a_share_never_rounds_up_to_a_floor(part: int, whole: int, points: int) -> None:
    assert formats.share_of(part, whole) == points


def test_a_share_of_nothing_is_nothing() -> None:
    assert formats.share_of(5, 0) == 0


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.sampled_from([50, 70, 75, 100]))
def test_a_shown_share_is_at_a_floor_only_if_the_share_is(
    part: int, whole: int, floor: int
) -> None:
    shown = formats.share_of(part, whole)
    assert (shown >= floor * 100) == (part * 100 >= floor * whole)
    assert abs(shown * whole - part * 10_000) <= whole


def test_when_names_day_time_and_city() -> None:
    assert formats.when(DEADLINE) == "Tue 30 Nov 2021, 17:00 Brussels"
    assert formats.when(DEADLINE, short=True) == "30 Nov 2021, 17:00"
    helsinki = formats.when(DEADLINE, zone=ZoneInfo("Europe/Helsinki"))
    assert helsinki == "Tue 30 Nov 2021, 18:00 Helsinki"
    assert formats.when(None) == "–"


def test_a_day_is_that_of_the_house_zone() -> None:
    late = datetime(2021, 11, 30, 23, 30, tzinfo=UTC)
    assert formats.day(late) == "Wed 1 Dec 2021"
    assert formats.day(date(2021, 12, 1), short=True) == "1 Dec 2021"
    assert formats.as_day(late) == date(2021, 12, 1)
    assert formats.day(None) == "–"


def test_machine_time_is_utc() -> None:
    east = datetime(2021, 11, 30, 18, 0, tzinfo=timezone(timedelta(hours=2)))
    assert formats.machine_time(east) == "2021-11-30T16:00:00Z"
    assert formats.machine_time(date(2021, 11, 30)) == "2021-11-30"


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(days=4, hours=6, minutes=59), f"4 days 6{NB}h"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=6, minutes=12), f"6{NB}h 12{NB}min"),
        (timedelta(hours=1), f"1{NB}h 00{NB}min"),
        (timedelta(minutes=41, seconds=8), f"41{NB}min 08{NB}s"),
        (timedelta(seconds=-5), f"0{NB}min 00{NB}s"),
    ],
)
def test_duration_uses_two_units(span: timedelta, shown: str) -> None:
    assert formats.duration(span) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(999, f"999{NB}B"), (312_000, f"312{NB}kB"), (4_120_000, f"4.1{NB}MB")],
)
def test_file_sizes_are_said_as_people_say_them(size: int, shown: str) -> None:
    assert formats.file_size(size) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mira Fernwood", "MF"),
        ("Ana de la Cruz", "AC"),
        ("Trellis", "T"),
        ("", "?"),
        ("(x) y", "Y"),
    ],
)
def test_initials_come_from_the_first_and_the_last_word(name: str, shown: str) -> None:
    assert formats.initials(name) == shown


def test_counts_and_numbers_of_accounts_are_grouped() -> None:
    assert formats.whole(12_384) == "12,384"
    assert formats.whole(-12_384) == "\u221212,384"
    assert formats.whole(None) == "–"
    assert formats.iban("BE71096123456769") == "BE71 0961 2345 6769"
    assert formats.iban_short("BE71 0961 2345 6769") == "BE71…6769"
    assert formats.iban_short("BE71") == "BE71"
    assert formats.fingerprint("4be190c7" + "0" * 56) == "4be1 90c7"


def test_yes_no_and_nothing() -> None:
    assert [formats.yes_no(value) for value in (True, False, None)] == ["Yes", "No", "–"]
