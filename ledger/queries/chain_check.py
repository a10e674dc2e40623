"""Every hash, sum and floor, entry by entry; what does not hold is named by its first bad row.

PostgreSQL does it in sets. SQLite streams its rows through the verifier that comes with an
export, which knows nothing of this project; and so does either for what is new since the last
checkpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from ledger.queries import rows
from ledger.queries.checkpoints import last_standings
from ledger.rules.checkpoint import Standing
from ledger.verifier.verify_ledger import MALFORMED, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.models import Book

    Fault = tuple[str, str]

_NEW = Standing(0, b"", closed=False)
_MEMORY = {"postgresql": "SET LOCAL work_mem = '256MB'", "sqlite": "SELECT 1"}


def faults(book: Book | None) -> Iterator[Fault]:
    """Rule and subject of everything that does not hold."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_MEMORY[connection.vendor])
        yield from run("accounts.sql", book=book)
        yield from run(f"chain_{connection.vendor}.sql", book=book)
        yield from _STREAMED[connection.vendor](book)


def recent() -> tuple[list[Fault], int]:
    """The same of what happened since the last checkpoint, and how many entries were read.

    An account that has not moved must be as the checkpoint saw it; of one that has, the
    entries after that one are looked at, and no others.
    """
    ledger, numbers, marks = Ledger(), {}, {}
    before, found = last_standings(), []
    for number, (pk, row) in enumerate(rows.accounts(None), start=1):
        standing = before.pop(row["code"], _NEW)
        if row["version"] > standing.version:
            numbers[pk], marks[pk] = number, standing.version
            attempt(ledger, row["code"], ledger.account, number, {"n": number, **row})
            if standing.version:
                ledger.accounts[number].head = standing.head
        elif standing is not _NEW and (row["version"], row["head"]) != (
            standing.version,
            standing.head.hex(),
        ):
            found.append(("I20", f"{row['code']}: not what the last checkpoint saw"))
    found += [("I20", f"{code}: the last checkpoint saw it, and it is gone") for code in before]
    for pk, (balance, last) in rows.seen(marks).items():
        account = ledger.accounts[numbers[pk]]
        account.seq, account.balance, account.last = marks[pk], balance, last
    for event in rows.events_since(marks, numbers=numbers):
        attempt(ledger, f"event {event['idem']}", ledger.event, event)
    new = sum(ledger.accounts[numbers[pk]].seq - version for pk, version in marks.items())
    return [*found, *_found(ledger)], new


def run(name: str, *, book: Book | None) -> Iterator[Fault]:
    """The rows that the queries of a file return; each gives rule and subject."""
    for _title, query in rows.statements(name):
        with connection.cursor() as cursor:
            cursor.execute(query, {"book": book.pk if book else 0})
            yield from cursor.fetchall()


def _streamed(book: Book | None) -> Iterator[Fault]:
    ledger, numbers = Ledger(), {}
    for number, (pk, row) in enumerate(rows.accounts(book), start=1):
        numbers[pk] = number
        attempt(ledger, row["code"], ledger.account, number, {"n": number, **row})
    for event in rows.events(book, numbers=numbers):
        attempt(ledger, f"event {event['idem']}", ledger.event, event)
    for pk, row in rows.accounts(book):
        attempt(ledger, row["code"], ledger.end, numbers[pk], row)
    yield from _found(ledger)


def _found(ledger: Ledger) -> Iterator[Fault]:
    for rule, _where, subject in ledger.faults:
        yield rule, subject


def attempt(ledger: Ledger, subject: str, take: Callable[..., None], *row: Any) -> None:
    """Give a row to the verifier; what it can't make sense of is a fault of the row."""
    try:
        take(*row)
    except MALFORMED as problem:
        ledger.fault("I5", f"{subject}: {problem!r}")


def _nothing(_book: Book | None) -> Iterator[Fault]:
    yield from ()


_STREAMED = {"sqlite": _streamed, "postgresql": _nothing}
