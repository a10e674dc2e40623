"""The paper all documents are printed on: A4, Inter, the lattice band, a fingerprint at the foot.

Same input, same bytes: reportlab runs in invariant mode and no clock is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent.parent / "fonts"
pdfmetrics.registerFont(TTFont("Inter", FONTS / "Inter-Regular.ttf"))
pdfmetrics.registerFont(TTFont("Inter-SemiBold", FONTS / "Inter-SemiBold.ttf"))
pdfmetrics.registerFontFamily(
    "Inter", normal="Inter", bold="Inter-SemiBold", italic="Inter", boldItalic="Inter-SemiBold"
)

INK, QUIET, LINE = HexColor("#14201B"), HexColor("#48544E"), HexColor("#D3DAD3")
BRAND, SOFT, LATTICE = HexColor("#1B5E47"), HexColor("#EBEFE9"), HexColor("#9DB5A8")
MARGIN, WIDTH = 22 * mm, A4[0] - 44 * mm

BODY = ParagraphStyle("body", fontName="Inter", fontSize=10, leading=15, textColor=INK)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=11.5, textColor=QUIET)
LABEL = ParagraphStyle("label", BODY, fontSize=9, textColor=QUIET)
TITLE = ParagraphStyle(
    "title", BODY, fontName="Inter-SemiBold", fontSize=20, leading=25, spaceAfter=6
)
STRONG = ParagraphStyle("strong", BODY, fontName="Inter-SemiBold")
HEADING = ParagraphStyle(
    "heading",
    BODY,
    fontName="Inter-SemiBold",
    fontSize=12,
    leading=16,
    spaceBefore=12,
    spaceAfter=4,
)
CELL = ParagraphStyle("cell", BODY, fontSize=8.5, leading=12)
CELL_RIGHT = ParagraphStyle("cell right", CELL, alignment=TA_RIGHT)
CELL_HEAD = ParagraphStyle("cell head", CELL, fontName="Inter-SemiBold", textColor=QUIET)
CELL_HEAD_RIGHT = ParagraphStyle("cell head right", CELL_HEAD, alignment=TA_RIGHT)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head and foot of every page say."""

    title: str
    about: str
    foot: str


