"""Indirect costs, EU contribution and the SMEs' share: worked examples first, then properties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.budget import BudgetTerms, Costs, budget, is_share_kept

TERMS = BudgetTerms(
    rate_a=9_000,
    rate_b=9_000,
    rate_c=9_000,
    rate_d1=10_000,
    rate_e=9_000,
    indirect_rate=700,
    indirect_base_includes_d1=False,
    grant_max=140_000_000,
    share_n=3,
    share_d=4,
)
EXAMPLE = Costs(a=24_000_000, b=3_000_000, c3=6_000_000, d1=105_000_000)

amounts = st.integers(0, 10**11)
costs = st.builds(Costs, a=amounts, b=amounts, c1=amounts, c2=amounts, c3=amounts, d1=amounts)


def test_worked_example_without_d1_in_the_base() -> None:
    made = budget([EXAMPLE], terms=TERMS)

    assert (made.indirect, made.total, made.contribution) == (2_310_000, 140_310_000, 136_779_000)
    assert (made.requested, made.sme, made.is_share_kept) == (136_779_000, 105_000_000, True)


def test_worked_example_with_d1_in_the_base_meets_three_quarters_to_the_cent() -> None:
    made = budget([EXAMPLE], terms=replace(TERMS, indirect_base_includes_d1=True))

    assert (made.indirect, made.total, made.contribution) == (9_660_000, 147_660_000, 143_394_000)
    assert (made.requested, made.sme * 4, made.is_share_kept) == (140_000_000, 420_000_000, True)
    assert made.headroom == 0


@pytest.mark.parametrize(
    ("part", "kept"), [(104_999_999, False), (105_000_000, True), (105_000_001, True)]
)
def test_share_just_under_at_and_over_three_quarters(part: int, kept: bool) -> None:
    assert is_share_kept(part, base=140_000_000, share_n=3, share_d=4) is kept


def test_share_of_nothing_is_not_kept() -> None:
    assert not budget([], terms=TERMS).is_share_kept


def test_share_needs_a_denominator() -> None:
    with pytest.raises(ValueError, match="denominator"):
        is_share_kept(1, base=1, share_n=1, share_d=0)


def test_share_of_the_total_cost_when_the_call_says_so() -> None:
    made = budget([EXAMPLE], terms=replace(TERMS, share_of_cost=True))

    assert (made.share_part, made.share_base) == (105_000_000, 140_310_000)
    assert not made.is_share_kept


def test_headroom_is_what_coordination_may_still_rise_by() -> None:
    made = budget([EXAMPLE], terms=TERMS)

    assert made.headroom == 140_000_000 - 136_779_000


def test_coordination_is_what_does_not_go_to_smes() -> None:
    assert budget([EXAMPLE], terms=TERMS).coordination == 31_779_000


def test_support_above_the_ceiling_does_not_fit() -> None:
    made = budget([Costs(d1=150_000_000)], terms=TERMS)

    assert (made.requested, made.is_within_grant_max) == (140_000_000, False)


def test_negative_cost_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="cost is negative: b"):
        Costs(b=-1)


@given(st.lists(costs, min_size=1, max_size=8))
def test_no_cent_is_lost_between_partners_and_total(partners: list[Costs]) -> None:
    made = budget(partners, terms=TERMS)
    whole = budget([sum(partners, Costs())], terms=TERMS)

    assert made.indirect == sum(row.indirect for row in made.rows) == whole.indirect
    assert made.total == sum(row.total for row in made.rows)
    assert made.contribution == sum(row.contribution for row in made.rows) == whole.contribution


@given(st.lists(costs, max_size=8))
def test_request_never_passes_the_ceiling_or_the_cost(partners: list[Costs]) -> None:
    made = budget(partners, terms=TERMS)

    assert made.requested <= TERMS.grant_max
    assert made.contribution <= made.total


@given(st.lists(costs, min_size=1, max_size=5), amounts)
def test_contribution_grows_with_cost(partners: list[Costs], more: int) -> None:
    grown = [replace(partners[0], a=partners[0].a + more), *partners[1:]]

    assert budget(grown, terms=TERMS).contribution >= budget(partners, terms=TERMS).contribution


@given(st.lists(costs, min_size=1, max_size=5))
def test_headroom_used_up_by_coordination_still_keeps_the_share(partners: list[Costs]) -> None:
    made = budget(partners, terms=TERMS)

    if made.is_share_kept and made.is_within_grant_max:
        at_the_edge = made.requested + made.headroom
        assert is_share_kept(made.sme, base=at_the_edge, share_n=3, share_d=4)
        assert at_the_edge <= TERMS.grant_max
