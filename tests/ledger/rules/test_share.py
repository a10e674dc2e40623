"""The 75 % rule against a brute force, against its proof, and at its edges."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.rules import share

CENTS = st.integers(min_value=0, max_value=10**13)
SHARES = [(3, 4), (1, 2), (2, 3), (1, 1), (7, 10)]


def best_by_trying(grant: int, *, support: int, coordination: int, n: int, d: int) -> int:
    """The largest s + c that pays what was accepted, fits the grant and keeps the share."""
    return max(
        s + c
        for s in range(support + 1)
        for c in range(coordination + 1)
        if s + c <= grant and d * s >= n * (s + c)
    )


@pytest.mark.parametrize(("n", "d"), SHARES)
def test_payable_is_the_brute_force_maximum_in_every_small_world(n: int, d: int) -> None:
    for grant, support, coordination in itertools.product(range(13), range(15), range(8)):
        settled = share.settle(grant, support=support, coordination=coordination, n=n, d=d)
        best = best_by_trying(grant, support=support, coordination=coordination, n=n, d=d)
        assert settled.payable == best


def test_payable_at_three_quarters_is_the_maximum_of_larger_worlds() -> None:
    for grant, support, coordination in itertools.product(range(21), range(25), range(13)):
        best = best_by_trying(grant, support=support, coordination=coordination, n=3, d=4)
        assert share.payable(grant, support=support, coordination=coordination) == best


@given(CENTS, CENTS, CENTS)
def test_settlement_keeps_the_share_and_pays_no_more_than_accepted(g: int, s: int, c: int) -> None:
    settled = share.settle(g, support=s, coordination=c)
    assert 4 * settled.sme_part >= 3 * settled.payable
    assert settled.sme_part + settled.coord_part == settled.payable <= g
    assert 0 <= settled.sme_part <= s
    assert 0 <= settled.coord_part <= c


@given(CENTS, CENTS, CENTS)
def test_one_cent_more_would_break_a_rule(g: int, s: int, c: int) -> None:
    settled = share.settle(g, support=s, coordination=c)
    more_support = settled.sme_part + 1 <= s and settled.payable + 1 <= g
    assert not more_support
    more = settled.coord_part + 1
    assert not (more <= c and settled.payable + 1 <= g and 3 * more <= settled.sme_part)


@given(CENTS, CENTS, CENTS, st.integers(min_value=0, max_value=10**6))
def test_payable_never_falls_when_more_is_accepted(g: int, s: int, c: int, more: int) -> None:
    before = share.payable(g, support=s, coordination=c)
    assert share.payable(g, support=s + more, coordination=c) >= before
    assert share.payable(g, support=s, coordination=c + more) >= before
    assert share.payable(g + more, support=s, coordination=c) >= before


@given(CENTS, st.sampled_from(SHARES))
def test_pool_is_the_smallest_amount_with_the_share(grant: int, nd: tuple[int, int]) -> None:
    n, d = nd
    pool = share.sme_pool(grant, n=n, d=d)
    assert d * pool >= n * grant
    assert d * (pool - 1) < n * grant
    assert pool + share.coordination_max(grant, n=n, d=d) == grant


@given(CENTS, CENTS, st.sampled_from(SHARES))
def test_earmark_holds_is_the_same_as_the_largest_coordination(
    sme: int, coordination: int, nd: tuple[int, int]
) -> None:
    n, d = nd
    within = coordination <= share.coordination_max(sme + coordination, n=n, d=d)
    assert share.earmark_holds(sme=sme, coordination=coordination, n=n, d=d) == within


def test_worked_example_grant_that_misses_its_share() -> None:
    settled = share.settle(140_000_000, support=80_000_000, coordination=30_000_000)
    assert settled == share.Settled(106_666_666, 80_000_000, 26_666_666)


def test_worked_example_seventy_five_percent_to_the_cent() -> None:
    assert share.sme_pool(140_000_000) == 105_000_000
    assert share.earmark_holds(sme=105_000_000, coordination=35_000_000)
    assert not share.earmark_holds(sme=104_999_999, coordination=35_000_001)


@pytest.mark.parametrize(
    ("grant", "pool"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (7, 6), (8, 6)]
)
def test_pool_of_amounts_that_four_does_not_divide(grant: int, pool: int) -> None:
    assert share.sme_pool(grant) == pool


def test_two_cents_of_support_carry_no_coordination() -> None:
    assert share.settle(100, support=2, coordination=9) == share.Settled(2, 2, 0)


def test_earmark_takes_the_plan_when_it_is_above_the_pool() -> None:
    assert share.earmark(1000, planned=900) == 900
    assert share.earmark(1000, planned=750) == 750
    assert share.earmark(1000, planned=749) == 750
    with pytest.raises(ValueError, match="larger than the grant"):
        share.earmark(1000, planned=1001)


@pytest.mark.parametrize(("n", "d"), [(0, 4), (5, 4), (-1, 4)])
def test_a_share_outside_nought_to_one_is_a_bug(n: int, d: int) -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        share.sme_pool(100, n=n, d=d)


def test_negative_amounts_are_a_bug() -> None:
    with pytest.raises(ValueError, match="support is negative: -1"):
        share.payable(100, support=-1, coordination=0)


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 10**12), min_size=1), CENTS)
def test_largest_remainder_divides_to_the_cent(weights: dict[str, int], total: int) -> None:
    parts = share.largest_remainder(total, weights=weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    for name, weight in weights.items():
        exact, rest = divmod(total * weight, whole)
        assert parts.get(name, 0) in {exact, exact + bool(rest)}
        if total <= whole:
            assert parts.get(name, 0) <= weight


def test_largest_remainder_gives_odd_cents_to_the_largest_then_the_smaller_name() -> None:
    weights = {"b": 1, "a": 1, "c": 1}
    assert share.largest_remainder(4, weights=weights) == {"a": 2, "b": 1, "c": 1}
    assert share.largest_remainder(10, weights={"x": 2, "y": 1}) == {"x": 7, "y": 3}
    assert share.largest_remainder(0, weights={}) == {}
    with pytest.raises(ValueError, match="no weight"):
        share.largest_remainder(1, weights={})
