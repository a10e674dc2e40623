"""Posts what an export says into an empty SQLite database, through every guard, and exports that.

    python -m tests.ledger.replay <exported folder> <new folder>     DATABASE_URL says where

Times are carried over: what was recorded when, and when each checkpoint was taken.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from django.core.management import call_command  # noqa: E402  Django is set up first

from core.models import Document, Person  # noqa: E402  Django is set up first
from ledger import api, models  # noqa: E402  Django is set up first
from ledger.actions.checkpoint import take_checkpoint  # noqa: E402  Django is set up first
from tests.ledger.evidence import exported  # noqa: E402  Django is set up first

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    source, target = map(Path, sys.argv[1:])
    call_command("migrate", verbosity=0)
    for row in read(source, "books"):
        api.open_book(code=row["book"], share_n=row["share_n"], share_d=row["share_d"])
    accounts = list(read(source, "accounts"))
    settlements = {row["book"]: row for row in read(source, "settlements")}
    taken = {row["entries"]: row for row in read(source, "checkpoints")}
    posted = 0
    for row in read(source, "events"):
        if row["kind"] == api.Kind.SETTLEMENT:
            settle(settlements[row["book"]])
        post(row, accounts)
        posted += 2 * len(row["legs"])
        if posted in taken:
            take_checkpoint(at=instant(taken[posted]["at"]))
    assert api.invariants() == []
    exported(target)


def post(row: dict[str, Any], accounts: list[dict[str, Any]]) -> None:
    lines = []
    for _, debit, credit, cents, *_ in row["legs"]:
        one, two = accounts[debit - 1], accounts[credit - 1]
        lines.append([one["type"], one["key"], two["type"], two["key"], cents])
    reverses = row["reverses"] and models.Event.objects.get(idem=UUID(row["reverses"]))
    models.Event.objects.create(
        idem=UUID(row["idem"]),
        kind=row["kind"],
        effective_on=date.fromisoformat(row["effective_on"]),
        reverses=reverses,
        payload_sha256=row["payload"],
        legs=len(lines),
        lines=lines,
        **common(row),
    )


def settle(row: dict[str, Any]) -> None:
    figures = ("n", "share_n", "share_d", "grant_max", "s_accepted", "c_accepted", "payable")
    parts = ("sme_part", "coord_part", "s_seq", "c_seq")
    said = {name: row[name] for name in (*figures, *parts)}
    models.Settlement.objects.create(**said, **common(row))


def common(row: dict[str, Any]) -> dict[str, Any]:
    actor = person(row["actor"])
    return {
        "book": models.Book.objects.get(code=row["book"]),
        "document": paper(row["document"], by=actor),
        "actor": actor,
        "approver": person(row["approver"]) if row["approver"] else None,
        "at": instant(row["at"]),
        "recorded_at": instant(row["recorded_at"]),
    }


def person(key: str) -> Person:
    return Person.objects.get_or_create(pk=UUID(key), defaults={"email": f"{key}@example.org"})[0]


def paper(sha256: str, *, by: Person) -> Document:
    said = {"kind": "evidence", "name": "paper", "media_type": "text/plain", "size": 1}
    made = said | {"file": "paper", "created_at": instant(0), "created_by": by}
    return Document.objects.get_or_create(sha256=sha256, defaults=made)[0]


def instant(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def read(folder: Path, name: str) -> Iterator[Any]:
    with (folder / f"{name}.jsonl").open() as lines:
        yield from map(json.loads, lines)


main()
