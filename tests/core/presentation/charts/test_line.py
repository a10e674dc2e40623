import pytest

from core.presentation.charts.line import Line, LineChart, last
from core.presentation.charts.scale import apart


def chart(*lines: Line) -> LineChart:
    return LineChart("Where?", ["Q1", "Q2", "Q3"], lines, floor=5_000, top=8_000, step=1_000)


def test_a_line_runs_from_the_first_point_to_the_last_one() -> None:
    drawn = chart(Line("Paid", [5_000, 6_500, 8_000])).placed[0]
    assert (drawn.path, drawn.css) == ("M48 186L216 100L384 14", "ch-l1")


def test_a_line_begins_where_its_first_value_is() -> None:
    assert chart(Line("Accepted", [None, 5_000, 8_000])).placed[0].path == "M216 186L384 14"


def test_a_line_without_values_is_left_out() -> None:
    assert chart(Line("None", [None, None, None])).placed == []
    assert last([1, None]) == 1


def test_labels_that_would_touch_move_apart() -> None:
    same = chart(Line("a", [5_000, 5_000, 7_000]), Line("b", [5_000, 5_000, 7_000]))
    heights = [float(line.label_y) for line in same.placed]
    assert heights[1] - heights[0] == 14
    assert [int(y) for y in apart([], gap=5)] == []


def test_the_axis_has_a_mark_for_each_step() -> None:
    assert [tick.words for tick in chart().grid] == [
        f"{value}\u00a0%" for value in (50, 60, 70, 80)
    ]


def test_the_chart_says_where_each_line_ends() -> None:
    assert chart(Line("Paid", [5_000, 6_500, None])).sentence == "Paid 65\u00a0%"


def test_more_than_three_lines_or_a_flat_axis_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="three lines"):
        chart(*[Line("x", [1, 2, 3])] * 4)
    with pytest.raises(ValueError, match="above its floor"):
        LineChart("?", [], [], floor=5, top=5, step=1)


def test_missing_values_are_dashes_in_the_table() -> None:
    body = chart(Line("Paid", [None, 6_500, 7_000])).table().body()
    assert '<th scope="row">Q1</th><td class="num">–</td>' in body
