"""What must be true of every book, asked of the tables as they are.

Each check is one query that returns the rows that break it, so none is good. They read
postings and entries again instead of trusting what wrote them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from ledger.ddl import chart_lines, closed_list
from ledger.models import ChartLine, PostingRule
from ledger.queries import chain_check, checkpoints
from ledger.queries.rows import one_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.models import Book

_READS_ENTRIES = re.compile(r"ledger_(entry|posting|event)\b")


@dataclass(frozen=True, slots=True)
class Violation:
    """``subject`` names the first row that is wrong; ``rule`` is a line of docs/ledger.md."""

    rule: str
    subject: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"


def invariants(book: Book | None = None, *, held: Iterable[str] = ()) -> list[Violation]:
    """Every violation in one book, or in all of them: chains and checkpoints included.

    ``held``: roots in hex that were sent outside; each must be among the checkpoints.
    """
    with one_snapshot():
        found = [*_queries(book), *_told(chain_check.faults(book))]
        found += _told(chain_check.run("checkpoints.sql", book=book))
        if book is None:
            found += [*_told(checkpoints.faults(held)), *_told(_lists())]
    return list(dict.fromkeys(found))


def since_checkpoint(*, held: Iterable[str] = ()) -> tuple[list[Violation], int]:
    """Violations in what happened since the last checkpoint, and how many entries that is.

    Accounts that have not moved must be as that checkpoint saw them, all checkpoints must
    hold, and what the balances must add up to is asked; older entries are not looked at.
    """
    with one_snapshot():
        recent, looked_at = chain_check.recent()
        found = [*_queries(None, quick=True), *_told(recent)]
        found += [*_told(chain_check.run("accounts.sql", book=None))]
        found += [*_told(checkpoints.faults(held)), *_told(_lists())]
    return list(dict.fromkeys(found)), looked_at


def checks() -> Iterator[tuple[str, str]]:
    """Number and query of each check in ``invariants.sql``."""
    text = (Path(__file__).parent / "invariants.sql").read_text()
    for part in text.split("\n-- I")[1:]:
        head, _, query = part.partition("\n")
        yield "I" + head.partition(":")[0], query.rstrip().removesuffix(";")


def _queries(book: Book | None, *, quick: bool = False) -> Iterator[Violation]:
    with connection.cursor() as cursor:
        for rule, query in checks():
            if quick and _READS_ENTRIES.search(query):
                continue
            cursor.execute(query, {"book": book.pk if book else 0})
            for (subject,) in cursor.fetchall():
                yield Violation(rule, str(subject))


def _told(faults: Iterable[tuple[str, str]]) -> list[Violation]:
    return [Violation(rule, str(subject)) for rule, subject in faults]


def _lists() -> Iterator[tuple[str, str]]:
    """The chart and the closed list in the database are those of the code."""
    for model, expected in ((ChartLine, chart_lines()), (PostingRule, closed_list())):
        names = [field.name for field in model._meta.concrete_fields if field.name != "id"]
        wanted = {tuple(getattr(row, name) for name in names) for row in expected}
        for row in sorted(wanted ^ set(model._default_manager.values_list(*names)), key=str):
            yield "I19", "not as the code has it: " + ", ".join(map(str, row))
