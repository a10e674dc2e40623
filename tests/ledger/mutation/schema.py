"""Mutants of what the database keeps: one refusal, one constraint, one guard less.

Each is put in place inside a transaction, on a connection that may change the schema for as long,
and goes with it. The text is the installed one's, from ``ledger/ddl``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import CheckConstraint

from core.ddl.installer import triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

SQLITE = connection.vendor == "sqlite"
TOPICS = ("events", "settlements")
TABLES = frozenset(
    f"ledger_{name}"
    for name in "account book chartline entry event posting postingrule settlement".split()  # noqa: SIM905  one line
)
INCOME = "income is what the formula pays"
DDL = Path(apps.get_app_config("ledger").path) / "ddl"
_TRIGGER = re.compile(r"(?ms)^CREATE TRIGGER (\w+).*?\nEND;$")
_FUNCTION = re.compile(
    r"(?ms)^CREATE OR REPLACE FUNCTION (\w+)(?:(?!\$\$;$).)*?AS \$\$(?:(?!\$\$;$).)*?\nEND \$\$;$"
)
_RAISED = re.compile(r"(?ms)SELECT RAISE\(ABORT, 'ledger: ((?:[^']|'')+)'\).*?;$")
_PERFORMED = re.compile(r"PERFORM ledger_refuse\('((?:[^']|'')+)'\);")
_ROUNDED = re.compile(r"/ (?:\w+\.)?share_n\b")
RESET = "PRAGMA writable_schema = RESET"
"""SQLite reads its schema again, as it stands or as it stands again."""
NO_GUARD = re.compile(r"^ledger_\w+_no_(update|delete|replace|truncate|insert)$")


@dataclass(frozen=True)
class Mutant:
    """``statements`` make it; ``about`` is the reason, constraint or guard that is gone."""

    name: str
    about: str
    statements: tuple[str, ...]

    @contextmanager
    def applied(self) -> Iterator[None]:
        """In place until the block ends; nothing of it, or of what is done meanwhile, is kept."""
        with undone(self.statements):
            yield


@contextmanager
def undone(statements: tuple[str, ...]) -> Iterator[None]:
    """The owner's ``statements`` hold inside the block alone."""
    try:
        with transaction.atomic():
            with as_owner():
                run(*statements)
            yield
            transaction.set_rollback(True)
    finally:
        if RESET in statements:
            with as_owner():
                run(RESET)


@contextmanager
def as_owner() -> Iterator[None]:
    """May change the schema; afterwards the connection is the application's again."""
    if SQLITE:
        raw: Any = connection.connection
        with connection.changing_schema():  # type: ignore[attr-defined]  # the product's own
            raw.set_authorizer(None)
            try:
                yield
            finally:
                raw.set_authorizer(connection._authorize)  # type: ignore[attr-defined]  # the product's own
        return
    # What waits for the commit is checked now: a table it waits for cannot be altered.
    run("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED", "SET LOCAL ROLE NONE")
    yield
    run("SET LOCAL ROLE trellis_app")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def mutants() -> Iterator[Mutant]:
    for topic in TOPICS:
        text = (DDL / topic / ("sqlite.sql" if SQLITE else "postgresql.sql")).read_text()
        yield from _of_text(text)
        if not SQLITE:
            yield from _triggers(text)
    yield from _guards()
    yield from constraints()


def _of_text(text: str) -> Iterator[Mutant]:
    refusal, instead = (_RAISED, "SELECT 1;") if SQLITE else (_PERFORMED, "NULL;")
    for part in (_TRIGGER if SQLITE else _FUNCTION).finditer(text):
        name, whole = part.group(1), part.group()
        for number, found in enumerate(refusal.finditer(whole), start=1):
            about = found.group(1).replace("''", "'")
            made = whole[: found.start()] + instead + whole[found.end() :]
            yield _remade(name, f"refusal {number} left out: {about}", about, made)
        for number, found in enumerate(_ROUNDED.finditer(whole), start=1):
            made = whole[: found.end()] + " + 1" + whole[found.end() :]
            yield _remade(name, f"rounding {number} one cent up", INCOME, made)


def _remade(name: str, words: str, about: str, text: str) -> Mutant:
    before = (f'DROP TRIGGER IF EXISTS "{name}"',) if SQLITE else ()
    return Mutant(f"{name}: {words}", about, (*before, text))


def _triggers(text: str) -> Iterator[Mutant]:
    """On PostgreSQL, where functions are apart from what calls them."""
    for name, table in re.findall(r"TRIGGER (\w+) (?:BEFORE|AFTER) [A-Z ]+ ON (\w+)", text):
        yield Mutant(f"{name}: dropped", name, (f'DROP TRIGGER "{name}" ON {table}',))


def _guards() -> Iterator[Mutant]:
    """Append-only tables: each trigger that refuses a verb."""
    for name in sorted(filter(NO_GUARD.match, triggers(connection))):
        table = name.rpartition("_no_")[0]
        if table not in TABLES:
            continue
        drop = f'DROP TRIGGER "{name}"' + ("" if SQLITE else f" ON {table}")
        yield Mutant(f"{name}: dropped", name, (drop,))


def constraints() -> Iterator[Mutant]:
    """Every CHECK; on PostgreSQL every UNIQUE too, which SQLite cannot lose alone."""
    for model in apps.get_app_config("ledger").get_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints if table in TABLES else ():
            name = str(constraint.name)
            if isinstance(constraint, CheckConstraint):
                yield Mutant(f"{table}: {name} dropped", name, _without(table, name))
    for name, table, _columns in () if SQLITE else uniques():
        yield Mutant(f"{table}: {name} dropped", name, _dropped(table, name))


def uniques() -> list[tuple[str, str, list[str]]]:
    """Name, table and columns of every UNIQUE, primary keys left out."""
    query = """
        SELECT c.conname, c.conrelid::regclass::text, array_agg(a.attname::text)
          FROM pg_constraint c JOIN pg_attribute a
            ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
         WHERE c.contype = 'u' GROUP BY 1, 2 ORDER BY 2, 1"""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row for row in cursor.fetchall() if row[1] in TABLES]


def _dropped(table: str, constraint: str) -> tuple[str, ...]:
    return (f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{constraint}"',)


def _without(table: str, constraint: str) -> tuple[str, ...]:
    """On SQLite the table's own text with one CHECK made true."""
    if not SQLITE:
        return _dropped(table, constraint)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        text = str(cursor.fetchone()[0])
    start = text.index(f'CONSTRAINT "{constraint}" CHECK ')
    end = start = start + len(f'CONSTRAINT "{constraint}" CHECK ')
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
        if not depth:
            break
    old = text[start:end].replace("'", "''").replace("%", "%%")
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '(1)') WHERE name = '{table}'",
        RESET,
    )
