"""A checkpoint that does not continue the last one, or adds to one that is complete, is refused."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest

from ledger.actions.checkpoint import take_checkpoint
from tests.factories.ledger import AT, an_awarded_desk
from tests.ledger.ddl.raw import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase

ROW = (
    "INSERT INTO ledger_checkpoint (n, at, accounts, entries, rows, prev_root, root, public_key,"
    " signature) VALUES (%s, '2024-01-01 00:00:00', 1, 1, 1, %s, %s, %s, %s)"
)
HEAD = (
    "INSERT INTO ledger_checkpointhead (checkpoint_id, code, version, head, closed)"
    " VALUES (1, 'late', 0, %s, false)"
)
DIGEST = (
    'INSERT INTO ledger_checkpointrow (checkpoint_id, "table", key, digest)'
    " VALUES (1, 'books', 'late', %s)"
)
OTHER = bytes(range(32))
FORK = "ledger_checkpoint_guard"
ATTACKS = {
    "a number is left out": (FORK, ROW, (3, OTHER, OTHER, OTHER, bytes(64))),
    "another root before": (FORK, ROW, (2, OTHER, OTHER, OTHER, bytes(64))),
    "a signature of no length": (FORK, ROW, (2, None, OTHER, OTHER, b"")),
    "a head afterwards": ("ledger_checkpointhead_guard", HEAD, (OTHER,)),
    "a row afterwards": ("ledger_checkpointrow_guard", DIGEST, (OTHER,)),
}


@pytest.fixture(scope="module")
def root(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[TemplateDatabase, bytes]]:
    """A database with one checkpoint, and its root."""
    with django_db_blocker.unblock(), django_db_setup.copied():
        an_awarded_desk()
        taken = take_checkpoint(at=AT)
        assert taken
        yield django_db_setup, bytes(taken.root)


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_and_succeeds_without_its_guard(
    name: str, root: tuple[TemplateDatabase, bytes]
) -> None:
    database, last = root
    guard, statement, arguments = ATTACKS[name]
    said = [last if value is None else value for value in arguments]
    with undone(database.owner()) as raw:
        raw.drop(guard)
        raw.run(statement, *said)
    with (
        undone(database.application()) as raw,
        pytest.raises((sqlite3.DatabaseError, psycopg.DatabaseError), match="ledger: "),
    ):
        raw.run(statement, *said)


def test_the_next_one_is_accepted(root: tuple[TemplateDatabase, bytes]) -> None:
    database, last = root
    with undone(database.application()) as raw:
        raw.run(ROW, 2, last, OTHER, OTHER, bytes(64))
        assert raw.one("SELECT COUNT(*) FROM ledger_checkpoint") == 2
