"""Workbooks: every total is a live formula beside the ledger's value, and their difference."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from openpyxl import Workbook as Book
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.money import to_decimal
from reporting.renderers.cells import FORMATS, plain, write
from reporting.sheets import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from reporting.sheets import Control, Sheet, Workbook

FONT = "Calibri"
HEAD_FONT, BOLD = Font(FONT, bold=True, color="FFFFFF"), Font(FONT, bold=True)
BIG = Font(FONT, bold=True, size=14)
HEAD_FILL = PatternFill("solid", fgColor="1B5E47")
GOOD_FILL = PatternFill("solid", bgColor="D6EBDD")
BAD_FILL = PatternFill("solid", bgColor="F6D5D0")
LINE = Border(top=Side(style="thin", color="14201B"))
CORE, SAVED_AT = "docProps/core.xml", re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
MONEY = FORMATS[Kind.MONEY]


def render(
    workbook: Workbook, *, at: datetime, tell: Callable[[Sheet], None] = lambda _sheet: None
) -> bytes:
    """The workbook as XLSX; ``tell`` hears of each sheet before it is written.

    Same input, same bytes.
    """
    book = Book()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has one sheet
    book.properties.creator = "Trellis"
    book.properties.title = plain(workbook.title)
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    about = book.create_sheet("About")
    control = book.create_sheet("Control") if workbook.controls else None
    written = {}
    for sheet in workbook.sheets:
        tell(sheet)
        written[sheet.title] = _sheet(book, sheet)
    _about(about, workbook, written)
    if control is not None:
        _control(control, workbook, written)
    return canonical(_saved(book), at=at)


def _saved(book: Book) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def canonical(content: bytes, *, at: datetime) -> bytes:
    """The same parts in a fixed order with fixed times, so that equal books are equal bytes.

    openpyxl writes the time of saving into a book's properties: ``at`` stands there instead.
    """
    stamp = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            new.writestr(entry, SAVED_AT.sub(rb"\g<1>" + stamp, part) if name == CORE else part)
    return target.getvalue()


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", page.cell(row, column))


def _titles(page: Worksheet, titles: list[tuple[str, int]]) -> None:
    for index, (title, width) in enumerate(titles, start=1):
        cell = _cell(page, HEAD_ROW, index)
        write(cell, title, Kind.TEXT)
        cell.font, cell.fill = HEAD_FONT, HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(index)].width = width


def _sheet(book: Book, sheet: Sheet) -> tuple[Worksheet, Sheet, int]:
    page: Worksheet = book.create_sheet(sheet.title)
    write(_cell(page, 1, 1), sheet.note or sheet.title, Kind.TEXT)
    page.cell(1, 1).font = BIG
    _titles(page, [(column.title, column.width) for column in sheet.columns])
    last = HEAD_ROW
    for last, row in enumerate(sheet.rows, start=FIRST_ROW):
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            write(_cell(page, last, index), value, column.kind)
    _totals(page, sheet, last)
    page.freeze_panes = f"B{FIRST_ROW}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(sheet.columns))}{last}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    _paper(page)
    return page, sheet, last


def _paper(page: Worksheet) -> None:
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # always set
    foot = page.oddFooter
    assert foot is not None, "a sheet has a foot"
    foot.left.text, foot.right.text = "&A", "&P / &N"  # the sheet's name; page of pages


def _totals(page: Worksheet, sheet: Sheet, last: int) -> None:
    if last < FIRST_ROW or not any(column.total for column in sheet.columns):
        return
    for index, column in enumerate(sheet.columns, start=1):
        cell = page.cell(last + 1, index)
        cell.border, cell.font = LINE, BOLD
        if column.total:
            letter = get_column_letter(index)
            cell.value = f"=ROUND(SUM({letter}{FIRST_ROW}:{letter}{last}),2)"
            cell.number_format = FORMATS.get(column.kind, "General")


def _about(page: Worksheet, workbook: Workbook, written: dict[str, Any]) -> None:
    write(_cell(page, 1, 1), workbook.title, Kind.TEXT)
    page.cell(1, 1).font = BIG
    rows = [
        *workbook.about,
        *((f"Rows in {name}", str(last - HEAD_ROW)) for name, (_p, _s, last) in written.items()),
    ]
    for number, (label, value) in enumerate(rows, start=3):
        write(_cell(page, number, 1), label, Kind.TEXT)
        write(_cell(page, number, 2), value, Kind.TEXT)
        page.cell(number, 1).font = BOLD
        for index in (1, 2):
            page.cell(number, index).alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 32, 90
    _paper(page)


def _control(page: Worksheet, workbook: Workbook, written: dict[str, Any]) -> None:
    titles = ("Figure", "Sum of the sheet (live)", "Ledger", "Difference", "Verdict")
    _titles(page, [(title, 24 if place else 44) for place, title in enumerate(titles)])
    for row, control in enumerate(workbook.controls, start=FIRST_ROW):
        write(_cell(page, row, 1), control.title, Kind.TEXT)
        page.cell(row, 2).value = _formula(control, written)
        page.cell(row, 3).value = to_decimal(control.cents)
        page.cell(row, 4).value = f"=ROUND(B{row}-C{row},2)"
        page.cell(row, 5).alignment = Alignment(horizontal="center")
        page.cell(row, 5).value = f'=IF(D{row}=0,"OK","BREAK")'
        for index in (2, 3, 4):
            page.cell(row, index).number_format = MONEY
    last = HEAD_ROW + len(workbook.controls)
    page["A1"], page["B1"] = (
        "All figures tie",
        f'=IF(COUNTIF(E{FIRST_ROW}:E{last},"OK")={len(workbook.controls)},"PASS","FAIL")',
    )
    page["A1"].font = page["B1"].font = BIG
    for word, fill in (("OK", GOOD_FILL), ("BREAK", BAD_FILL)):
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=fill)  # type: ignore[no-untyped-call]  # openpyxl's stub
        page.conditional_formatting.add(f"E{FIRST_ROW}:E{last}", rule)
    _paper(page)


def _formula(control: Control, written: dict[str, Any]) -> str:
    _page, sheet, last = written[control.sheet]
    last = max(last, FIRST_ROW)
    letter = get_column_letter(sheet.place(control.column) + 1)
    return f"=ROUND(SUM('{control.sheet}'!${letter}${FIRST_ROW}:${letter}${last}),2)"
