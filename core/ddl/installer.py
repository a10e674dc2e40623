"""Puts triggers and rights in place; the same call twice changes nothing."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connections, transaction
from django.utils.module_loading import autodiscover_modules

from core import ddl
from core.ddl import postgresql, sqlite
from core.models import TransitionBase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

    from core.ddl import Protection, Script

_DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def install(using: str) -> None:
    """Replace every trigger of ours by what the code says now.

    Tables that do not exist yet (a migration of one app alone) are left for the next run.
    """
    connection = connections[using]
    dialect = _DIALECTS[connection.vendor]
    tables = set(connection.introspection.table_names())
    protections = [(m, p) for m, p in protected() if m._meta.db_table in tables]
    scripts = [script for script in known_scripts() if _has_tables(script, tables=tables)]
    with changing_schema(connection), transaction.atomic(using=using):
        dialect.drop_triggers(connection)
        for script in scripts:
            script.fill(connection)
        for model, protection in protections:
            dialect.protect(connection, model=model, protection=protection)
        for script in scripts:
            dialect.run(connection, script=script)
        dialect.grant(connection, protections=protections)


@contextmanager
def triggers_aside(using: str) -> Iterator[None]:
    """SQLite cannot remake a table that other tables' triggers name; a failure brings them back."""
    connection = connections[using]
    texts = sqlite.drop_triggers(connection) if connection.vendor == "sqlite" else []
    try:
        yield
    except BaseException:
        sqlite.put_back(connection, texts)
        raise


def changing_schema(connection: Any) -> Any:
    """SQLite's connection refuses schema changes unless it is told."""
    return getattr(connection, "changing_schema", nullcontext)()


def protected() -> list[tuple[type[Model], Protection]]:
    """Every protected model with its protection, by table name."""
    _discover()
    labels = ddl.protections
    found = [(apps.get_model(label), labels[label]) for label in labels]
    return sorted(found, key=lambda pair: pair[0]._meta.db_table)


def known_scripts() -> list[Script]:
    _discover()
    return ddl.scripts


def triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that are in the database now."""
    names: set[str] = _DIALECTS[connection.vendor].triggers(connection)
    return names


def expected_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the code asks for."""
    dialect = _DIALECTS[connection.vendor]
    names: set[str] = set()
    for model, protection in protected():
        names |= dialect.protection_triggers(model=model, protection=protection)
    for script in known_scripts():
        names |= dialect.script_triggers(script)
    return names


def _discover() -> None:
    autodiscover_modules("ddl")
    histories = [m._meta.label for m in apps.get_models() if issubclass(m, TransitionBase)]
    ddl.append_only("core.Document", *histories)


def _has_tables(script: Script, *, tables: set[str]) -> bool:
    return all(apps.get_model(label)._meta.db_table in tables for label in script.labels)
