from __future__ import annotations

from decimal import Decimal

import pytest

from vouchers.rules.sme_declaration import (
    Declaration,
    DeclaredTie,
    YearFigures,
    enterprise_of,
    finding_of,
)
from vouchers.rules.sme_status import Size, with_all


def year(heads: str, of: int = 2022) -> YearFigures:
    return YearFigures(of, Decimal(heads), 100, 200)


def test_a_flat_list_of_ties_becomes_a_tree() -> None:
    declaration = Declaration(
        own=year("10"),
        ties=(
            DeclaredTie("linked", votes_bp=6_000, headcount=Decimal(100)),
            DeclaredTie("its partner", capital_bp=4_000, headcount=Decimal(50), through=0),
            DeclaredTie("partner", capital_bp=2_500, headcount=Decimal(8)),
        ),
    )
    enterprise = enterprise_of(declaration)
    assert [tie.name for tie in enterprise.ties] == ["linked", "partner"]
    assert [tie.name for tie in enterprise.ties[0].enterprise.ties] == ["its partner"]
    assert with_all(enterprise).headcount == 10 + 100 + 20 + 2


def test_a_tie_leads_only_through_one_above_it() -> None:
    with pytest.raises(ValueError, match="not above it"):
        Declaration(own=year("1"), ties=(DeclaredTie("a", through=0),))


def test_earlier_years_count_in_their_order_whatever_the_typing() -> None:
    earlier = (year("260", 2021), year("245", 2020))
    assert finding_of(Declaration(year("270"), earlier=earlier)).size is Size.LARGE
    assert finding_of(Declaration(year("245"), earlier=earlier)).size is Size.MEDIUM


def test_an_acquisition_counts_at_once() -> None:
    declaration = Declaration(year("260"), earlier=(year("245", 2021),), by_acquisition=True)
    assert finding_of(declaration).size is Size.LARGE


def test_holders_that_act_together_are_matched_whatever_their_spelling() -> None:
    holders = tuple(
        DeclaredTie(name, votes_bp=2_600, acts_with=word, headcount=Decimal(10))
        for name, word in (("a", "Family "), ("b", "family"))
    )
    assert finding_of(Declaration(year("5"), ties=holders)).totals.headcount == 25
