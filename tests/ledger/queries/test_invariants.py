"""Each invariant is broken on purpose, with the guards gone, and must then name the row."""

from __future__ import annotations

import uuid
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core.ddl.installer import changing_schema, triggers
from ledger import api
from ledger.actions.checkpoint import take_checkpoint
from ledger.queries.invariants import checks
from tests.factories.ledger import AT, DAY, an_awarded_desk
from tests.ledger import stories
from tests.ledger.evidence import a_life

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase
    from tests.factories.ledger import Desk

POOL = "(SELECT id FROM ledger_account WHERE type = 'B.POOL')"
LAST = "(SELECT MAX(id) FROM ledger_entry)"
BREAKS = [
    ("I1", f"DELETE FROM ledger_entry WHERE id = {LAST}"),
    ("I1", f"UPDATE ledger_entry SET amount = amount + 1 WHERE id = {LAST}"),
    ("I2", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.POOL'"),
    ("I2", f"UPDATE ledger_entry SET seq = 99 WHERE account_id = {POOL} AND seq = 2"),
    ("I3", f"UPDATE ledger_entry SET balance_after = 1 WHERE account_id = {POOL} AND seq = 1"),
    ("I4", f"UPDATE ledger_entry SET balance_after = -1 WHERE account_id = {POOL} AND seq = 1"),
    ("I5", f"UPDATE ledger_entry SET hash = %s WHERE id = {LAST}"),
    ("I5", "UPDATE ledger_account SET head = %s WHERE type = 'B.POOL'"),
    ("I5", "UPDATE ledger_event SET effective_on = '2001-01-01' WHERE kind = 'award'"),
    ("I5", "UPDATE ledger_posting SET amount = 1 WHERE leg_no = 3"),
    ("I6", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.LAPSED'"),
    ("I7", "UPDATE ledger_account SET balance = balance + 9000000 WHERE type = 'B.COORD'"),
    ("I7", "UPDATE ledger_account SET balance = balance + 9900000 WHERE type = 'B.CALL'"),
    ("I8", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.VADV'"),
    (
        "I8",
        (
            "UPDATE ledger_entry SET amount = -1 WHERE seq = 1 AND account_id ="
            " (SELECT id FROM ledger_account WHERE type = 'B.VCH')"
        ),
    ),
    ("I9", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'L.CAP'"),
    ("I9", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'P.SREC'"),
    ("I10", "UPDATE ledger_aid SET cents = 30000001 WHERE corrects_id IS NULL"),
    ("I10", "UPDATE ledger_aid SET cents = -500001 WHERE corrects_id IS NOT NULL"),
    ("I11", "UPDATE ledger_settlement SET s_accepted = s_accepted + 1"),
    ("I11", "UPDATE ledger_settlement SET payable = payable - 1, coord_part = coord_part - 1"),
    ("I12", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'P.EUREC'"),
    ("I12", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'P.INCOME'"),
    ("I13", "UPDATE ledger_event SET legs = legs + 1 WHERE kind = 'award'"),
    ("I14", "UPDATE ledger_event SET approver_id = actor_id WHERE kind = 'award'"),
    ("I15", "UPDATE ledger_bankbalance SET cents = cents + 1"),
    ("I16", "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.APPR'"),
    ("I20", "UPDATE ledger_checkpoint SET signature = %s"),
    ("I19", "UPDATE ledger_chartline SET normal = 1 WHERE type = 'B.POOL'"),
    ("I19", "DELETE FROM ledger_postingrule WHERE kind = 'award'"),
    ("I17", "UPDATE ledger_account SET balance = balance + 900000 WHERE type = 'P.SEXP'"),
    ("I18", "UPDATE ledger_snapshot SET balance = balance + 1"),
    ("I18", "UPDATE ledger_event SET effective_on = '2001-01-01' WHERE kind = 'award'"),
]


def an_aid(desk: Desk) -> None:
    """The voucher counts as aid; a part of it was never used."""
    issued = desk.book.events.get(kind=stories.K.VOUCHER_ISSUED)
    grant = api.AidGrant(
        uuid.uuid4(), uuid.uuid4(), [], "BE", DAY, 500_000, desk.paper, event=issued
    )
    aid = api.register_aid(grant, actor=desk.actor, at=AT)
    correction = api.AidCorrection(uuid.uuid4(), aid, 1_000, desk.paper, event=issued)
    api.correct_aid(correction, actor=desk.actor, at=AT)


@pytest.fixture(scope="module")
def desk(django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """A life in a copy that this connection owns; what the tests do to it is undone."""
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock(), django_db_setup.copied():
        role = options.pop("assume_role", None)
        connection.close()
        desk = a_life()
        an_aid(desk)
        take_checkpoint(at=AT)
        yield desk
        connection.close()
        if role:
            options["assume_role"] = role


def unguarded(statement: str) -> None:
    """As somebody who owns the file or the database: no trigger, no constraint, one change."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.set_authorizer(None)
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            for name in triggers(connection):
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'ledger%'"
            )
            for (table,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                "SELECT conname, conrelid::regclass::text FROM pg_constraint"
                " WHERE contype IN ('c', 'f') AND conrelid::regclass::text LIKE 'ledger%'"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(statement, [bytes(32)] if "%s" in statement else None)


@pytest.mark.parametrize(("rule", "statement"), BREAKS)
def test_a_change_behind_the_guards_is_found(rule: str, statement: str, desk: Desk) -> None:
    assert api.invariants() == []
    with transaction.atomic():
        unguarded(statement)
        assert rule in {violation.rule for violation in api.invariants()}
        if rule not in {"I19", "I20"}:  # of the whole ledger
            assert rule in {violation.rule for violation in api.invariants(desk.book)}
        with pytest.raises(CommandError, match="violations; the first is"):
            call_command("verify_ledger", stdout=StringIO())
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_check_is_broken_by_some_change() -> None:
    entry_by_entry = {"I2", "I3", "I4", "I5", "I13", "I19", "I20"}
    assert {rule for rule, _ in checks()} | entry_by_entry == {rule for rule, _ in BREAKS}


@pytest.mark.django_db
def test_one_book_is_checked_alone_and_the_command_says_what_it_did() -> None:
    book = a_life().book
    other = stories.with_voucher().book
    out = StringIO()
    call_command("verify_ledger", book=book.code, stdout=out)
    call_command("verify_ledger", stdout=out)
    one, both = out.getvalue().splitlines()
    assert one.startswith("1 books, ")
    assert both.startswith("2 books, ")
    assert one.endswith("checks and the chain hold.")
    assert api.invariants(other) == []
    with pytest.raises(CommandError, match="There is no book EC-none"):
        call_command("verify_ledger", book="EC-none")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests' role owns no trigger")
def test_the_first_bad_link_is_named() -> None:
    desk = a_life()
    with changing_schema(connection), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_event_no_update")
        cursor.execute("UPDATE ledger_event SET approver_id = NULL WHERE kind = 'sme_call_opened'")
    found = {v.subject for v in api.invariants() if v.rule == "I5"}
    code = desk.book.code
    assert found == {
        f"{code}/B.POOL entry 2: its hash is not of what it says",
        f"{code}/B.CALL[call] entry 1: its hash is not of what it says",
    }


@pytest.mark.django_db
def test_nothing_is_wrong_where_nothing_is() -> None:
    assert api.invariants() == []
    assert api.invariants(an_awarded_desk().book) == []
