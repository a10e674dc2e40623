import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.financial_statement import eu_share, indirect_costs, to_euro, within

RATES = {"A": 9000, "B": 9000, "C": 9000, "E": 9000}
CENTS = st.integers(0, 10**10)


def test_share_of_the_worked_budget() -> None:
    """A 240,000, B 30,000, C 60,000 at 90 % with 7 % indirect: 317,790.00."""
    costs = {"A": 24_000_000, "B": 3_000_000, "C1": 6_000_000}
    assert indirect_costs(33_000_000, indirect_bp=700) == 2_310_000
    assert eu_share(costs, rates_bp=RATES, indirect_bp=700) == 31_779_000


def test_each_category_has_its_own_rate() -> None:
    rates = {"A": 9000, "B": 5000, "C": 10_000, "E": 0}
    costs = {"A": 100, "B": 100, "C1": 50, "C2": 25, "C3": 25}
    assert eu_share(costs, rates_bp=rates, indirect_bp=700) == 90 + 50 + 100


def test_negative_costs_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        eu_share({"A": -1}, rates_bp=RATES, indirect_bp=700)


@given(first=CENTS, second=CENTS)
def test_splitting_costs_over_periods_loses_no_cent(first: int, second: int) -> None:
    whole = eu_share({"A": first + second}, rates_bp=RATES, indirect_bp=700)
    before = eu_share({"A": first}, rates_bp=RATES, indirect_bp=700)
    after = whole - before
    assert before + after == whole
    assert after >= 0


@given(cost=CENTS, more=CENTS)
def test_share_is_monotone_and_within_the_rate(cost: int, more: int) -> None:
    small = eu_share({"A": cost}, rates_bp=RATES, indirect_bp=700)
    large = eu_share({"A": cost + more}, rates_bp=RATES, indirect_bp=700)
    assert small <= large
    assert 10_000 * small <= 9000 * (cost + cost * 700 // 10_000)


@pytest.mark.parametrize(
    ("local", "rate", "euro"),
    [(426_00, 4_260_000, 100_00), (1, 2_000_000, 1), (1, 2_000_001, 0), (100, 1_000_000, 100)],
)
def test_currency_is_rounded_half_up(local: int, rate: int, euro: int) -> None:
    assert to_euro(local, rate_millionths=rate) == euro


def test_a_rate_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="rate of 0"):
        to_euro(1, rate_millionths=0)


def test_shares_within_what_is_left_stay_whole() -> None:
    assert within({"a": 10, "b": 5}, available_cents=15) == {"a": 10, "b": 5}


def test_shares_are_cut_in_proportion_and_the_rest_goes_to_the_largest_remainder() -> None:
    assert within({"a": 2, "b": 1}, available_cents=2) == {"a": 1, "b": 1}


@given(
    shares=st.dictionaries(st.integers(0, 6), CENTS, min_size=1), available=st.integers(0, 10**10)
)
def test_a_cut_loses_no_cent_and_raises_nobody(shares: dict[int, int], available: int) -> None:
    cut = within(shares, available_cents=available)
    assert sum(cut.values()) == min(available, sum(shares.values()))
    assert all(0 <= cut[key] <= shares[key] for key in shares)
