"""Recommendation 2003/361/EC, annex, Articles 2, 3 and 6."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.sme_status import (
    ZERO,
    Direction,
    Enterprise,
    Figures,
    Investor,
    Relative,
    Size,
    Tie,
    count_ties,
    figures,
    is_exempt_investor,
    is_public_controlled,
    size_of,
    tie_of,
    with_all,
)

MILLION = 100_000_000


def an_enterprise(heads: int | str = 0, *ties: Relative) -> Enterprise:
    return Enterprise(figures(heads), ties)


def a_holder(name: str, share_bp: int, heads: int = 0, **more: object) -> Relative:
    values: dict[str, object] = {
        "capital_bp": share_bp,
        "votes_bp": share_bp,
        "enterprise": an_enterprise(heads),
    }
    return Relative(name=name, **(values | more))  # type: ignore[arg-type]  # named by the caller


@pytest.mark.parametrize(
    ("heads", "turnover", "balance", "size"),
    [
        (249, 60 * MILLION, 43 * MILLION, Size.MEDIUM),
        (250, 0, 0, Size.LARGE),
        (49, 12 * MILLION, 9 * MILLION, Size.SMALL),
        (9, 3 * MILLION, 2 * MILLION, Size.MICRO),
        ("249.99", 50 * MILLION, 99 * MILLION, Size.MEDIUM),
        (249, 50 * MILLION + 1, 43 * MILLION, Size.MEDIUM),
        (249, 50 * MILLION + 1, 43 * MILLION + 1, Size.LARGE),
        (49, 10 * MILLION + 1, 10 * MILLION + 1, Size.MEDIUM),
        (50, 0, 0, Size.MEDIUM),
        (10, 0, 0, Size.SMALL),
        ("9.99", 2 * MILLION, 99 * MILLION, Size.MICRO),
        (0, 0, 0, Size.MICRO),
    ],
)
def test_size_follows_article_2(heads: int | str, turnover: int, balance: int, size: Size) -> None:
    assert size_of(figures(heads, turnover=turnover, balance=balance)) is size


def test_partner_is_added_by_its_share_article_6() -> None:
    total = with_all(an_enterprise(60, a_holder("B", 3_300, 100)))
    assert total.headcount == 93


def test_linked_enterprise_is_added_whole_article_6() -> None:
    enterprise = an_enterprise(60, a_holder("C", 7_000, 200))
    assert with_all(enterprise).headcount == 260
    assert size_of(with_all(enterprise)) is Size.LARGE


def test_partner_and_linked_are_added_together() -> None:
    enterprise = an_enterprise(60, a_holder("B", 3_300, 100), a_holder("C", 7_000, 200))
    assert with_all(enterprise).headcount == 293


def test_user_guide_example_4_exempt_investors_below_half() -> None:
    """B 25 % university and D 25 % institutional, not linked: total = A + 30 % of C."""
    enterprise = an_enterprise(
        100,
        a_holder("B", 2_500, 1_000, investor=Investor.UNIVERSITY, is_public=True),
        a_holder("C", 3_000, 100),
        a_holder("D", 2_500, 1_000, investor=Investor.INSTITUTIONAL),
    )
    assert [counted.tie for counted in count_ties(enterprise)] == [
        Tie.EXEMPT,
        Tie.PARTNER,
        Tie.EXEMPT,
    ]
    assert with_all(enterprise).headcount == 130
    assert not is_public_controlled(enterprise)


def test_user_guide_example_5_exempt_investors_linked_to_each_other() -> None:
    """B 25 % university and D 30 % public investor, linked: 55 %, total = A + 25 % C + B + D."""
    enterprise = an_enterprise(
        100,
        a_holder("B", 2_500, 10, investor=Investor.UNIVERSITY, acts_with="x"),
        a_holder("C", 2_500, 100),
        a_holder("D", 3_000, 20, investor=Investor.PUBLIC_INVESTMENT, acts_with="x"),
    )
    assert [counted.tie for counted in count_ties(enterprise)] == [
        Tie.LINKED,
        Tie.PARTNER,
        Tie.LINKED,
    ]
    assert with_all(enterprise).headcount == 100 + 25 + 10 + 20


@pytest.mark.parametrize(
    ("capital", "votes", "tie"),
    [
        (2_499, 2_499, Tie.AUTONOMOUS),
        (2_500, 0, Tie.PARTNER),
        (0, 2_500, Tie.PARTNER),
        (5_000, 5_000, Tie.PARTNER),
        (9_000, 5_000, Tie.PARTNER),
        (0, 5_001, Tie.LINKED),
    ],
)
def test_tie_at_its_boundaries_article_3(capital: int, votes: int, tie: Tie) -> None:
    holder = a_holder("B", 0, capital_bp=capital, votes_bp=votes)
    assert tie_of(holder, among=[holder]) is tie


def test_control_without_shares_links_article_3_3() -> None:
    holder = a_holder("B", 0, 40, controls=True)
    assert with_all(an_enterprise(10, holder)).headcount == 50


def test_the_higher_of_capital_and_votes_counts_article_6() -> None:
    holder = a_holder("B", 0, 100, capital_bp=4_000, votes_bp=2_500)
    assert count_ties(an_enterprise(1, holder))[0].share_bp == 4_000


def test_linked_of_partner_is_added_to_the_partner_first() -> None:
    sister = Relative("sister", an_enterprise(100), Direction.DOWN, votes_bp=10_000)
    partner = a_holder("B", 3_000, enterprise=an_enterprise(100, sister))
    assert with_all(an_enterprise(10, partner)).headcount == 10 + 60


def test_partner_of_partner_is_not_added() -> None:
    far = a_holder("far", 4_000, 1_000)
    partner = a_holder("B", 3_000, enterprise=an_enterprise(100, far))
    assert with_all(an_enterprise(10, partner)).headcount == 40


def test_partner_of_linked_is_added_pro_rata() -> None:
    far = a_holder("far", 4_000, 1_000)
    linked = a_holder("B", 6_000, enterprise=an_enterprise(100, far))
    assert with_all(an_enterprise(10, linked)).headcount == 10 + 100 + 400


def test_linked_of_linked_is_added_whole() -> None:
    top = a_holder("top", 10_000, 7)
    linked = a_holder("B", 6_000, enterprise=an_enterprise(100, top))
    assert with_all(an_enterprise(10, linked)).headcount == 117


@pytest.mark.parametrize(
    ("more", "exempt"),
    [
        ({"investor": Investor.BUSINESS_ANGELS, "invested_cents": 124_999_999}, True),
        ({"investor": Investor.BUSINESS_ANGELS, "invested_cents": 125_000_000}, False),
        (
            {
                "investor": Investor.LOCAL_AUTHORITY,
                "budget_cents": 999_999_999,
                "inhabitants": 4_999,
            },
            True,
        ),
        (
            {"investor": Investor.LOCAL_AUTHORITY, "budget_cents": 1, "inhabitants": 5_000},
            False,
        ),
        (
            {"investor": Investor.LOCAL_AUTHORITY, "budget_cents": 10**9, "inhabitants": 1},
            False,
        ),
        ({"investor": Investor.VENTURE_CAPITAL}, True),
        ({"investor": Investor.ORDINARY}, False),
        ({"investor": Investor.UNIVERSITY, "direction": Direction.DOWN}, False),
    ],
)
def test_exempt_investors_stay_within_their_limits(more: dict[str, Any], exempt: bool) -> None:
    assert is_exempt_investor(a_holder("B", 2_500, **more)) is exempt


def test_exempt_investor_above_half_of_the_capital_is_a_partner() -> None:
    holder = a_holder("B", 0, capital_bp=6_000, investor=Investor.VENTURE_CAPITAL)
    assert tie_of(holder, among=[holder]) is Tie.PARTNER


@pytest.mark.parametrize(("share", "public"), [(2_500, True), (2_490, False)])
def test_a_city_of_100_000_with_a_quarter_makes_it_no_sme(share: int, public: bool) -> None:
    city = a_holder("city", share, is_public=True, inhabitants=100_000)
    assert is_public_controlled(an_enterprise(5, city)) is public


def test_public_bodies_count_together_article_3_4() -> None:
    one = a_holder("one", 1_300, is_public=True)
    two = a_holder("two", 1_200, is_public=True)
    assert is_public_controlled(an_enterprise(5, one, two))
    assert not is_public_controlled(an_enterprise(5, one))


def test_a_small_local_authority_may_hold_up_to_half() -> None:
    village = a_holder(
        "village",
        5_000,
        is_public=True,
        investor=Investor.LOCAL_AUTHORITY,
        inhabitants=4_000,
        budget_cents=10**8,
    )
    assert not is_public_controlled(an_enterprise(5, village))


def test_a_public_university_with_a_majority_is_a_public_body() -> None:
    university = a_holder("university", 6_000, is_public=True, investor=Investor.UNIVERSITY)
    assert is_public_controlled(an_enterprise(5, university))


def test_what_we_hold_of_a_public_body_is_no_public_control() -> None:
    held = a_holder("held", 9_000, is_public=True, direction=Direction.DOWN)
    assert not is_public_controlled(an_enterprise(5, held))


def test_impossible_figures_and_shares_are_bugs() -> None:
    with pytest.raises(ValueError, match="below zero"):
        figures(-1)
    with pytest.raises(ValueError, match="between 0 and 100"):
        a_holder("B", 10_001)


shares = st.integers(0, 10_000)
holders = st.builds(
    a_holder,
    st.text(min_size=1, max_size=3),
    shares,
    st.integers(0, 500),
)


@given(st.integers(0, 500), st.lists(holders, max_size=5), st.randoms())
def test_order_of_the_ties_changes_nothing(
    heads: int, ties: list[Relative], random: object
) -> None:
    mixed = list(ties)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert with_all(an_enterprise(heads, *ties)) == with_all(an_enterprise(heads, *mixed))


@given(st.integers(0, 500), st.lists(holders, max_size=4), holders)
def test_one_more_tie_never_makes_it_smaller(
    heads: int, ties: list[Relative], extra: Relative
) -> None:
    before = with_all(an_enterprise(heads, *ties))
    after = with_all(an_enterprise(heads, *ties, extra))
    assert after.headcount >= before.headcount


@given(st.integers(0, 500), st.lists(holders, max_size=5))
def test_total_lies_between_own_and_everything(heads: int, ties: list[Relative]) -> None:
    total = with_all(an_enterprise(heads, *ties)).headcount
    everything = sum(tie.enterprise.own.headcount for tie in ties)
    assert heads <= total <= heads + everything


@given(st.integers(0, 10_000), st.integers(0, 10**6))
def test_a_share_is_exact(share: int, cents: int) -> None:
    part = Figures(Fraction(0), Fraction(cents), Fraction(0)).part(share)
    assert part.turnover * 10_000 == share * cents
    assert ZERO.plus(part) == part
