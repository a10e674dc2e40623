"""Bars side by side, for the question: how large is each."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.presentation.charts.scale import px, scaled, text_width
from core.presentation.tables import Column, Table

STEP, THICK, WIDTH, GUTTER_MAX = 38, 24, 480, 200


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value in any unit, the value in words, its colour class."""

    label: str
    value: int
    words: str
    series: str = "s1"


@dataclass(frozen=True)
class PlacedBar:
    """A bar with its place on the drawing."""

    bar: Bar
    x: str
    y: str
    width: str
    text_y: str
    words_x: str


@dataclass(frozen=True)
class BarChart:
    """`title` is the question it answers; `unit` heads the column of figures in its table."""

    title: str
    bars: Sequence[Bar]
    unit: str
    limit: int | None = None
    limit_words: str = ""
    template = "components/charts/bar.svg"
    wide = False
    width = WIDTH

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return STEP * len(self.bars) + 20

    @property
    def sentence(self) -> str:
        """What the chart shows, for those who do not see it."""
        return ", ".join(f"{bar.label} {bar.words}" for bar in self.bars)

    @property
    def gutter(self) -> int:
        """Where the bars begin: right of the longest label."""
        longest = max((int(text_width(bar.label)) for bar in self.bars), default=0)
        return min(GUTTER_MAX, longest) + 16

    @property
    def room(self) -> int:
        """Length of the longest bar: what labels and figures leave."""
        words = max((int(text_width(bar.words)) for bar in self.bars), default=0)
        return max(60, WIDTH - self.gutter - words - 16)

    @property
    def top(self) -> int:
        """The value that a full bar has."""
        return max([bar.value for bar in self.bars] + [self.limit or 0] + [1])

    @property
    def limit_x(self) -> str:
        """Where the madder line of the limit stands."""
        return px(self.gutter + scaled(self.limit or 0, top=self.top, length=self.room))

    @property
    def placed(self) -> list[PlacedBar]:
        """The bars from top to bottom."""
        return [self._place(bar, row=row) for row, bar in enumerate(self.bars)]

    def _place(self, bar: Bar, *, row: int) -> PlacedBar:
        y = 10 + STEP * row
        length = scaled(bar.value, top=self.top, length=self.room)
        return PlacedBar(
            bar=bar,
            x=px(self.gutter),
            y=px(y),
            width=px(length),
            text_y=px(y + 17),
            words_x=px(self.gutter + length + 8),
        )

    def table(self) -> Table:
        """The same figures."""
        columns = [Column("", "head"), Column(self.unit, "num")]
        return Table(self.title, columns, [[bar.label, bar.words] for bar in self.bars])
