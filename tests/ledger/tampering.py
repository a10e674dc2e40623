"""Changes that somebody makes who owns the database: no trigger and no constraint in the way."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from ledger.queries.attested import TABLES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator


@dataclass
class Edit:
    """Statements, and words of which one must be in what is reported."""

    name: str
    statements: list[tuple[str, list[Any]]]
    words: set[str]


class Owner:
    """Somebody with the whole database in their hands; ``changed`` undoes what they did."""

    def __init__(self) -> None:
        self.sqlite = connection.vendor == "sqlite"
        self.tables = {
            model._meta.db_table: model for model in apps.get_app_config("ledger").get_models()
        }
        if self.sqlite:
            connection.ensure_connection()
            self.raw = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            self.raw.execute("PRAGMA ignore_check_constraints = ON")
            found = self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in found.fetchall():
                self.raw.execute(f'DROP TRIGGER "{name}"')
            self.pristine = sqlite3.connect(":memory:")
            self.raw.backup(self.pristine)
        else:
            with connection.cursor() as cursor:
                for table in self.tables:
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(
                    "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype IN"
                    " ('c', 'f', 'u') AND conrelid::regclass::text LIKE 'ledger%' ORDER BY 1"
                )
                for name, table in cursor.fetchall():
                    cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')

    def says_nothing(self, table: str, column: str) -> bool:
        """Whether it is a serial number that nothing refers to."""
        model = self.tables[table]
        fields = [f for other in self.tables.values() for f in other._meta.concrete_fields]
        pointed_at = any(field.related_model is model for field in fields)
        return column == self.pk(table) and column == "id" and not pointed_at

    def pk(self, table: str) -> str:
        return {"ledger_checkpoint": "n", "ledger_chartline": "type"}.get(table, "id")

    def close(self) -> None:
        if self.sqlite:
            self.raw.close()
            self.pristine.close()

    @contextmanager
    def changed(self, edit: Edit) -> Iterator[bool]:
        """Whether the database let them: on SQLite a unique key can't be taken away."""
        if self.sqlite:
            try:
                yield self._do(self.raw.execute, edit)
            finally:
                self.pristine.backup(self.raw)
            return
        with transaction.atomic(), connection.cursor() as cursor:
            yield self._do(cursor.execute, edit)
            transaction.set_rollback(True)

    def apply(self, edit: Edit) -> None:
        """Inside ``changed``: one more change."""
        if self.sqlite:
            assert self._do(self.raw.execute, edit)
            return
        with connection.cursor() as cursor:
            assert self._do(cursor.execute, edit)

    def _do(self, execute: Any, edit: Edit) -> bool:
        try:
            for statement, arguments in edit.statements:
                execute(statement.replace("%s", "?") if self.sqlite else statement, arguments)
        except (sqlite3.IntegrityError, DatabaseError):
            return False
        return True


def an_edit(owner: Owner, chance: random.Random) -> Edit | None:
    """Any column of any row of any table changed, a row deleted, or two rows exchanged."""
    table = chance.choice(sorted(owner.tables))
    rows = _rows(table)
    if not rows:
        return None
    kind = chance.choice(["column", "column", "column", "delete", "swap"])
    row = chance.choice(rows)
    if kind == "delete":
        return Edit(f"delete {table}", [_delete(owner, table, row)], words(table, row))
    if kind == "swap":
        return _swap(owner, table, row, chance.choice(rows))
    field = chance.choice(owner.tables[table]._meta.concrete_fields)
    column = str(field.column)
    value = _other(field, row[column], chance.choice(rows)[column], chance)
    untold = owner.says_nothing(table, column) or (column == "id" and row.get("version") == 0)
    if untold or _same(value, row[column]) or _is_lawful(table, column, row):
        return None
    changed = {**row, column: value}
    return Edit(
        f"{table}.{column}: {row[column]!r} -> {value!r}",
        [_update(owner, table, row, {column: value})],
        words(table, row) | words(table, changed),
    )


def _swap(owner: Owner, table: str, one: dict[str, Any], two: dict[str, Any]) -> Edit | None:
    """Two entries get what the other says, and stay where they are in their accounts."""
    stays = {"id", "account_id", "seq"}
    rests = [{name: row[name] for name in row if name not in stays} for row in (one, two)]
    if table != "ledger_entry" or rests[0] == rests[1]:
        return None
    return Edit(
        f"swap {table}",
        [_update(owner, table, one, rests[1]), _update(owner, table, two, rests[0])],
        words(table, one) | words(table, two),
    )


