"""Bands between columns, for the question: where does the money go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from core.presentation import formats
from core.presentation.charts.scale import px, text_width
from core.presentation.tables import Column, Table

GAP, NODE, TOP = 30, 13, 26
LABEL_MAX = 26


@dataclass(frozen=True)
class Node:
    """A place in a column; its value is the larger of what comes in and what goes out."""

    key: str
    label: str
    column: int
    series: str = "s0"


@dataclass(frozen=True)
class Flow:
    """Money from one node to another in a later column, in cents; `series` colours it."""

    source: str
    target: str
    cents: int
    series: str


@dataclass(frozen=True)
class PlacedNode:
    """A node as a bar with its label beside it."""

    node: Node
    x: str
    y: str
    height: str
    text_x: str
    label_y: str
    value_y: str
    anchor: str
    label: str
    words: str


@dataclass(frozen=True)
class Band:
    """A flow with its upper edges at both ends and its thickness, in pixels."""

    flow: Flow
    leave: Decimal
    arrive: Decimal
    thick: Decimal


@dataclass(frozen=True)
class PlacedFlow:
    """A band as a path, with a sentence that shows when pointed at."""

    path: str
    series: str
    title: str


def short(label: str) -> str:
    """A label that leaves room for the drawing, cut at a word; the table has the whole."""
    if len(label) <= LABEL_MAX:
        return label
    return label[:LABEL_MAX].rsplit(" ", 1)[0].rstrip(" ,·") + "…"


@dataclass(frozen=True)
class Sankey:
    """Two or three columns of nodes; flows of nothing are left out."""

    title: str
    nodes: Sequence[Node]
    flows: Sequence[Flow]
    heads: Sequence[str] = ()
    width: int = 752
    height: int = 420
    template = "components/charts/sankey.svg"
    wide = True

    @property
    def drawn(self) -> list[Flow]:
        """Flows that carry anything."""
        return [flow for flow in self.flows if flow.cents > 0]

    @property
    def values(self) -> dict[str, int]:
        """Cents that pass through each node."""
        through = dict.fromkeys((node.key for node in self.nodes), 0)
        for key in through:
            out = sum(flow.cents for flow in self.drawn if flow.source == key)
            into = sum(flow.cents for flow in self.drawn if flow.target == key)
            through[key] = max(out, into)
        return through

    @property
    def columns(self) -> list[list[Node]]:
        """Nodes with money, column by column."""
        values = self.values
        last = max((node.column for node in self.nodes), default=-1)
        return [
            [node for node in self.nodes if node.column == number and values[node.key]]
            for number in range(last + 1)
        ]

    @property
    def unit(self) -> Decimal:
        """Pixels for a cent: the fullest column fills the height."""
        values, room = self.values, self.height - 2 * TOP
        sizes = [
            Decimal(room - GAP * (len(column) - 1)) / sum(values[node.key] for node in column)
            for column in self.columns
            if column
        ]
        return min(sizes, default=Decimal(0))

    @property
    def margin(self) -> tuple[Decimal, Decimal]:
        """Room for the labels left of the first column and right of the last one."""
        columns = self.columns
        if not columns:
            return Decimal(0), Decimal(0)
        left = max((text_width(short(node.label)) for node in columns[0]), default=Decimal(0))
        right = max((text_width(short(node.label)) for node in columns[-1]), default=Decimal(0))
        return max(left, Decimal(70)) + 12, max(right, Decimal(70)) + 12

    def x(self, column: int) -> Decimal:
        """Left edge of a column."""
        left, right = self.margin
        gaps = max(1, len(self.columns) - 1)
        return left + Decimal(column) * (self.width - left - right - NODE) / gaps

    @property
    def tops(self) -> dict[str, Decimal]:
        """Upper edge of each node; a column stands in the middle of the drawing."""
        values, unit, found = self.values, self.unit, {}
        for column in self.columns:
            used = unit * sum(values[node.key] for node in column) + GAP * (len(column) - 1)
            y = (self.height - used) / 2
            for node in column:
                found[node.key] = y
                y += unit * values[node.key] + GAP
        return found

    @property
    def placed_heads(self) -> list[tuple[str, str]]:
        """Words above the columns with their middles."""
        return [
            (px(self.x(number) + Decimal(NODE) / 2), words)
            for number, words in enumerate(self.heads)
        ]

    @property
    def placed_nodes(self) -> list[PlacedNode]:
        """Bars with labels: left of the first column, right of every other."""
        return [self._node(node) for column in self.columns for node in column]

    def _node(self, node: Node) -> PlacedNode:
        value, top = self.values[node.key], self.tops[node.key]
        height = self.unit * value
        middle, x = top + height / 2, self.x(node.column)
        first = node.column == 0
        return PlacedNode(
            node=node,
            x=px(x),
            y=px(top),
            height=px(height),
            text_x=px(x - 8 if first else x + NODE + 8),
            label_y=px(middle - 2),
            value_y=px(middle + 13),
            anchor="end" if first else "start",
            label=short(node.label),
            words=formats.money(value),
        )

    @property
    def bands(self) -> list[Band]:
        """Each flow below the last one at either end: together they fill their nodes."""
        place = {node.key: index for index, node in enumerate(self.nodes)}
        leave, arrive, unit = dict(self.tops), dict(self.tops), self.unit
        found = []
        for flow in sorted(self.drawn, key=lambda f: (place[f.source], place[f.target])):
            thick = unit * flow.cents
            found.append(Band(flow, leave[flow.source], arrive[flow.target], thick))
            leave[flow.source] += thick
            arrive[flow.target] += thick
        return found

    @property
    def placed_flows(self) -> list[PlacedFlow]:
        """The bands as paths."""
        node = {node.key: node for node in self.nodes}
        return [
            self._path(band, node[band.flow.source], node[band.flow.target]) for band in self.bands
        ]

    def _path(self, band: Band, source: Node, target: Node) -> PlacedFlow:
        x1, x2 = self.x(source.column) + NODE, self.x(target.column)
        y1, y2, thick = band.leave, band.arrive, band.thick
        middle = px((x1 + x2) / 2)
        path = (
            f"M{px(x1)} {px(y1)}C{middle} {px(y1)} {middle} {px(y2)} {px(x2)} {px(y2)}v{px(thick)}"
            f"C{middle} {px(y2 + thick)} {middle} {px(y1 + thick)} {px(x1)} {px(y1 + thick)}z"
        )
        title = f"{source.label} → {target.label}: {formats.eur(band.flow.cents)}"
        return PlacedFlow(path, band.flow.series, title)

    @property
    def sentence(self) -> str:
        """What the chart shows, for those who do not see it."""
        values = self.values
        parts = [
            f"{node.label} {formats.money(values[node.key])}"
            for column in self.columns
            for node in column
        ]
        return ", ".join(parts)

    def table(self) -> Table:
        """The same figures."""
        label = {node.key: node.label for node in self.nodes}
        columns = [Column(gettext("From"), "head"), Column(gettext("To")), Column("EUR", "money")]
        rows = [[label[flow.source], label[flow.target], flow.cents] for flow in self.drawn]
        return Table(self.title, columns, rows)
