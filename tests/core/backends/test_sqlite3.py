"""What the application's connection refuses on SQLite, where there are no roles."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from core.backends.sqlite3 import functions
from core.models import Person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles"),
]


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ledger_entry_guard",
        "DROP TABLE ledger_entry",
        "ALTER TABLE ledger_entry RENAME TO gone",
        "CREATE TABLE other (id INTEGER)",
        "CREATE TEMP TABLE other (id INTEGER)",
        "CREATE VIEW other AS SELECT 1",
        "CREATE INDEX other ON ledger_entry (amount)",
        "CREATE TRIGGER other AFTER INSERT ON ledger_entry BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER other AFTER INSERT ON ledger_entry BEGIN SELECT 1; END",
        "ATTACH ':memory:' AS other",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA writable_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA synchronous = OFF",
    ],
)
def test_refused_outside_migrate(statement: str) -> None:
    with pytest.raises(DatabaseError, match="not authorized"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_schema_can_be_changed_while_it_is_opened_and_not_afterwards() -> None:
    with connection.changing_schema(), connection.cursor() as cursor:  # type: ignore[attr-defined]  # our wrapper
        cursor.execute("CREATE TABLE other (id INTEGER)")
        cursor.execute("DROP TABLE other")
        with pytest.raises(DatabaseError, match="not authorized"):
            cursor.execute("PRAGMA writable_schema = ON")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE other (id INTEGER)")


def test_constraints_and_triggers_are_on() -> None:
    assert pragma("foreign_keys") == 1
    assert pragma("recursive_triggers") == 1
    assert pragma("synchronous") == 2


def test_transactions_take_the_write_lock_at_once() -> None:
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]  # of sqlite3
    params = connection.get_connection_params()
    assert params["timeout"] == 20


def test_registered_functions_are_known_in_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "registered", dict(functions.registered))
    functions.register("twice", arguments=1, function=lambda x: 2 * x)
    assert functions.registered["twice"][0] == 1
    raw = connection.get_new_connection(connection.get_connection_params())
    assert raw.execute("SELECT twice(21)").fetchone()[0] == 42
    raw.close()


def test_a_foreign_shell_lacks_the_functions_of_the_triggers() -> None:
    import sqlite3

    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        sqlite3.connect(":memory:").execute("SELECT ledger_link()")


def test_ordinary_work_goes_on() -> None:
    with transaction.atomic():
        Person.objects.create_user("someone@example.org", full_name="Some One")
    assert Person.objects.filter(email="someone@example.org").update(full_name="Other") == 1