def _rows(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def words(table: str, row: dict[str, Any]) -> set[str]:
    """What may name this row in a report."""
    found: set[str] = _WORDS[table](row) if table in _WORDS else set()
    names = {apps.get_model(it.label)._meta.db_table: name for name, it in TABLES.items()}
    return found | ({f"{names[table]} "} if table in names else set())


def _list_words(row: dict[str, Any]) -> set[str]:
    return {str(row.get("kind", row.get("type")))}


def _posting_words(row: dict[str, Any]) -> set[str]:
    own = _entries("n.posting_id", row["id"]) | _entries("p.event_id", row["event_id"])
    return {f"posting {row['id']}", *own, *_idems(row["event_id"])}


def _entry_words(row: dict[str, Any]) -> set[str]:
    found = {f"entry {row['id']} "}
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM ledger_account WHERE id = %s", [row["account_id"]])
        for (code,) in cursor.fetchall():
            found |= {f"{code} entry {row['seq']}:", f"{code}:", f"{code} entry {row['seq'] + 1}:"}
        cursor.execute("SELECT event_id FROM ledger_posting WHERE id = %s", [row["posting_id"]])
        for (event,) in cursor.fetchall():
            found |= _idems(event)
    return found


def _idems(event: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT idem FROM ledger_event WHERE id = %s", [event])
        return {_hex(idem) for (idem,) in cursor.fetchall()}


def _entries(column: str, value: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.code, n.seq FROM ledger_entry n JOIN ledger_account a ON a.id = n.account_id"
            f" JOIN ledger_posting p ON p.id = n.posting_id WHERE {column} = %s",
            [value],
        )
        return {f"{code} entry {seq}:" for code, seq in cursor.fetchall()}


def _update(
    owner: Owner, table: str, row: dict[str, Any], values: dict[str, Any]
) -> tuple[str, list[Any]]:
    pk = owner.pk(table)
    sets = ", ".join(f'"{name}" = %s' for name in values)
    arguments = [_sent(value) for value in (*values.values(), row[pk])]
    return f'UPDATE {table} SET {sets} WHERE "{pk}" = %s', arguments


def _delete(owner: Owner, table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
    pk = owner.pk(table)
    return f'DELETE FROM {table} WHERE "{pk}" = %s', [row[pk]]


def _other(field: models.Field[Any, Any], value: Any, elsewhere: Any, chance: random.Random) -> Any:
    """Another value of the same type, or the one of another row."""
    if chance.random() < 0.3 and elsewhere is not None:
        return elsewhere
    if isinstance(field, models.JSONField):
        return _other_amount(value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.BinaryField):
        return _other_bytes(value, chance)
    if isinstance(field, models.UUIDField) or (field.is_relation and _is_key(value)):
        return UUID(int=chance.getrandbits(128), version=4)
    return _other_plain(value, chance)


def _other_plain(value: Any, chance: random.Random) -> Any:
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.choice([-1, 1, 10**6, 86_400 * 10**6]))
    if isinstance(value, date):
        return value + timedelta(days=chance.choice([-30, -1, 1, 365]))
    if isinstance(value, int) or value is None:
        return (value or 0) + chance.choice([-1, 1, 2, 10, 1000])
    return _other_text(str(value), chance)


def _other_bytes(value: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(value)
    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _other_amount(value: Any) -> str:
    """The amount of the first leg, one cent more."""
    lines = json.loads(value) if isinstance(value, str) else value
    lines[0][4] += 1
    return json.dumps(lines)


def _other_text(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("0123456789abcdef") + text[at + 1 :]


def _is_key(value: Any) -> bool:
    return isinstance(value, UUID) or (isinstance(value, str) and len(value) == 32)


def _is_lawful(table: str, column: str, row: dict[str, Any]) -> bool:
    """Closing an empty account of a voucher is what the application may do too."""
    return (
        f"{table}.{column}" == "ledger_account.closed"
        and not row["closed"]
        and not row["balance"]
        and row["key"] != ""
    )


def _same(one: Any, two: Any) -> bool:
    return bool(_sent(one) == _sent(two))


def _sent(value: Any) -> Any:
    """As the database keeps it: SQLite's UUIDs are hex, its instants text."""
    if isinstance(value, memoryview):
        return bytes(value)
    if connection.vendor == "sqlite":
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return str(value.replace(tzinfo=None))
        if isinstance(value, date):
            return value.isoformat()
    return value


def _hex(value: Any) -> str:
    return value.hex if isinstance(value, UUID) else str(value)


_WORDS: dict[str, Callable[[dict[str, Any]], set[str]]] = {
    "ledger_book": lambda row: {row["code"]},
    "ledger_account": lambda row: {row["code"]},
    "ledger_event": lambda row: {_hex(row["idem"]), *_entries("p.event_id", row["id"])},
    "ledger_posting": _posting_words,
    "ledger_entry": _entry_words,
    "ledger_settlement": lambda _row: {"settlement"},
    "ledger_period": lambda _row: {"snapshots "},
    "ledger_chartline": _list_words,
    "ledger_postingrule": _list_words,
    "ledger_checkpoint": lambda row: {f"checkpoint {row['n']}"},
    "ledger_checkpointhead": lambda row: {f"checkpoint {row['checkpoint_id']}", row["code"]},
    "ledger_checkpointrow": lambda row: {f"checkpoint {row['checkpoint_id']}", row["key"]},
}
