from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.rules import banking, specimens
from parties.rules.identifiers import Fault, IdentifierError

BELGIAN = "BE71096123456769"


@pytest.mark.parametrize(
    "typed", ["BE71 0961 2345 6769", "be71096123456769", " BE71 0961 2345 6769 "]
)
def test_iban_is_read_without_blanks_in_capitals(typed: str) -> None:
    assert banking.iban(typed) == BELGIAN


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("BE71 0961 2345 6760", Fault.CHECK),
        ("BE71 0961 2345 676", Fault.LENGTH),
        ("ZZ71 0961 2345 6769", Fault.COUNTRY),
        ("BE71-0961-2345-6769", Fault.FORM),
        ("", Fault.FORM),
    ],
)
def test_iban_that_cannot_be_right_says_why(typed: str, fault: Fault) -> None:
    with pytest.raises(IdentifierError) as refused:
        banking.iban(typed)
    assert refused.value.fault == fault


@given(st.integers(0, 15), st.sampled_from("0123456789"))
def test_iban_with_one_wrong_digit_is_refused(place: int, digit: str) -> None:
    wrong = BELGIAN[:place] + digit + BELGIAN[place + 1 :]
    if wrong != BELGIAN:
        with pytest.raises(IdentifierError):
            banking.iban(wrong)


def test_bic_of_the_iban_is_found_where_nothing_was_typed() -> None:
    assert banking.bic("", iban_compact=BELGIAN) == "GKCCBEBB"


def test_bic_is_empty_where_no_register_knows_it() -> None:
    unknown = specimens.iban("NO", 1)
    assert banking.bic("", iban_compact=unknown) == banking.bic_known(unknown)


def test_bic_of_another_country_is_refused() -> None:
    with pytest.raises(IdentifierError) as refused:
        banking.bic("DEUTDEFF", iban_compact=BELGIAN)
    assert refused.value.fault == Fault.COUNTRY


@pytest.mark.parametrize("typed", ["GKCC", "GKCCBEB!", "1234567890123"])
def test_bic_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        banking.bic(typed, iban_compact=BELGIAN)
    assert refused.value.fault == Fault.FORM


def test_first_account_is_payable_on_the_day_of_its_validation() -> None:
    day = date(2021, 10, 4)
    assert banking.usable_from(day, is_change=False) == day


def test_changed_account_waits_its_cooling_days() -> None:
    day = date(2021, 10, 4)
    assert banking.usable_from(day, is_change=True) == date(2021, 10, 14)
    assert banking.usable_from(day, is_change=True, cooling_days=0) == day


def test_negative_cooling_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        banking.usable_from(date(2021, 10, 4), is_change=True, cooling_days=-1)


def test_bic_that_was_typed_is_kept_in_capitals() -> None:
    assert banking.bic("gkcc be bb", iban_compact=BELGIAN) == "GKCCBEBB"


@pytest.mark.parametrize(
    ("holder", "name", "same"),
    [
        ("LOOM SOHNE, GMBH", "Loom & Söhne GmbH", True),
        ("Loom", "Loom", True),
        ("Loom Ltd", "Loom", False),
        ("", "", False),
        ("&", "!", False),
    ],
)
def test_holder_is_compared_by_letters_and_digits(holder: str, name: str, *, same: bool) -> None:
    assert banking.holder_matches(holder, name=name) is same
