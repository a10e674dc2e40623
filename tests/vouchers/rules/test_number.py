from __future__ import annotations

import string
from itertools import product

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


def test_two_swapped_signs_are_found_but_for_one_pair_in_630() -> None:
    missed, tried = set(), 0
    for one, two in product(SIGNS, repeat=2):
        check = with_check(one + two)[-1]
        for swapped in {two + one + check, one + check + two} - {one + two + check}:
            tried += 1
            missed |= {swapped} if is_well_formed(swapped) else set()
    assert missed == {"910", "901", "JI0", "IJ0"}
    assert tried == 630 * len(missed)
