from decimal import Decimal

from core.presentation.charts.bar import Bar, BarChart
from core.presentation.charts.scale import px


def chart(*values: int, limit: int | None = None) -> BarChart:
    bars = [Bar(f"Bar {value}", value, str(value)) for value in values]
    return BarChart("How large?", bars, unit="EUR", limit=limit)


def test_the_longest_bar_has_the_whole_room_and_the_others_their_part_of_it() -> None:
    placed = chart(400, 100, 0).placed
    room = chart(400, 100, 0).room
    assert [bar.width for bar in placed] == [px(room), px(Decimal(room) / 4), "0"]


def test_a_limit_beyond_every_bar_sets_the_scale() -> None:
    bounded = chart(100, limit=400)
    assert bounded.placed[0].width == px(Decimal(bounded.room) / 4)
    assert bounded.limit_x == px(bounded.gutter + bounded.room)


def test_bars_leave_room_for_labels_and_figures() -> None:
    long = BarChart("?", [Bar("Energy-intensive industries", 5, "5,000,000.00")], unit="EUR")
    assert long.gutter + long.room + 12 * 6 <= long.width


def test_the_chart_says_its_figures_and_has_them_in_a_table() -> None:
    assert chart(3, 1).sentence == "Bar 3 3, Bar 1 1"
    assert '<th scope="row">Bar 3</th><td class="num">3</td>' in chart(3, 1).table().body()


def test_no_bars_is_an_empty_drawing() -> None:
    assert (chart().placed, chart().height) == ([], 20)
