"""Puts an export back into empty tables, as somebody who owns the database: no trigger runs.

python -m tests.ledger.loaded FOLDER DATABASE     a path, or the address of a PostgreSQL
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import deque
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

unhex = bytes.fromhex
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAPER = UUID(int=1)
COLUMNS = {
    "ledger_book": "id code share_n share_d",
    "ledger_account": (
        "id book_id code type key normal min_balance balance version head closed last_at"
    ),
    "ledger_event": (
        "id idem kind book_id document_id effective_on at recorded_at actor_id approver_id"
        " reverses_id payload_sha256 legs lines"
    ),
    "ledger_posting": "id event_id leg_no debit_id credit_id amount",
    "ledger_entry": "id posting_id account_id seq amount balance_after recorded_at hash",
    "ledger_checkpoint": "n at accounts entries rows prev_root root public_key signature",
    "ledger_checkpointhead": "checkpoint_id code version head closed",
    "ledger_checkpointrow": 'checkpoint_id "table" key digest',
}


def tables(folder: Path) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    """Each table's rows; ids are numbers of lines."""
    accounts, books = list(_read(folder, "accounts")), list(_read(folder, "books"))
    ids = {row["book"]: number for number, row in enumerate(books, 1)}
    codes = {sha256(r["code"].encode()).hexdigest(): r["code"] for r in accounts}
    yield "core_document", [_paper(folder)]
    yield "ledger_book", [(ids[r["book"]], r["book"], r["share_n"], r["share_d"]) for r in books]
    yield "ledger_account", map(partial(_account, ids), accounts)
    yield "ledger_event", _events(folder, accounts, ids)
    yield "ledger_posting", _postings(folder)
    yield "ledger_entry", _entries(folder)
    yield "ledger_checkpoint", map(_checkpoint, _read(folder, "checkpoints"))
    heads = _read(folder, "heads")
    yield "ledger_checkpointhead", ((n, codes[x], v, unhex(h), c) for n, x, v, h, c in heads)
    rows = _read(folder, "rows")
    yield "ledger_checkpointrow", ((n, t, key, unhex(digest)) for n, t, key, digest in rows)


def _account(books: dict[str, int], r: Any) -> tuple[Any, ...]:
    return (
        r["n"], books[r["book"]], r["code"], r["type"], r["key"], r["normal"], r["floor"],
        r["balance"], r["version"], unhex(r["head"]), r["closed"], _at(r["last_at"]),
    )  # fmt: skip


def _checkpoint(r: Any) -> tuple[Any, ...]:
    return (
        r["n"], _at(r["at"]), r["accounts"], r["entries"], r["rows"],
        *(unhex(r[name]) for name in ("prev_root", "root", "public_key", "signature")),
    )  # fmt: skip


def load(folder: Path, database: str) -> None:
    into = _into_postgresql if database.startswith("postgres") else _into_sqlite
    into(folder, database)


def _into_postgresql(folder: Path, database: str) -> None:
    with psycopg.connect(database) as connection:
        for table, rows in tables(folder):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            names = COLUMNS.get(table, _PAPER).replace(" ", ", ")
            with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                deque(map(copy.write_row, rows), maxlen=0)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _into_sqlite(folder: Path, database: str) -> None:
    raw = sqlite3.connect(database)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "synchronous = OFF"):
        raw.execute(f"PRAGMA {pragma}")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    for table, rows in tables(folder):
        names = COLUMNS.get(table, _PAPER).split(" ")
        marks = ", ".join(["?"] * len(names))
        plain = (tuple(map(_as_django, row)) for row in rows)
        raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", plain)
    raw.commit()
    raw.close()


_PAPER = "id kind name media_type size sha256 file created_at created_by_id"


def _paper(folder: Path) -> tuple[Any, ...]:
    event = next(_read(folder, "events"))
    return (
        PAPER, "evidence", "paper.txt", "text/plain", 5, event["document"], "paper", EPOCH,
        UUID(event["actor"]),
    )  # fmt: skip


def _events(folder: Path, accounts: list[Any], books: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    ids: dict[str, int] = {}
    for number, r in enumerate(_read(folder, "events"), 1):
        ids[r["idem"]] = number
        sides = [(accounts[d - 1], accounts[c - 1], cents) for _, d, c, cents, *_ in r["legs"]]
        lines = [[d["type"], d["key"], c["type"], c["key"], cents] for d, c, cents in sides]
        yield (
            number, UUID(r["idem"]), r["kind"], books[r["book"]], PAPER, r["effective_on"],
            _at(r["at"]), _at(r["recorded_at"]), UUID(r["actor"]),
            UUID(r["approver"]) if r["approver"] else None, ids.get(r["reverses"]),
            r["payload"], len(lines), json.dumps(lines),
        )  # fmt: skip


def _postings(folder: Path) -> Iterator[tuple[Any, ...]]:
    number = 0
    for event, r in enumerate(_read(folder, "events"), 1):
        for leg_no, debit, credit, cents, *_ in r["legs"]:
            number += 1
            yield (number, event, leg_no, debit, credit, cents)


def _entries(folder: Path) -> Iterator[tuple[Any, ...]]:
    posting = number = 0
    for r in _read(folder, "events"):
        for _, _, _, _, *entries in r["legs"]:
            posting += 1
            for account, seq, amount, balance, head in entries:
                number += 1
                at = _at(r["recorded_at"])
                yield (number, posting, account, seq, amount, balance, at, unhex(head))


def _read(folder: Path, name: str) -> Iterator[Any]:
    with (folder / f"{name}.jsonl").open() as lines:
        yield from map(json.loads, lines)


def _at(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)


def _as_django(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    return value


if __name__ == "__main__":
    load(Path(sys.argv[1]), sys.argv[2])
