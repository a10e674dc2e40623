"""What must be true of every book, asked of the tables as they are.

Each check is one query that returns the rows that break it, so none is good. They read
postings and entries again instead of trusting what wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from ledger.queries import chain_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.models import Book


@dataclass(frozen=True, slots=True)
class Violation:
    """``subject`` names the first row that is wrong; ``rule`` is a line of docs/ledger.md."""

    rule: str
    subject: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"


def invariants(book: Book | None = None) -> list[Violation]:
    """Every violation in one book, or in all of them; the chain of hashes included."""
    return [*_queries(book), *_chain(book)]


def checks() -> Iterator[tuple[str, str]]:
    """Number and query of each check in ``invariants.sql``."""
    text = (Path(__file__).parent / "invariants.sql").read_text()
    for part in text.split("\n-- I")[1:]:
        head, _, query = part.partition("\n")
        yield "I" + head.partition(":")[0], query.rstrip().removesuffix(";")


def _queries(book: Book | None) -> Iterator[Violation]:
    with connection.cursor() as cursor:
        for rule, query in checks():
            cursor.execute(query, {"book": book.pk if book else 0})
            for (subject,) in cursor.fetchall():
                yield Violation(rule, str(subject))


def _chain(book: Book | None) -> Iterator[Violation]:
    for subject in chain_check.broken_links(book):
        yield Violation("I5", subject)
