"""Lines over time, for the question: where is it going, and does it reach the limit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.presentation import formats
from core.presentation.charts.scale import apart, px
from core.presentation.tables import Column, Table

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 480, 210, 48, 14, 186
LABEL_ROOM = 96


@dataclass(frozen=True)
class Line:
    """A named series; None where there is no value yet."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True)
class PlacedLine:
    """A line as a path, with its label at its end."""

    name: str
    css: str
    path: str
    label_y: str


@dataclass(frozen=True)
class Tick:
    """A mark of an axis with its words."""

    words: str
    at: str
    text_at: str


@dataclass(frozen=True)
class LineChart:
    """At most three lines over the same points; values in basis points unless `words` says so."""

    title: str
    points: Sequence[str]
    lines: Sequence[Line]
    floor: int
    top: int
    step: int
    limit: int | None = None
    limit_words: str = ""
    words: Callable[[int | None], str] = formats.rate
    template = "components/charts/line.svg"
    wide = False
    width, height, left = WIDTH, HEIGHT, LEFT
    right = WIDTH - LABEL_ROOM

    def __post_init__(self) -> None:
        if len(self.lines) > 3 or not self.floor < self.top:
            raise ValueError("a line chart holds three lines, and its top lies above its floor")

    def y(self, value: int) -> Decimal:
        """Height of a value on the drawing."""
        span = Decimal(value - self.floor) / Decimal(self.top - self.floor)
        return BOTTOM - span * (BOTTOM - TOP)

    def x(self, index: int) -> Decimal:
        """Place of a point in time."""
        gaps = max(1, len(self.points) - 1)
        return LEFT + Decimal(index) * (self.right - LEFT) / gaps

    @property
    def sentence(self) -> str:
        """What each line ends at."""
        ends = [(line.name, last(line.values)) for line in self.lines]
        words = [f"{name} {self.words(value)}" for name, value in ends if value is not None]
        return ", ".join([*words, *([self.limit_words] if self.limit_words else [])])

    @property
    def grid(self) -> list[Tick]:
        """Marks of the upright axis."""
        values = range(self.floor, self.top + 1, self.step)
        return [Tick(self.words(v), px(self.y(v)), px(self.y(v) + 4)) for v in values]

    @property
    def ticks(self) -> list[Tick]:
        """Marks of the time axis."""
        return [Tick(words, px(self.x(i)), px(HEIGHT - 4)) for i, words in enumerate(self.points)]

    @property
    def limit_y(self) -> str:
        """Height of the madder line."""
        return px(self.y(self.limit or 0))

    @property
    def limit_text_y(self) -> str:
        """Height of its words, above it."""
        return px(self.y(self.limit or 0) - 6)

    @property
    def label_x(self) -> str:
        """Where the names of the lines stand."""
        return px(self.right + 6)

    @property
    def placed(self) -> list[PlacedLine]:
        """The lines, their names moved apart where they would touch."""
        drawn = [line for line in self.lines if last(line.values) is not None]
        heights = apart([self.y(last(line.values) or 0) + 4 for line in drawn], gap=14)
        return [
            PlacedLine(line.name, f"ch-l{number}", self._path(line), px(height))
            for number, (line, height) in enumerate(zip(drawn, heights, strict=True), start=1)
        ]

    def _path(self, line: Line) -> str:
        spots = [
            f"{px(self.x(i))} {px(self.y(v))}" for i, v in enumerate(line.values) if v is not None
        ]
        return "M" + "L".join(spots)

    def table(self) -> Table:
        """The same figures."""
        heads = [Column("", "head"), *(Column(line.name, "num") for line in self.lines)]
        rows = [
            [words, *(self.words(line.values[i]) for line in self.lines)]
            for i, words in enumerate(self.points)
        ]
        return Table(self.title, heads, rows)


def last(values: Sequence[int | None]) -> int | None:
    """The last value that is there."""
    return next((value for value in reversed(values) if value is not None), None)
