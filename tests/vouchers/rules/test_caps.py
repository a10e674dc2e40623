from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.caps import fits_cap, headroom, place_is_free, service_fits

CAP = 60_000_00


def test_40_000_and_20_000_fit_to_the_cent() -> None:
    assert fits_cap(20_000_00, cap_cents=CAP, used_cents=40_000_00)
    assert not fits_cap(20_000_01, cap_cents=CAP, used_cents=40_000_00)


def test_a_subsidiary_has_no_cap_of_its_own() -> None:
    assert not fits_cap(5_000_00, cap_cents=CAP, used_cents=60_000_00)


def test_headroom_never_falls_below_zero() -> None:
    assert headroom(CAP, used_cents=CAP + 1) == 0


@given(st.lists(st.integers(1, CAP), max_size=20))
def test_awards_that_fit_never_exceed_the_cap(amounts: list[int]) -> None:
    used = 0
    for amount in amounts:
        if fits_cap(amount, cap_cents=CAP, used_cents=used):
            used += amount
    assert used <= CAP


@pytest.mark.parametrize(
    ("service_max", "before", "exempt", "fits"),
    [(2, 1, False, True), (2, 2, False, False), (2, 2, True, True), (0, 99, False, True)],
)
def test_services_per_sme(service_max: int, before: int, exempt: bool, fits: bool) -> None:
    found = service_fits(service_max=service_max, counted_before=before, is_exempt=exempt)
    assert found is fits


@pytest.mark.parametrize(
    ("places", "taken", "free"), [(None, 99, True), (10, 9, True), (10, 10, False), (0, 0, False)]
)
def test_country_places(places: int | None, taken: int, free: bool) -> None:
    assert place_is_free(places_max=places, taken=taken) is free
