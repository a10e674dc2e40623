from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.voucher_amount import (
    Scheme,
    Terms,
    instalments,
    own_contribution,
    own_share_is_met,
    voucher_value,
)

EURO = 100


def cofunded(cap: int, rate_bp: int, own_bp: int = 0) -> Terms:
    return Terms(Scheme.COFUNDED, cap * EURO, rate_bp, own_bp)


@pytest.mark.parametrize("amount", [40_000, 3_600, 5_000, 10_000])
@pytest.mark.parametrize("scheme", [Scheme.LUMP_SUM, Scheme.FIXED_SERVICE])
def test_fixed_amounts_do_not_depend_on_the_cost(scheme: Scheme, amount: int) -> None:
    assert voucher_value(Terms(scheme, amount * EURO), net_cost_cents=1) == amount * EURO


def test_half_of_50_000_within_30_000_is_25_000() -> None:
    assert voucher_value(cofunded(30_000, 5_000), net_cost_cents=50_000 * EURO) == 25_000 * EURO


def test_half_of_80_000_stops_at_the_cap() -> None:
    assert voucher_value(cofunded(30_000, 5_000), net_cost_cents=80_000 * EURO) == 30_000 * EURO


def test_net_5_000_with_an_own_share_of_1_000_pays_4_000() -> None:
    terms = cofunded(4_000, 10_000, own_bp=2_000)
    assert voucher_value(terms, net_cost_cents=5_000 * EURO) == 4_000 * EURO
    assert own_contribution(4_000 * EURO, net_cost_cents=5_000 * EURO) == 1_000 * EURO


def test_a_share_of_cost_is_floored() -> None:
    assert voucher_value(cofunded(30_000, 5_000), net_cost_cents=333) == 166


def test_own_share_at_its_boundary() -> None:
    terms = cofunded(4_000, 8_000, own_bp=2_000)
    assert own_share_is_met(terms, value_cents=8_000, net_cost_cents=10_000)
    assert not own_share_is_met(terms, value_cents=8_001, net_cost_cents=10_000)


def test_own_contribution_is_never_below_zero() -> None:
    assert own_contribution(500, net_cost_cents=400) == 0


@pytest.mark.parametrize(
    ("amount", "rate", "own"), [(0, 5_000, 0), (1, 0, 0), (1, 10_001, 0), (1, 1, 10_000)]
)
def test_impossible_terms_are_bugs(amount: int, rate: int, own: int) -> None:
    with pytest.raises(ValueError):
        Terms(Scheme.COFUNDED, amount, rate, own)


def test_cost_below_zero_is_a_bug() -> None:
    with pytest.raises(ValueError, match="below zero"):
        voucher_value(cofunded(1, 1), net_cost_cents=-1)


@given(st.integers(0, 10**9), st.integers(1, 10_000), st.integers(0, 9_999))
def test_value_never_exceeds_cap_rate_or_what_the_own_share_leaves(
    net: int, rate: int, own: int
) -> None:
    terms = cofunded(30_000, rate, own)
    value = voucher_value(terms, net_cost_cents=net)
    assert value <= 30_000 * EURO
    assert value * 10_000 <= net * rate
    assert own_share_is_met(terms, value_cents=value, net_cost_cents=net)


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_value_grows_with_the_cost(net: int, more: int) -> None:
    terms = cofunded(30_000, 5_000)
    less = voucher_value(terms, net_cost_cents=net)
    assert less <= voucher_value(terms, net_cost_cents=net + more)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 9_999), min_size=1, max_size=5))
def test_instalments_lose_no_cent(value: int, weights: list[int]) -> None:
    shares = [10_000 * weight // sum(weights) for weight in weights]
    shares[-1] += 10_000 - sum(shares)
    if min(shares) <= 0:
        return
    assert sum(instalments(value, shares_bp=shares)) == value


def test_instalments_of_three_thirds() -> None:
    assert instalments(100, shares_bp=[3_333, 3_333, 3_334]) == (33, 33, 34)


@pytest.mark.parametrize("shares", [[5_000, 4_999], [10_000, 0]])
def test_instalments_that_make_no_whole_are_bugs(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="100 %"):
        instalments(100, shares_bp=shares)