def text(words: object, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text: nothing in it is read as mark-up."""
    lines = escape(str(words)).replace("\n", "<br/>")
    return Paragraph(lines, style)


def title(words: object) -> Paragraph:
    return text(words, TITLE)


def heading(words: object) -> Paragraph:
    return text(words, HEADING)


def gap(height: float = 4 * mm) -> Spacer:
    return Spacer(1, height)


def facts(rows: Sequence[tuple[object, object]], *, label_width: float = 38 * mm) -> Table:
    """Label and value, one pair a line."""
    cells = [[text(label, LABEL), text(value)] for label, value in rows]
    return Table(
        cells,
        colWidths=[label_width, WIDTH - label_width],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ]
        ),
    )


def grid(
    head: Sequence[object],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[float],
    right: frozenset[int] | set[int] = frozenset(),
    total: Sequence[object] | None = None,
) -> Table:
    """A table whose head repeats on every page; ``right`` names the columns of figures."""
    body = [[*row] for row in rows] + ([[*total]] if total else [])
    cells = [
        [text(c, CELL_HEAD_RIGHT if i in right else CELL_HEAD) for i, c in enumerate(head)]
    ] + [[text(c, CELL_RIGHT if i in right else CELL) for i, c in enumerate(row)] for row in body]
    style: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, 0), SOFT),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if total:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 1, INK))
    whole = sum(widths)
    return Table(
        cells,
        colWidths=[WIDTH * width / whole for width in widths],
        repeatRows=1,
        style=TableStyle(style),
    )


def signatures(sides: Sequence[tuple[str, str, str]]) -> Table:
    """Who signed for which side and when; one column a side, each under its own line."""
    gutter = 6 * mm
    width = (WIDTH - gutter * (len(sides) - 1)) / len(sides)
    cells: list[Any] = []
    lines: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    for side, name, when in sides:
        place = len(cells)
        lines.append(("LINEABOVE", (place, 0), (place, 0), 0.6, INK))
        cells += [[text(side, SMALL), text(name, STRONG), text(when, SMALL)], ""]
    return Table(
        [cells[:-1]],
        colWidths=([width, gutter] * len(sides))[:-1],
        style=TableStyle(lines),
        spaceBefore=6 * mm,
    )


def print_paper(head: Heading, story: Sequence[Flowable]) -> bytes:
    """The finished PDF."""
    buffer = BytesIO()
    paper = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=head.title,
        author="Trellis",
        creator="Trellis",
        subject=head.about,
        lang="en",
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(MARGIN, 24 * mm, WIDTH, A4[1] - 58 * mm, 0, 0, 0, 0)
    page = PageTemplate("page", [frame], onPage=partial(_draw_page, head))
    paper.addPageTemplates([page])
    paper.build(list(story))
    return buffer.getvalue()


def _draw_page(head: Heading, canvas: Canvas, paper: Any) -> None:
    canvas.saveState()
    _draw_band(canvas)
    canvas.setFillColor(INK)
    canvas.setFont("Inter-SemiBold", 11)
    canvas.drawString(MARGIN + 8.5 * mm, A4[1] - 24 * mm, "Trellis")
    _draw_mark(canvas, MARGIN, A4[1] - 25.6 * mm)
    canvas.setFillColor(INK)
    canvas.setFont("Inter", 8.5)
    canvas.drawRightString(A4[0] - MARGIN, A4[1] - 24 * mm, head.about)
    canvas.setFillColor(QUIET)
    canvas.setFont("Inter", 7.5)
    canvas.drawString(MARGIN, 14 * mm, head.foot[:130])
    canvas.drawRightString(A4[0] - MARGIN, 14 * mm, str(paper.page))
    canvas.restoreState()


def _draw_mark(canvas: Canvas, left: float, bottom: float) -> None:
    """The vine on its lattice, as in static/img/mark.svg, 32 units to 7 mm, y downwards."""
    canvas.saveState()
    canvas.translate(left, bottom + 7 * mm)
    canvas.scale(7 * mm / 32, -7 * mm / 32)
    canvas.setLineCap(1)
    canvas.setStrokeColor(LATTICE)
    canvas.setLineWidth(1.75)
    canvas.lines([(x, 3, x, 29) for x in (8, 16, 24)] + [(3, y, 29, y) for y in (11, 21)])
    canvas.setStrokeColor(BRAND)
    canvas.setLineWidth(3)
    vine = canvas.beginPath()
    vine.moveTo(8, 29)
    vine.curveTo(8, 21, 16, 24, 16, 16)
    vine.curveTo(16, 8, 24, 13, 24, 7)
    canvas.drawPath(vine)
    canvas.setFillColor(BRAND)
    leaves = canvas.beginPath()
    leaves.moveTo(24, 8)
    leaves.curveTo(23.4, 3.6, 25.6, 1.2, 30.5, 1)
    leaves.curveTo(30.9, 5.9, 28.5, 8.4, 24, 8)
    leaves.moveTo(16, 17.2)
    leaves.curveTo(11.7, 17.7, 9.3, 15.7, 9, 11.2)
    leaves.curveTo(13.7, 10.8, 16.2, 12.9, 16, 17.2)
    canvas.drawPath(leaves, stroke=0, fill=1)
    canvas.restoreState()


def _draw_band(canvas: Canvas) -> None:
    top, height = A4[1], 7 * mm
    canvas.setFillColor(BRAND)
    canvas.rect(0, top - height, A4[0], height, stroke=0, fill=1)
    canvas.setStrokeColor(HexColor("#3E7D66"))
    canvas.setLineWidth(0.5)
    x = -height
    while x < A4[0]:
        canvas.line(x, top - height, x + height, top)
        canvas.line(x + height, top - height, x, top)
        x += height
