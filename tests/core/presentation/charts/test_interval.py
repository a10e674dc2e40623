from decimal import Decimal

import pytest

from core.presentation.charts.interval import Interval


def interval(*, half: tuple[int, int]) -> Interval:
    return Interval(Decimal("28.4"), half, (17, 39), places=46, line=Decimal("30.5"))


@pytest.mark.parametrize(
    ("half", "tone"), [((19, 27), ""), ((24, 33), "is-grey"), ((32, 39), "is-out")]
)
def test_the_grey_zone_is_where_the_thick_bar_crosses_the_line(
    half: tuple[int, int], tone: str
) -> None:
    assert interval(half=half).tone == tone


def test_places_run_from_the_left_edge_to_the_right_one() -> None:
    shown = interval(half=(24, 33))
    assert (shown.x(1), shown.x(46)) == ("6", "184")


def test_the_bar_is_told_in_words() -> None:
    assert interval(half=(24, 33)).sentence == (
        "Expected rank 28.4, 50 % between 24 and 33, 90 % between 17 and 39"
    )
    assert 'aria-label="Expected rank 28.4' in interval(half=(24, 33)).__html__()
