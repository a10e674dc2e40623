"""What must not be done to closed periods, snapshots and the bank's balances."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from ledger import api
from tests.factories.ledger import AT, DAY, Desk, an_awarded_desk
from tests.ledger.ddl.attacks import SQLITE, Attack
from tests.ledger.ddl.test_attacks import refused_then_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase
    from tests.ledger.ddl.raw import Raw

CLOSED = DAY - timedelta(days=1)


@pytest.fixture(scope="module")
def database(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[TemplateDatabase]:
    """One copy for all: every attack is undone."""
    with django_db_blocker.unblock(), django_db_setup.copied():
        yield django_db_setup


@pytest.fixture(scope="module")
def desk(database: TemplateDatabase) -> Desk:
    """A book closed through a day, with a balance from the bank."""
    del database
    desk = an_awarded_desk()
    desk.close(CLOSED)
    api.enter_bank_balance(
        desk.book, day=CLOSED, cents=0, document=desk.paper, actor=desk.actor, at=AT
    )
    return desk


def close(through: object, *, alone: bool = False) -> Callable[[Raw, Desk], None]:
    def run(raw: Raw, desk: Desk) -> None:
        two = desk.actor if alone else desk.approver
        raw.run(
            "INSERT INTO ledger_period"
            " (book_id, through, document_id, actor_id, approver_id, at, recorded_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            desk.book.pk,
            str(through),
            *(x.pk.hex for x in (desk.paper, desk.actor, two)),
            "2023-05-02 09:30:00" + ("" if SQLITE else "+00"),
            "2023-05-02 09:30:00" + ("" if SQLITE else "+00"),
        )

    return run


def twice(raw: Raw, _desk: Desk) -> bool:
    return int(raw.one("SELECT COUNT(*) FROM ledger_period")) > 1


def hand_made_snapshot(raw: Raw, _desk: Desk) -> None:
    raw.run(
        "INSERT INTO ledger_snapshot (period_id, account_id, seq, balance)"
        " SELECT c.id, a.id, a.version, 4242 FROM ledger_period c"
        " JOIN ledger_account a ON a.book_id = c.book_id WHERE a.version = 0 AND a.type = 'P.OWN'"
    )


def has(table: str, column: str) -> Callable[[Raw, Desk], bool]:
    return lambda raw, _desk: bool(raw.one(f"SELECT COUNT(*) FROM {table} WHERE {column} = 4242"))


def change(table: str, column: str) -> Callable[[Raw, Desk], None]:
    return lambda raw, _desk: raw.run(f"UPDATE {table} SET {column} = 4242")


def reopened(raw: Raw, _desk: Desk) -> bool:
    return bool(raw.one("SELECT COUNT(*) FROM ledger_period") == 0)


def reopen(raw: Raw, _desk: Desk) -> None:
    raw.run("DELETE FROM ledger_snapshot")
    raw.run("DELETE FROM ledger_period")


ATTACKS = [
    Attack("close backwards", ("ledger_period_guard",), close(CLOSED - timedelta(days=30)), twice),
    Attack("close a day to come", ("ledger_period_guard",), close(DAY + timedelta(days=1)), twice),
    Attack(
        "close alone",
        ("ledger_period!ledger_period_two_persons",),
        close(DAY, alone=True),
        twice,
    ),
    Attack(
        "open a period again",
        ("ledger_snapshot_no_delete", "ledger_period_no_delete"),
        reopen,
        reopened,
    ),
    Attack(
        "add a hand-made snapshot",
        ("ledger_snapshot_guard",) if SQLITE else (),
        hand_made_snapshot,
        has("ledger_snapshot", "balance"),
    ),
    Attack(
        "edit a snapshot",
        ("ledger_snapshot_no_update",),
        change("ledger_snapshot", "balance"),
        has("ledger_snapshot", "balance"),
    ),
    Attack(
        "edit what the bank said",
        ("ledger_bankbalance_no_update",),
        change("ledger_bankbalance", "cents"),
        has("ledger_bankbalance", "cents"),
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_period_attack_is_refused_and_succeeds_without_its_guard(
    attack: Attack, desk: Desk, database: TemplateDatabase
) -> None:
    refused_then_shown(attack, desk, database)
