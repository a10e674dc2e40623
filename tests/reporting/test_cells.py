"""No text becomes a formula, no cent is lost, the same book is the same bytes."""

from __future__ import annotations

import csv as plain_csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from reporting.renderers import csv, xlsx
from reporting.sheets import Column, Control, Kind, Sheet, Workbook

AT = datetime(2023, 9, 4, 9, 0, tzinfo=UTC)
HOSTILE = [
    '=HYPERLINK("http://evil.example","Refund")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "#REF!",
]


def a_book(text: str, *, cents: int = 1, control: int = 1) -> Workbook:
    columns = [Column(text), Column("EUR", Kind.MONEY, total=True), Column("On", Kind.DAY)]
    sheet = Sheet("Sheet", columns, [[text, cents, date(2023, 9, 4)]], note=text)
    return Workbook(text, [(text, text)], [sheet], [Control(text, "Sheet", "EUR", control)])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_workbook_is_a_formula(text: str) -> None:
    book = load_workbook(BytesIO(xlsx.render(a_book(text), at=AT)))
    formulas = {
        (page.title, cell.coordinate)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type in {"f", "e"}
    }
    assert formulas == {
        ("Control", "B1"),
        ("Control", "B4"),
        ("Control", "D4"),
        ("Control", "E4"),
        ("Sheet", "B5"),
    }
    assert str(book["Sheet"]["A4"].value).strip() == text.strip()


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_a_table_has_an_apostrophe_before_what_would_run(text: str) -> None:
    content = csv.render(a_book(text).sheets[0]).decode("utf-8-sig")
    rows = list(plain_csv.reader(StringIO(content, newline="")))
    assert rows[0][0] == rows[1][0] == f"'{text}"


def test_a_table_keeps_ordinary_text_and_negative_amounts() -> None:
    content = csv.render(a_book("Łódź, Ελλάς, България", cents=-123_456).sheets[0])
    assert content.startswith(b"\xef\xbb\xbf")
    assert '"Łódź, Ελλάς, България",-1234.56,2023-09-04' in content.decode("utf-8-sig")


def test_characters_that_xml_cannot_carry_become_visible() -> None:
    book = load_workbook(BytesIO(xlsx.render(a_book("a\x00b\x0bc\ufffe"), at=AT)))
    assert book["Sheet"]["A4"].value == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize("cents", [1, -1, 30, 999_999_999_999_999])
def test_cents_survive_the_workbook(cents: int) -> None:
    book = load_workbook(BytesIO(xlsx.render(a_book("a", cents=cents), at=AT)))
    assert Decimal(repr(book["Sheet"]["B4"].value)) == Decimal(cents).scaleb(-2)


def test_a_moment_is_written_in_brussels_time() -> None:
    sheet = Sheet("S", [Column("At", Kind.MOMENT)], [[datetime(2023, 7, 1, 22, 30, tzinfo=UTC)]])
    book = load_workbook(BytesIO(xlsx.render(Workbook("S", [], [sheet]), at=AT)))
    assert book["S"]["A4"].value == datetime(2023, 7, 2, 0, 30)  # noqa: DTZ001  a sheet has no zone


def test_the_same_book_is_the_same_bytes() -> None:
    first, again = (xlsx.render(a_book("a"), at=AT) for _ in range(2))
    assert first == again
    assert first != xlsx.render(a_book("b"), at=AT)


def test_a_book_says_when_it_was_asked_for_and_names_no_person() -> None:
    with zipfile.ZipFile(BytesIO(xlsx.render(a_book("a"), at=AT))) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2023-09-04T09:00:00Z") == 2
    assert "<dc:creator>Trellis</dc:creator>" in core


def test_a_control_that_does_not_tie_is_named() -> None:
    assert a_book("Paid", cents=5, control=5).broken() == []
    assert [c.title for c in a_book("Paid", cents=5, control=6).broken()] == ["Paid"]
