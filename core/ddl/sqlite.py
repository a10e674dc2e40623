"""Triggers on SQLite.

A trigger that refuses UPDATE and DELETE is not enough there: ``INSERT OR REPLACE`` deletes
the old row without asking the delete trigger. So an insert whose key exists is refused too.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from django.db.models import UniqueConstraint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

    from core.ddl import Protection, Script

_NAME = re.compile(r"CREATE TRIGGER (\w+)")


def triggers(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


def drop_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """All of them, and their texts: only this installer makes triggers here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        found = dict(cursor.fetchall())
    for name in found:
        _execute(connection, f'DROP TRIGGER "{name}"')
    return list(found.values())


def put_back(connection: BaseDatabaseWrapper, texts: Iterable[str]) -> None:
    for text in texts:
        _execute(connection, text)


def protect(connection: BaseDatabaseWrapper, *, model: type[Model], protection: Protection) -> None:
    for statement in protection_statements(model=model, protection=protection):
        _execute(connection, statement)


def run(connection: BaseDatabaseWrapper, *, script: Script) -> None:
    for statement in script_statements(script):
        _execute(connection, statement)


def grant(connection: BaseDatabaseWrapper, *, protections: list[tuple[Any, Protection]]) -> None:
    """SQLite has no roles; the connection's authorizer stands in."""


def protection_triggers(*, model: type[Model], protection: Protection) -> set[str]:
    statements = protection_statements(model=model, protection=protection)
    return {name for statement in statements for name in _NAME.findall(statement)}


def script_triggers(script: Script) -> set[str]:
    return {name for statement in script_statements(script) for name in _NAME.findall(statement)}


def protection_statements(*, model: type[Model], protection: Protection) -> Iterator[str]:
    table = model._meta.db_table
    for verb in sorted(protection.refused):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN"
            f" SELECT RAISE(ABORT, '{table} refuses {verb}'); END"
        )
    if "INSERT" not in protection.refused:
        same = " OR ".join(_same_key(model))
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN"  # noqa: S608  own names
            f" SELECT RAISE(ABORT, '{table} refuses to replace a row')"
            f" WHERE EXISTS (SELECT 1 FROM {table} AS old WHERE {same}); END"
        )


def script_statements(script: Script) -> Iterator[str]:
    """The statements of the file; semicolons inside a trigger do not end one."""
    lines: list[str] = []
    for line in (script.folder / "sqlite.sql").read_text().splitlines():
        lines.append(line)
        if sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines = []


def _same_key(model: type[Model]) -> Iterator[str]:
    meta = model._meta
    fields = {field.name: field for field in meta.concrete_fields}
    keys = [[field.column] for field in fields.values() if field.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and not constraint.condition:
            keys += [[fields[name].column for name in constraint.fields]]
    for columns in filter(None, keys):
        yield "(" + " AND ".join(f'old."{name}" = NEW."{name}"' for name in columns) + ")"


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
