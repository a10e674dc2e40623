"""SQLite as the product needs it: durable, one writer, and no way around a constraint.

SQLite has no roles, so the connection itself refuses what the application never needs:
changing the schema outside ``migrate``, and the pragmas that switch constraints off. Triggers
may call functions that apps register in ``core.backends.sqlite3.functions``; a foreign shell
lacks them and cannot insert into the tables that use them.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base

from core.backends.sqlite3 import functions

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
)
_SCHEMA_VERBS = ("CREATE_", "DROP_", "ALTER_")
_SCHEMA = frozenset(
    code
    for name, code in vars(sqlite3).items()
    if name.startswith("SQLITE_") and name.removeprefix("SQLITE_").startswith(_SCHEMA_VERBS)
) | {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
_NEVER = frozenset({"ignore_check_constraints", "writable_schema"})
_ONLY_READ = frozenset(
    {"foreign_keys", "recursive_triggers", "legacy_alter_table", "synchronous", "journal_mode"}
)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with the guards of this product; ``vendor`` stays ``sqlite``."""

    schema_open = False
    transaction_mode: str | None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return {"timeout": 20, "cached_statements": 2048, **params}

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        for pragma in _START:
            connection.execute(pragma)
        for name, (arguments, function) in functions.registered.items():
            connection.create_function(name, arguments, function, deterministic=True)
        connection.set_authorizer(self._authorize)
        return connection

    @contextmanager
    def changing_schema(self) -> Iterator[None]:
        """Allow schema changes; for ``migrate`` alone."""
        before, self.schema_open = self.schema_open, True
        try:
            yield
        finally:
            self.schema_open = before

    def _authorize(
        self, action: int, first: str | None, second: str | None, *_where: str | None
    ) -> int:
        if action == sqlite3.SQLITE_PRAGMA:
            return self._authorize_pragma(str(first).lower(), changes=second is not None)
        if action in _SCHEMA and not self.schema_open:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    def _authorize_pragma(self, name: str, *, changes: bool) -> int:
        refused = name in _NEVER or (name in _ONLY_READ and changes and not self.schema_open)
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
