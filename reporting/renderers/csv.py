"""CSV of one sheet: UTF-8 with a mark so that spreadsheets read it, formulas defused."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from reporting.renderers.cells import csv_text
from reporting.sheets import Kind

if TYPE_CHECKING:
    from reporting.sheets import Sheet


def render(sheet: Sheet) -> bytes:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow([csv_text(column.title, Kind.TEXT) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow(
            [csv_text(value, column.kind) for column, value in zip(sheet.columns, row, strict=True)]
        )
    return buffer.getvalue().encode("utf-8-sig")
