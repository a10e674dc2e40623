"""What a report is made of, before anybody draws it: columns, rows, sheets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Kind(Enum):
    """How a value is written. Money comes in cents, shares in basis points, moments in UTC."""

    TEXT = "text"
    MONEY = "money"
    COUNT = "count"
    SCORE = "score"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: int = 18
    total: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A figure that a live formula must repeat: the formula's ingredients and the ledger's value.

    ``sheet`` and ``column`` name what is summed; ``cents`` is read from the entries alone.
    """

    title: str
    sheet: str
    column: str
    cents: int


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: str = ""

    def place(self, title: str) -> int:
        """Which column has that title, counted from 0."""
        return [column.title for column in self.columns].index(title)

    def cents(self, title: str) -> int:
        """The sum of a column of money, in cents."""
        place = self.place(title)
        return sum(row[place] or 0 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    about: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    controls: Sequence[Control] = field(default_factory=tuple)

    def read(self) -> Workbook:
        """The same with every row in memory, so that all sheets are of one moment."""
        return replace(
            self, sheets=[replace(sheet, rows=list(sheet.rows)) for sheet in self.sheets]
        )

    def broken(self) -> list[Control]:
        """The controls whose column does not add up to the ledger's cents. Rows must be read."""
        pages = {sheet.title: sheet for sheet in self.sheets}
        return [c for c in self.controls if pages[c.sheet].cents(c.column) != c.cents]
