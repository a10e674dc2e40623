from decimal import Decimal

import pytest

from core.presentation.charts.scale import px, scaled


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("245.96"), "246"), (Decimal("0.25"), "0.3"), (40, "40")]
)
def test_positions_have_one_decimal_at_most(value: Decimal | int, shown: str) -> None:
    assert px(value) == shown


@pytest.mark.parametrize(
    ("value", "length"), [(50, Decimal(100)), (0, 0), (-5, 0), (500, Decimal(200))]
)
def test_lengths_stay_between_nothing_and_all(value: int, length: Decimal | int) -> None:
    assert scaled(value, top=100, length=200) == length


def test_a_scale_without_top_has_no_length() -> None:
    assert scaled(5, top=0, length=200) == 0
