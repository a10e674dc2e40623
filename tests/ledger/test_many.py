"""The ledger made for measuring is a lawful one: in files, and in either database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from core.models import Person
from ledger import api
from ledger.models import Entry
from tests.ledger import evidence, loaded, many

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase


def test_a_generated_ledger_is_verified_in_files_and_in_a_database(
    django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    made = many.Many(entries=1500, books=2, claims=5, checkpoints=3)
    many.write(made, tmp_path / "ledger")
    assert evidence.verified(tmp_path / "ledger")[0] == 0
    with evidence.owned(django_db_setup, django_db_blocker):
        for number, key in enumerate(made.people):
            Person.objects.create(pk=key, email=f"{number}@example.org")
        at = connection.settings_dict
        address = (
            f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
        )
        connection.close()
        loaded.load(tmp_path / "ledger", address if at["HOST"] else str(at["NAME"]))
        assert Entry.objects.count() == made.posted
        assert api.invariants() == []
