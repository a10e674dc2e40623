from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.number import compact, is_well_formed, with_check

SIGNS = string.digits + string.ascii_uppercase
stems = st.text(SIGNS, min_size=2, max_size=12)


def test_a_number_is_read_however_it_is_typed() -> None:
    number = with_check("cl-g1-0231")
    assert number.startswith("CL-G1-0231-")
    assert compact(f" {number.lower().replace('-', ' ')} ") == compact(number)
    assert is_well_formed(number.lower())


def test_nothing_is_no_number() -> None:
    assert not is_well_formed("")
    assert not is_well_formed("-")
    assert not is_well_formed("K")


@given(stems, st.data())
def test_one_wrong_sign_is_found(stem: str, draw: st.DataObject) -> None:
    text = compact(with_check(stem))
    place = draw.draw(st.integers(0, len(text) - 1))
    wrong = draw.draw(st.sampled_from(SIGNS.replace(text[place], "")))
    assert not is_well_formed(text[:place] + wrong + text[place + 1 :])


@given(stems, st.data())
def test_two_swapped_signs_are_found(stem: str, draw: st.DataObject) -> None:
    text = compact(with_check(stem))
    place = draw.draw(st.integers(0, len(text) - 2))
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert swapped == text or not is_well_formed(swapped)
