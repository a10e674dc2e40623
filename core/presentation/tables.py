"""Tables as values: columns say how cells are shown, rows hold what the query returned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.presentation import formats, markup

NUMERIC = {"num", "money", "share", "whole"}


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, with a quiet second line."""

    words: Any
    url: str
    small: Any = ""

    def drawn(self, show: Callable[[Any], Any]) -> SafeString:
        """The cell, its words shown as the column shows values."""
        words = show(self.words)
        return format_html('<a href="{}">{}</a>{}', self.url, words, second_line(self.small))


@dataclass(frozen=True)
class Two:
    """Two facts in a cell, the second one quiet; `tone` late or soon colours it."""

    first: Any
    small: Any
    tone: str = ""

    def drawn(self, show: Callable[[Any], Any]) -> SafeString:
        """The cell, its first line shown as the column shows values."""
        return format_html("{}{}", show(self.first), second_line(self.small, tone=self.tone))


def second_line(words: Any, *, tone: str = "") -> SafeString:
    """A small line under the first, or nothing."""
    if words in ("", None):
        return SafeString("")
    css = format_html(' class="tr-{}"', tone) if tone else ""
    return format_html("<small{}>{}</small>", css, words)


@dataclass(frozen=True)
class Column:
    """Head of a column and how its cells are shown.

    `kind`: text, head (names the row), num, whole, money (cents), share (basis points), day,
    when, tag (record or Tag), eyes, check. `sort` is the value of `?sort=` that orders by it.
    """

    words: str
    kind: str = "text"
    sort: str = ""
    hidden: bool = False

    @property
    def css(self) -> str:
        """Class of its cells."""
        return "num" if self.kind in NUMERIC else ""


@dataclass(frozen=True)
class Line:
    """A row with a mark: on (current), group (a heading across), line (the limit)."""

    cells: Sequence[Any]
    mark: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head as drawn: with the address that sorts by it, if it can."""

    column: Column
    url: str = ""
    order: str = ""


@dataclass(frozen=True)
class Table:
    """A whole table; `label` names its frame, `foot` holds rows of sums."""

    label: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    foot: Sequence[Sequence[Any]] = ()
    none: str = ""
    top: bool = False
    sticky_first: bool = False
    sort: str = field(default="")

    @property
    def css(self) -> str:
        """Classes of the table element."""
        extra = ["tr-table--top"] if self.top else []
        extra += ["tr-table--first"] if self.sticky_first else []
        return " ".join(["tr-table", *extra])

    def heads(self, query: Mapping[str, str] | None) -> list[Head]:
        """Heads with links that keep the other filters of the address."""
        kept = {key: value for key, value in (query or {}).items() if key not in {"sort", "page"}}
        return [self._head(column, kept=kept) for column in self.columns]

    def _head(self, column: Column, *, kept: Mapping[str, str]) -> Head:
        if not column.sort:
            return Head(column)
        up, down = column.sort, f"-{column.sort}"
        wanted = down if self.sort == up else up
        order = {up: "ascending", down: "descending"}.get(self.sort, "none")
        return Head(column, f"?{urlencode({**kept, 'sort': wanted})}", order)

    def body(self) -> SafeString:
        """All rows as HTML. In Python: a page of fifty rows holds hundreds of cells."""
        return mark_safe("".join(self._row(row) for row in self.rows))  # noqa: S308  cells escape

    def foot_body(self) -> SafeString:
        """The rows of sums as HTML; the first cell names the sum."""
        columns = [Column("", "head"), *self.columns[1:]]
        return format_html_join("", "<tr>{}</tr>", ((cells(columns, row),) for row in self.foot))

    def _row(self, row: Any) -> SafeString:
        line = row if isinstance(row, Line) else Line(row)
        if line.mark in {"group", "line"}:
            span = len(self.columns)
            return format_html(
                '<tr class="tr-{}"><th scope="rowgroup" colspan="{}">{}</th></tr>',
                line.mark,
                span,
                line.cells[0],
            )
        css = mark_safe(' class="is-on"') if line.mark == "on" else ""
        return format_html("<tr{}>{}</tr>", css, cells(self.columns, line.cells))


def cells(columns: Sequence[Column], values: Sequence[Any]) -> SafeString:
    """One row's cells; a row with too few or too many is a mistake (ValueError)."""
    pairs = zip(columns, values, strict=True)
    return mark_safe("".join(cell(column, value) for column, value in pairs))  # noqa: S308  cells escape


def cell(column: Column, value: Any) -> SafeString:
    """One cell, shown as its column says. Texts are escaped; values with `__html__` are not."""
    shown = conditional_escape(content(column, value))
    if column.kind == "head":
        return mark_safe(f'<th scope="row">{shown}</th>')  # noqa: S308  escaped above
    css = f' class="{column.css}"' if column.css else ""
    if column.kind == "money" and isinstance(value, int) and value < 0:
        css = ' class="num is-neg"'
    return mark_safe(f"<td{css}>{shown}</td>")  # noqa: S308  escaped above


def content(column: Column, value: Any) -> Any:
    """What stands in a cell; ready HTML is left alone."""
    if hasattr(value, "__html__"):
        return value
    show = SHOW[column.kind]
    return value.drawn(show) if isinstance(value, Link | Two) else show(value)


def text(value: Any) -> Any:
    """A value as it is; nothing where there is none."""
    return "" if value is None else value


def money(value: Any) -> str:
    """Cents as an amount; words such as "not yet" stay words."""
    return value if isinstance(value, str) else formats.money(value)


def share(value: Any) -> str:
    """Basis points as a share; words stay words."""
    return value if isinstance(value, str) else formats.share(value)


def whole(value: Any) -> str:
    """A count; words stay words."""
    return value if isinstance(value, str) else formats.whole(value)


SHOW: Mapping[str, Callable[[Any], Any]] = {
    "text": text,
    "head": text,
    "num": text,
    "whole": whole,
    "money": money,
    "share": share,
    "day": lambda value: value if isinstance(value, str) else markup.day(value, short=True),
    "when": lambda value: value if isinstance(value, str) else markup.when(value, short=True),
    "tag": lambda value: markup.tag(value) if value is not None else "",
    "eyes": lambda value: markup.eyes(value) if value is not None else "",
}
