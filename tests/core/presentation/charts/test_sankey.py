from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.presentation.charts.sankey import GAP, TOP, Flow, Node, Sankey
from core.presentation.charts.scale import px

NODES = [
    Node("c1", "Call 1", 0),
    Node("c2", "Call 2", 0),
    Node("g", "Green", 1, "s1"),
    Node("d", "Digital", 1, "s2"),
    Node("be", "Belgium", 2),
]


def sankey(*cents: int) -> Sankey:
    ends = [("c1", "g"), ("c1", "d"), ("c2", "d"), ("g", "be"), ("d", "be")]
    flows = [
        Flow(source, target, value, "s1")
        for (source, target), value in zip(ends, cents, strict=False)
    ]
    return Sankey("Where?", NODES, flows)


def test_a_node_is_as_large_as_what_passes_through_it() -> None:
    assert sankey(300, 60, 200, 300, 260).values == {
        "c1": 360,
        "c2": 200,
        "g": 300,
        "d": 260,
        "be": 560,
    }


def test_nodes_and_flows_without_money_are_left_out() -> None:
    chart = sankey(300, 0, 0, 300, 0)
    assert [node.node.key for node in chart.placed_nodes] == ["c1", "g", "be"]
    assert len(chart.placed_flows) == 2


def test_labels_stand_left_of_the_first_column_and_right_of_the_others() -> None:
    anchors = [node.anchor for node in sankey(300, 60, 200, 300, 260).placed_nodes]
    assert anchors == ["end", "end", "start", "start", "start"]


def test_a_band_tells_its_ends_and_its_money() -> None:
    title = sankey(30_000, 60, 200, 300, 260).placed_flows[0].title
    assert title == "Call 1 → Green: EUR\u00a0300.00"


def test_no_money_is_an_empty_drawing() -> None:
    empty = Sankey("Where?", [], [])
    assert (empty.placed_nodes, empty.placed_flows, empty.sentence) == ([], [], "")


@given(st.lists(st.integers(0, 10**10), min_size=5, max_size=5))
def test_no_column_leaves_the_drawing_and_no_two_nodes_touch(cents: list[int]) -> None:
    chart = sankey(*cents)
    for column in chart.columns:
        tops = [chart.tops[node.key] for node in column]
        ends = [chart.tops[node.key] + chart.unit * chart.values[node.key] for node in column]
        spaces = [low - high for high, low in zip(ends, tops[1:], strict=False)]
        assert all(abs(space - GAP) < Decimal("0.001") for space in spaces)
        assert all(y >= TOP - Decimal("0.001") for y in tops)
        assert all(y <= chart.height - TOP + Decimal("0.001") for y in ends)


@given(st.lists(st.integers(0, 10**10), min_size=5, max_size=5))
def test_bands_fill_their_nodes_and_nothing_is_negative(cents: list[int]) -> None:
    chart = sankey(*cents)
    thick = {(band.flow.source, band.flow.target): band.thick for band in chart.bands}
    assert thick.keys() == {(flow.source, flow.target) for flow in chart.flows if flow.cents}
    assert all(width > 0 for width in thick.values())
    for key, value in chart.values.items():
        leaving = sum(width for (source, _), width in thick.items() if source == key)
        coming = sum(width for (_, target), width in thick.items() if target == key)
        assert abs(max(leaving, coming) - chart.unit * value) < Decimal("0.001")


@given(st.lists(st.integers(1, 10**10), min_size=5, max_size=5))
def test_bands_lie_beside_each_other_at_both_ends(cents: list[int]) -> None:
    chart = sankey(*cents)
    for end in ("leave", "arrive"):
        by_node: dict[str, list[tuple[Decimal, Decimal]]] = {}
        for band in chart.bands:
            key = band.flow.source if end == "leave" else band.flow.target
            top = getattr(band, end)
            by_node.setdefault(key, []).append((top, top + band.thick))
        for key, places in by_node.items():
            assert places[0][0] == chart.tops[key]
            assert all(upper[1] == lower[0] for upper, lower in pairwise(places))


def test_a_long_label_is_cut_at_a_word_and_whole_in_the_table() -> None:
    words = "Half of the cost of a new machine, up to EUR 30,000"
    chart = Sankey(
        "Where?", [Node("a", words, 0), Node("b", "Green", 1)], [Flow("a", "b", 1, "s1")]
    )
    assert chart.placed_nodes[0].label == "Half of the cost of a new…"
    assert words in chart.table().body()
    assert words in chart.placed_flows[0].title
    assert chart.margin[0] < 200


def test_the_table_has_a_row_for_each_flow() -> None:
    body = sankey(300, 60, 200, 300, 260).table().body()
    assert body.count("<tr>") == 5
    assert '<th scope="row">Call 2</th><td>Digital</td><td class="num">2.00</td>' in body


def test_columns_are_named_above_their_middles() -> None:
    chart = Sankey("Where?", NODES, sankey(300, 60, 200, 300, 260).flows, ("Call", "Service"))
    left = chart.x(0)
    assert chart.placed_heads[0] == (px(left + Decimal("6.5")), "Call")
