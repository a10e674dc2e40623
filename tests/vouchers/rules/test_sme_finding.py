"""Recommendation 2003/361/EC, annex, Article 4(2), and the whole finding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.sme_finding import find_status, status_over_years
from vouchers.rules.sme_status import ORDER, Enterprise, Ground, Relative, Size, figures, size_of

MICRO, SMALL, MEDIUM, LARGE = ORDER
sizes = st.lists(st.sampled_from(ORDER), min_size=1, max_size=6)


def heads(*counts: int) -> list[Size]:
    return [size_of(figures(count)) for count in counts]


def test_one_year_above_the_ceiling_changes_nothing() -> None:
    assert status_over_years(heads(245, 260, 245)) is MEDIUM


def test_two_years_above_the_ceiling_lose_the_status_with_the_third_accounts() -> None:
    assert status_over_years(heads(245, 260)) is MEDIUM
    assert status_over_years(heads(245, 260, 270)) is LARGE


def test_an_acquisition_changes_the_status_at_once() -> None:
    assert status_over_years(heads(245, 260), by_acquisition=True) is LARGE


def test_two_years_below_win_the_status() -> None:
    assert status_over_years(heads(260, 245, 245)) is MEDIUM


def test_two_classes_up_in_two_years_take_the_smaller_step() -> None:
    assert status_over_years([SMALL, MEDIUM, LARGE]) is MEDIUM
    assert status_over_years([LARGE, SMALL, MICRO]) is SMALL


def test_above_and_then_below_is_not_two_years() -> None:
    assert status_over_years([SMALL, MEDIUM, MICRO]) is SMALL


def test_no_year_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one"):
        status_over_years([])


@given(sizes)
def test_the_status_was_the_class_of_some_year(years: list[Size]) -> None:
    assert status_over_years(years) in years


@given(sizes)
def test_the_same_class_twice_becomes_the_status(years: list[Size]) -> None:
    assert status_over_years([*years, MEDIUM, MEDIUM]) is MEDIUM


def test_finding_of_a_new_enterprise_rests_on_its_figures() -> None:
    finding = find_status(Enterprise(figures(12)))
    assert (finding.size, finding.of_the_year, finding.grounds) == (SMALL, SMALL, (Ground.FIGURES,))
    assert finding.is_sme


def test_finding_names_the_two_year_rule_when_it_decides() -> None:
    finding = find_status(Enterprise(figures(260)), earlier=[figures(245)])
    assert (finding.size, finding.of_the_year) == (MEDIUM, LARGE)
    assert finding.grounds == (Ground.FIGURES, Ground.TWO_YEARS)


def test_finding_names_the_acquisition() -> None:
    finding = find_status(Enterprise(figures(260)), earlier=[figures(245)], by_acquisition=True)
    assert finding.size is LARGE
    assert finding.grounds == (Ground.FIGURES, Ground.ACQUISITION)


def test_public_control_outweighs_the_figures_article_3_4() -> None:
    city = Relative("city", Enterprise(figures(5_000)), capital_bp=2_500, is_public=True)
    finding = find_status(Enterprise(figures(3), (city,)), earlier=[figures(3)])
    assert finding.size is LARGE
    assert Ground.PUBLIC_BODY in finding.grounds
    assert not finding.is_sme


def test_finding_keeps_how_each_tie_was_counted() -> None:
    partner = Relative("B", Enterprise(figures(100)), capital_bp=3_300)
    finding = find_status(Enterprise(figures(60), (partner,)))
    assert finding.totals.headcount == 93
    assert [(one.name, one.added.headcount) for one in finding.counted] == [("B", Fraction(33))]
