"""Safeguards taken away on purpose: the judge must see each loss.

``python -m tests.ledger.hammer --control floors`` then ends with 1 and counts what was overspent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from tests.ledger.hammer.site import Site

EXPECTED = {
    "floors": "overspent",
    "keys": "doubled",
    "order": "deadlocks",
    "locks": "violations",
    "durability": "lost",
}
"""What the judge counts without each safeguard. ``durability`` is a setting of the server."""
FLOOR = "ledger_refuse('the account would fall below its floor')"
USED = "ledger_refuse('this key has been used')"
LOCKED = "ORDER BY id FOR NO KEY UPDATE"
ANY_ORDER = "ORDER BY random() FOR NO KEY UPDATE"


def take_away(site: Site, control: str) -> None:
    """The owner removes one safeguard, for good: the database is thrown away afterwards."""
    site.connect(owner=True)
    if connection.vendor == "sqlite":
        _on_sqlite(control)
    else:
        _on_postgresql(control)
    site.connect(owner=False)


def _on_postgresql(control: str) -> None:
    if control == "floors":
        _edit(FLOOR, "ledger_name('')")
        _run('ALTER TABLE ledger_account DROP CONSTRAINT "ledger_account_floor"')
    elif control == "keys":
        _edit(USED, "ledger_name('')")
        _run('ALTER TABLE ledger_event DROP CONSTRAINT "ledger_event_idem_key"')
    elif control == "order":
        _edit(LOCKED, ANY_ORDER)
    elif control == "locks":
        _edit(LOCKED, "ORDER BY id")
        _run('ALTER TABLE ledger_entry DROP CONSTRAINT "ledger_entry_seq_once"')


def _on_sqlite(control: str) -> None:
    assert control == "floors", "the others are shown on PostgreSQL"
    with connection.cursor() as cursor:
        assert connection.connection
        connection.connection.set_authorizer(None)
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_entry_guard'")
        guard = str(cursor.fetchone()[0])
        cursor.execute("DROP TRIGGER ledger_entry_guard")
        cursor.execute(guard.replace("NEW.balance_after < a.min_balance", "0"))
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '\"balance\" >= (\"min_balance\")', '1')"
            " WHERE name = 'ledger_account'"
        )
    connection.close()


def _edit(old: str, new: str) -> None:
    """Replace ``old`` in every function of the ledger."""
    query = (
        "SELECT p.oid::regprocedure, pg_get_functiondef(p.oid) FROM pg_proc p"
        " WHERE p.proname LIKE 'ledger\\_%%' AND p.prokind = 'f' AND p.prosrc LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [f"%{old}%"])
        found = cursor.fetchall()
        assert found, f"no function says {old}"
        for _name, text in found:
            cursor.execute(text.replace(old, new))


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
