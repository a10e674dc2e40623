"""The ledger as it stands, row by row in one form, whatever the database: for export and check.

Rows are streamed; in memory are the accounts' ids and what one event holds.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.models import Book

_SQL = Path(__file__).parent / "sql"
_CHUNK = 5000
_SOME = 500
_ONE_SNAPSHOT = {"postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"}
_ACCOUNT = ("code", "book", "type", "key", "normal", "floor", "balance", "version", "head")
_EVENT = (
    "idem",
    "kind",
    "book",
    "document",
    "effective_on",
    "at",
    "recorded_at",
    "actor",
    "approver",
    "reverses",
    "payload",
)
_POSTING, _ENTRY = 1 + len(_EVENT), 6 + len(_EVENT)


def statements(name: str) -> Iterator[tuple[str, str]]:
    """Title and text of each statement of a file; a title is a line "-- …" after a blank one."""
    for part in _SQL.joinpath(name).read_text().split("\n\n-- ")[1:]:
        head, _, query = part.partition("\n")
        yield head, query.rstrip().removesuffix(";")


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All reads inside see the database at one moment, if no transaction is open yet.

    On SQLite a transaction is one anyway.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and (statement := _ONE_SNAPSHOT.get(connection.vendor)):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        yield


def accounts(book: Book | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Id and row of every account, in the order of their codes' bytes."""
    for pk, *values, closed, last_at in _stream("accounts", book=book):
        row = dict(zip(_ACCOUNT, values, strict=True))
        yield pk, {**row, "closed": bool(closed), "last_at": last_at}


def seen(marks: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Balance and time, by account, of the entry with this number."""
    return {pk: (balance, at) for pk, balance, at in _of_marks("seen", marks=marks)}


def events(book: Book | None, *, numbers: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Every event with its legs and their entries; ``numbers`` say how to call each account.

    A leg is its number, debit, credit, cents, then each entry: account, number in it, amount,
    balance after, hash. What is missing is missing here too.
    """
    yield from _grouped(_stream("events", book=book), numbers=numbers)


def events_since(marks: Mapping[int, int], *, numbers: Mapping[int, int]) -> Iterator[Any]:
    """The same of the events that made an entry after the marked one on a marked account."""
    ids = sorted({pk for (pk,) in _of_marks("since", marks=marks)})
    for some in _chunks(ids):
        these = f"AND e.id IN ({', '.join(map(str, some))})"
        yield from _grouped(_stream("events", book=None, these=these), numbers=numbers)


def _grouped(found: Iterator[Any], *, numbers: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    event: dict[str, Any] = {}
    posting = last = None
    for row in found:
        if row[0] != last:
            if last is not None:
                yield event
            last, posting = row[0], None
            event = dict(zip(_EVENT, row[1:_POSTING], strict=True)) | {"legs": []}
        if row[_POSTING] is not None and row[_POSTING] != posting:
            posting, leg_no, debit, credit, cents = row[_POSTING:_ENTRY]
            leg = [leg_no, numbers.get(debit), numbers.get(credit), cents]
            event["legs"].append(leg)
        if row[_ENTRY] is not None:
            leg.append([numbers.get(row[_ENTRY]), *row[_ENTRY + 1 :]])
    if last is not None:
        yield event


def _of_marks(title: str, *, marks: Mapping[int, int]) -> Iterator[Any]:
    for some in _chunks(sorted(marks)):
        these = ", ".join(f"({pk}, {marks[pk]})" for pk in some)
        yield from _stream(title, book=None, these=these)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _SOME] for start in range(0, len(ids), _SOME))


def _stream(title: str, *, book: Book | None, these: str = "") -> Iterator[Any]:
    query = dict(statements(f"rows_{connection.vendor}.sql"))[title].format(these=these)
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, {"book": book.pk if book else 0})
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
