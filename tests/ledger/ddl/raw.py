"""Statements without Django on a raw connection, all undone afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Raw:
    """``%s`` stands for an argument on both databases."""

    connection: Any

    @property
    def sqlite(self) -> bool:
        return isinstance(self.connection, sqlite3.Connection)

    def run(self, statement: str, *arguments: object) -> Any:
        text = statement.replace("%s", "?") if self.sqlite else statement
        return self.connection.execute(text, arguments)

    def one(self, query: str, *arguments: object) -> Any:
        return self.run(query, *arguments).fetchone()[0]

    def drop(self, guard: str) -> None:
        """Take one guard away: ``trigger``, ``table!constraint`` or ``trigger: reason``."""
        table, _, constraint = guard.partition("!")
        trigger, _, reason = guard.partition(": ")
        if reason:
            self.silence(trigger, reason)
            return
        if constraint and self.sqlite:
            self.run("PRAGMA ignore_check_constraints = ON")
        elif constraint:
            self.run(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        elif self.sqlite:
            self.run(f'DROP TRIGGER "{guard}"')
        else:
            of = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s"
            self.run(f'DROP TRIGGER "{guard}" ON {self.one(of, guard)}')

    def silence(self, name: str, reason: str) -> None:
        """Let a trigger (PostgreSQL: a function) pass where it refuses for ``reason``."""
        if self.sqlite:
            text = self.one("SELECT sql FROM sqlite_master WHERE name = %s", name)
            found = f"RAISE(ABORT, 'ledger: {reason}')"
        else:
            text = self.one("SELECT pg_get_functiondef(%s::regproc)", name)
            found = f"PERFORM ledger_refuse('{reason}')"
        assert found in text, f"{name} does not refuse for: {reason}"
        if self.sqlite:
            self.run(f'DROP TRIGGER "{name}"')
        self.run(text.replace(found, "1" if self.sqlite else "NULL"))


@contextmanager
def undone(connection: Any) -> Iterator[Raw]:
    """One transaction on ``connection``; nothing of it is kept."""
    raw = Raw(connection)
    raw.run("BEGIN")
    try:
        yield raw
    finally:
        connection.rollback()
        connection.close()
