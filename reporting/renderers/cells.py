"""The one writer of cells. No text can become a formula, no number loses a cent."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from core.money import to_decimal
from reporting.sheets import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from openpyxl.cell.cell import Cell

FORMATS = {
    Kind.MONEY: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.SCORE: "0.00",
    Kind.SHARE: "0.00%",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
ZONE = ZoneInfo("Europe/Brussels")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet takes for the beginning of a formula, in its full-width forms as well.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def plain(value: object) -> str:
    """Text as a sheet may hold it: characters that XML cannot carry become a visible mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))[:32767]


def converted(value: Any, kind: Kind) -> Any:
    """The value a sheet stores: exact decimals of euro, Brussels wall time, plain text."""
    if value is None:
        return None
    if kind is Kind.MONEY:
        return to_decimal(value)
    if kind is Kind.SHARE:
        return Decimal(value) / 10_000
    if kind is Kind.MOMENT:
        moment: datetime = value
        return moment.astimezone(ZONE).replace(tzinfo=None)
    return plain(value) if kind is Kind.TEXT else value


def write(cell: Cell, value: Any, kind: Kind) -> None:
    """Write one cell. Text stays text, whatever it begins with."""
    stored = converted(value, kind)
    if kind is Kind.TEXT and stored is not None:
        cell.value = stored
        cell.data_type = "s"
        if stored.startswith(_RUNS):
            cell.quotePrefix = True
        return
    cell.value = stored
    cell.number_format = FORMATS.get(kind, "General")


def csv_text(value: Any, kind: Kind) -> str:
    """A CSV field: text that a spreadsheet would run gets an apostrophe in front."""
    stored = converted(value, kind)
    if stored is None:
        return ""
    if kind is Kind.TEXT and stored.startswith(_RUNS):
        return f"'{stored}"
    return str(stored)
