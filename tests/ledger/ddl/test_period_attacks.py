"""What must not be done to closed periods, snapshots and the bank's balances."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from ledger import api
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, DAY, Desk, an_awarded_desk
from tests.ledger.ddl.attacks import SQLITE, Attack, a_posting, posted
from tests.ledger.ddl.raw import undone
from tests.ledger.ddl.test_attacks import refused_then_shown
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase
    from tests.ledger.ddl.raw import Raw

CLOSED = DAY
LATER = AT + timedelta(days=3)


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
    desk.close(CLOSED, at=LATER)
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
            *["2023-05-05 09:30:00" + ("" if SQLITE else "+00")] * 2,
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


IN_PERIOD = "ledger_event_period: the day of the event lies in a closed period"
OVER = "ledger_period_guard: a period is closed once its last day has come"
TWICE = "ledger_period_guard: the book is closed through that day already"
BY_HAND = "ledger_snapshot_guard: a snapshot is what its entries add up to"
ATTACKS = [
    Attack(
        "post into a closed period",
        (IN_PERIOD,),
        a_posting(K.SME_CALL_OPENED, (T.POOL, ""), (T.CALL, "k"), 77),
        posted(77),
    ),
    Attack("close backwards", (TWICE,), close(CLOSED - timedelta(days=30)), twice),
    Attack("close a day to come", (OVER,), close(DAY + timedelta(days=4)), twice),
    Attack(
        "close alone",
        ("ledger_period!ledger_period_two_persons",),
        close(DAY + timedelta(days=1), alone=True),
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
        (BY_HAND,) if SQLITE else (),
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


@pytest.mark.skipif(SQLITE, reason="SQLite has one isolation")
@pytest.mark.parametrize(
    "run",
    [
        a_posting(K.SME_CALL_OPENED, (T.POOL, ""), (T.CALL, "k"), 77),
        close(DAY + timedelta(days=1)),
    ],
)
def test_who_cannot_see_what_others_commit_neither_posts_nor_closes(
    run: Callable[[Raw, Desk], None], desk: Desk, database: TemplateDatabase
) -> None:
    with undone(database.application()) as raw:
        raw.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(psycopg.IntegrityError, match="sees what others commit"):
            run(raw, desk)
