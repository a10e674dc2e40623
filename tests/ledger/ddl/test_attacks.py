"""Statements on a second raw connection of the application.

Each is refused; and each is shown to succeed once its own guards, and no others, are gone, so
that none is refused for another reason.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest

from ledger import api
from ledger.rules.chart import AccountType as T
from tests.ledger import stories
from tests.ledger.ddl.attacks import ATTACKS, SETTLEMENTS, SQLITE, Attack
from tests.ledger.ddl.odd_rows import CLOSED, ODD_ROWS
from tests.ledger.ddl.raw import undone
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase
    from tests.factories.ledger import Desk


@pytest.fixture(scope="module")
def database(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[TemplateDatabase]:
    """One copy for all: every attack is undone."""
    with django_db_blocker.unblock(), django_db_setup.copied():
        yield django_db_setup


@pytest.fixture(scope="module")
def desk(database: TemplateDatabase) -> Desk:
    """A voucher of 500 000 with an advance taken back, all open; another, untouched."""
    del database
    desk = stories.with_voucher(amount=500_000)
    stories.award(desk, amount=500_000, application="second")
    stories.issue(desk, amount=500_000, application="second", voucher="other")
    stories.order_advance(desk, amount=100_000)
    stories.claim(desk, claimed=100_000, advance=100_000)
    legs = api.legs.claim_refused(
        desk.book.pk, voucher=stories.VOUCHER, claimed=100_000, advance=100_000
    )
    desk.post(K.CLAIM_REFUSED, legs)
    for pair, keys in (((T.POOL, T.CALL), ("", CLOSED)), ((T.CALL, T.POOL), (CLOSED, ""))):
        kind = K.SME_CALL_OPENED if pair[0] is T.POOL else K.SME_CALL_DONE
        desk.move(kind, pair, 9, keys=keys)
    api.close([api.AccountRef(desk.book.pk, T.CALL, CLOSED)])
    return desk


@pytest.fixture(scope="module")
def settled_desk(database: TemplateDatabase) -> Desk:
    """S = 500 000 and C = 200 000, ready to be settled."""
    del database
    return stories.settled(support=500_000, coordination=200_000)


def refused_then_shown(attack: Attack, desk: Desk, database: TemplateDatabase) -> None:
    if attack.sqlite_alone and not SQLITE:
        pytest.skip("a way that only SQLite has")
    with undone(database.owner()) as raw:
        for guard in attack.guards:
            raw.drop(guard)
        attack.run(raw, desk)
        assert attack.done(raw, desk)
    with undone(database.application()) as raw:
        assert not attack.done(raw, desk)
        with pytest.raises((sqlite3.DatabaseError, psycopg.DatabaseError)):
            attack.run(raw, desk)
    with undone(database.application()) as raw:
        assert not attack.done(raw, desk)


@pytest.mark.parametrize("attack", [*ATTACKS, *ODD_ROWS], ids=str)
def test_attack_is_refused_and_succeeds_without_its_guard(
    attack: Attack, desk: Desk, database: TemplateDatabase
) -> None:
    refused_then_shown(attack, desk, database)


@pytest.mark.parametrize("attack", SETTLEMENTS, ids=str)
def test_settlement_is_refused_and_succeeds_without_its_guard(
    attack: Attack, settled_desk: Desk, database: TemplateDatabase
) -> None:
    refused_then_shown(attack, settled_desk, database)
