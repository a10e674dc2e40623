"""Meters and one chart of each kind."""

from decimal import Decimal
from typing import Any

from core.presentation.charts.bar import Bar, BarChart
from core.presentation.charts.interval import Interval
from core.presentation.charts.line import Line, LineChart
from core.presentation.charts.sankey import Flow, Node, Sankey
from core.presentation.meters import PoolMeter, ShareMeter, pool_stages
from core.presentation.parts import Fact


def meters() -> dict[str, Any]:
    """The meter above and under the floor, and the pool of a grant."""
    return {
        "above": ShareMeter(105_000_000, 135_623_400),
        "under": ShareMeter(74_990_000, 100_000_000),
        "pool": PoolMeter(
            140_000_000,
            105_000_000,
            pool_stages(
                planned=(105_000_000, 35_000_000),
                committed=(81_240_000, 21_430_000),
                paid=(54_125_000, 19_612_000),
                accepted=(49_800_000, 19_000_000),
            ),
        ),
    }


def charts() -> dict[str, Any]:
    """One chart of each kind."""
    return {
        "bar": bar(),
        "line": line(),
        "sankey": sankey(),
        "intervals": [
            ("Clear of the line", interval("23.1", half=(19, 27), ninety=(12, 33))),
            ("Grey zone", interval("28.4", half=(24, 33), ninety=(17, 39))),
            ("Below", interval("35.4", half=(32, 39), ninety=(27, 45))),
        ],
        "parts": [
            Fact("Voucher", "3,600.00", series="s1"),
            Fact("Own share", "900.00", series="s2"),
        ],
        "cents": [360_000, 90_000],
    }


def bar() -> BarChart:
    """Millions by strand."""
    tenths = [("Agri-food", 55), ("Textile", 41), ("Digital", 41), ("Health", 28), ("Tourism", 27)]
    bars = [Bar(label, value, f"{value // 10}.{value % 10} m") for label, value in tenths]
    return BarChart("How much went to each strand?", bars, unit="EUR")


def line() -> LineChart:
    """Shares over six quarters, against the floor."""
    return LineChart(
        "Does the SMEs’ share reach the floor?",
        ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"],
        [
            Line("Committed", [5_700, 6_500, 7_100, 7_500, 7_700, 7_900]),
            Line("Paid", [5_200, 5_800, 6_200, 6_800, 7_000, 7_300]),
            Line("Accepted", [None, 5_200, 5_700, 6_300, 6_900, 7_200]),
        ],
        floor=5_000,
        top=8_000,
        step=1_000,
        limit=7_500,
        limit_words="floor 75\u00a0%",
    )


def sankey() -> Sankey:
    """Money from calls through services to countries."""
    nodes = [
        Node("c1", "Call 1", 0),
        Node("c2", "Call 2", 0),
        Node("g", "Green", 1, "s1"),
        Node("d", "Digital", 1, "s2"),
        Node("be", "Belgium", 2),
        Node("de", "Germany", 2),
    ]
    flows = [
        Flow("c1", "g", 30_000_000, "s1"),
        Flow("c1", "d", 6_000_000, "s2"),
        Flow("c2", "d", 20_000_000, "s2"),
        Flow("g", "be", 21_000_000, "s1"),
        Flow("g", "de", 9_000_000, "s1"),
        Flow("d", "be", 12_000_000, "s2"),
        Flow("d", "de", 14_000_000, "s2"),
    ]
    return Sankey("Where did the vouchers go?", nodes, flows, ("Call", "Service", "Country"))


def interval(expected: str, *, half: tuple[int, int], ninety: tuple[int, int]) -> Interval:
    """A place among 46, of which 30 get money."""
    return Interval(Decimal(expected), half, ninety, places=46, line=Decimal("30.5"))
