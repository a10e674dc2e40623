"""Tables, things to do, tasks, steps, facts, files, tiles and pages."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator

from core.lifecycle import Event
from core.presentation.parts import Due, Eyes, Fact, File, JobProgress, Pill, Row, Step, Task, Tile
from core.presentation.tables import Column, Line, Link, Table, Two
from core.tags import BAD, GOOD, IDLE, INFO, MOVE, Tag


def table() -> Table:
    """Claims with every kind of cell."""
    columns = [
        Column("Claim", "head", sort="number"),
        Column("Payee"),
        Column("Amount EUR", "money", sort="amount"),
        Column("Share", "share"),
        Column("Pay by", "day"),
        Column("State", "tag"),
        Column("Eyes", "eyes"),
    ]
    rows = [
        row("C-0412", "Zinnia Dyehouse", 360_000, state=Tag(INFO, "Certified"), late=True),
        Line(row("C-0415", "Fennel & Sons", 1_258_000, state=Tag(MOVE, "Being checked")), "on"),
        Line(["Funding line: EUR 42,000,000.00"], "line"),
        row("C-0399", "Basil Instruments", -450_000, state=Tag(BAD, "Returned")),
    ]
    foot = [["3 claims", "", 1_168_000, "", "", None, None]]
    return Table("Sample table", columns, rows, foot=foot, sort="number")


def row(number: str, payee: str, cents: int, *, state: Tag, late: bool = False) -> list[Any]:
    """A claim; a late one says so under its day."""
    day = date(2024, 5, 16)
    when = Two(day, "1 day late", tone="late") if late else day
    eyes = Eyes("Zofia Lipowa", "Luca Rosmarino" if late else None)
    return [Link(number, "#", small="COPPERLEAF"), payee, cents, 7_742, when, state, eyes]


def due(now: datetime) -> list[Due]:
    """Rows of a list of things to do, in each tone."""
    return [
        Due(
            "Correct one amount in the budget",
            "#",
            "It could not be read",
            note="before you submit",
            tone="soon",
        ),
        Due(
            "Finish and submit AURORA-LOOM",
            "#",
            "1 partner has not confirmed",
            when=now + timedelta(days=4),
            tag=Tag(IDLE, "Draft"),
        ),
        Due(
            "Answer the fund manager",
            "#",
            "One page of the invoice is missing",
            when=now - timedelta(days=2),
        ),
        Due("Read FERNBRIDGE", "#", "4 of 9 parts read", note="4 of 9 parts", done=4, total=9),
    ]


def lists(now: datetime) -> dict[str, Any]:
    """Everything that is a list, by its name in the templates."""
    return {
        "table": table(),
        "due": due(now),
        "tasks": tasks(),
        "steps": steps(now),
        "facts": [
            Fact("Accepted SME support", "498,000.00"),
            Fact("Coordination payable", "166,000.00"),
            Fact("Final grant", "664,000.00", total=True),
        ],
        "rows": [
            Row("Issued to", "Zinnia Dyehouse, Belgium"),
            Row("Valid until", "Sat 31 Aug 2024", "#", "Change"),
        ],
        "pills": [Pill("Around the line", "#", current=True), Pill("All", "#", count=58)],
        "job": JobProgress(62, "41 s so far, about 25 s left", steps(now)[:2]),
        "events": [Event("approve", "Approve 3 payments"), Event("refuse", "Refuse them")],
        "page_obj": Paginator(range(500), 50).page(4),
        **files(now),
        **tiles(),
    }


def tasks() -> list[Task]:
    """Sections of a form, each way of standing."""
    return [
        Task("Summary", "#", "1,842 of 2,000 characters", done=True),
        Task("Work plan", "#", "2 of 6 outputs have no target", tag=Tag(MOVE, "In progress")),
        Task("Budget", "#", "77.42\u00a0% to SMEs", tag=Tag(BAD, "1 error")),
        Task("Check and submit", hint="Opens when all is done", status="Cannot start yet"),
    ]


def steps(now: datetime) -> list[Step]:
    """A point of each kind."""
    return [
        Step("Done", when=now - timedelta(days=3)),
        Step("Now", kind="now", note="what happens, by whom"),
        Step("Went wrong", kind="bad", note="why", url="#", url_words="the way on"),
        Step("To come", kind="next", note="by when"),
    ]


def files(now: datetime) -> dict[str, Any]:
    """A file that was taken and one that was not."""
    stored = Tag(GOOD, "Stored")
    kept = File("letter.pdf", 312_000, now, "PDF", "4be190c7" * 8, stored, "", "#", "Remove")
    note = "This kind cannot be taken. Save it as PDF"
    refused = File("minutes.txt", 14_000, note=note, tag=Tag(BAD, "Refused"))
    return {"stored": kept, "refused": refused}


def tiles() -> dict[str, Any]:
    """Figures that filter, the second one chosen."""
    shown = [
        Tile("Claims to check", "9", "EUR 61,900.00", "#"),
        Tile("Certified, to pay", "6", "EUR 52,980.00", "#", current=True),
        Tile("Second officer", "1", "EUR 31,240.00", "#"),
    ]
    return {"tiles": shown}
