"""What happens to a database that an earlier version made."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection

from core.ddl.installer import triggers
from tests.factories.ledger import an_awarded_desk


@pytest.mark.django_db
def test_a_ledger_chained_in_another_way_is_left_as_it_is() -> None:
    migration = import_module("ledger.migrations.0002_event_lines")
    editor = SimpleNamespace(connection=connection)
    migration.refuse_old_chains(apps, editor)
    an_awarded_desk()
    with pytest.raises(RuntimeError, match="an empty one"):
        migration.refuse_old_chains(apps, editor)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's triggers are put aside")
def test_a_migration_that_fails_leaves_every_trigger(monkeypatch: pytest.MonkeyPatch) -> None:
    before = triggers(connection)

    def fails(*_arguments: object, **_options: object) -> None:
        assert triggers(connection) == set()
        raise CommandError("no")

    monkeypatch.setattr(migrate.Command, "handle", fails)
    with pytest.raises(CommandError, match="no"):
        call_command("migrate")
    assert triggers(connection) == before
