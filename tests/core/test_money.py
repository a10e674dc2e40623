import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.money import parse_amount, to_decimal


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1,234.56", 123456),
        ("1.234,56", 123456),
        ("1 234,56", 123456),
        ("1\u202f234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1234.5", 123450),
        ("1234,5", 123450),
        ("EUR 12", 1200),
        ("12 €", 1200),
        ("1.400", 140000),
        ("1,400,000.00", 140000000),
        ("1.400.000,00", 140000000),
        ("0", 0),
        ("0,01", 1),
    ],
)
def test_parse_amount_reads_what_people_type(typed: str, cents: int) -> None:
    assert parse_amount(typed) == cents


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,23,45", "1.234.56", "-5", "1,234,56", "12.345,678", "1e9", "٣"]
)
def test_parse_amount_refuses_and_quotes(typed: str) -> None:
    with pytest.raises(DomainError, match="could not be read") as refusal:
        parse_amount(typed)
    assert f"“{typed}”" in str(refusal.value)


def test_parse_amount_has_a_ceiling() -> None:
    with pytest.raises(DomainError, match="larger than any amount"):
        parse_amount("100000000000.01")


@given(st.integers(min_value=0, max_value=10**13))
def test_to_decimal_loses_nothing_and_shows_two_decimals(cents: int) -> None:
    shown = to_decimal(cents)
    assert shown * 100 == cents
    assert shown.as_tuple().exponent == -2


@given(st.integers(min_value=0, max_value=10**13))
def test_parse_amount_reads_both_conventions_of_any_amount(cents: int) -> None:
    english = f"{cents // 100:,}.{cents % 100:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_amount(english) == parse_amount(german) == cents
