"""Triggers and rights on PostgreSQL.

Two roles: the owner of the tables migrates; ``trellis_app`` serves. It may write where a
table is not protected, add where it is append-only, and never delete there, whatever the
program asks. The triggers refuse the same to the owner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import ProgrammingError

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

    from core.ddl import Protection, Script

APP_ROLE = "trellis_app"
_NAME = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)")
_REFUSE = """
CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_OURS = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
 ORDER BY 1, 2
"""


def triggers(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OURS)
        return {name for name, _table in cursor.fetchall()}


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """All of them: only this installer makes triggers here."""
    with connection.cursor() as cursor:
        cursor.execute(_OURS)
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        cursor.execute(_REFUSE)


def protect(connection: BaseDatabaseWrapper, *, model: type[Model], protection: Protection) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for verb in (*sorted(protection.refused), "TRUNCATE"):
            level = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            cursor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" FOR EACH {level} EXECUTE FUNCTION core_refuse()"
            )


def run(connection: BaseDatabaseWrapper, *, script: Script) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_text(script))


def grant(connection: BaseDatabaseWrapper, *, protections: list[tuple[Any, Protection]]) -> None:
    """Give the application's role its rights and take away what an older version gave.

    Creates the role (without login or password) when it is missing. Raises when this owner
    may not create roles: then an administrator runs ``CREATE ROLE trellis_app`` once.
    """
    with connection.cursor() as cursor:
        _create_role(cursor)
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {APP_ROLE};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};"
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
        )
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP_ROLE}")
        for model, protection in protections:
            table = model._meta.db_table
            cursor.execute(
                f"REVOKE ALL ON {table} FROM {APP_ROLE};"
                f"GRANT {protection.rights} ON {table} TO {APP_ROLE}"
            )


def protection_triggers(*, model: type[Model], protection: Protection) -> set[str]:
    table = model._meta.db_table
    return {f"{table}_no_{verb.lower()}" for verb in (*protection.refused, "TRUNCATE")}


def script_triggers(script: Script) -> set[str]:
    return set(_NAME.findall(_text(script)))


def _text(script: Script) -> str:
    return (script.folder / "postgresql.sql").read_text()


def _create_role(cursor: Any) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if cursor.fetchone():
        return
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        raise ProgrammingError(
            f"The role {APP_ROLE} is missing and this one may not create it: "
            f"let an administrator run CREATE ROLE {APP_ROLE} NOLOGIN once."
        )
    cursor.execute(
        f"DO $$ BEGIN CREATE ROLE {APP_ROLE} NOLOGIN;"
        " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
