from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import Exists, F

from core import navigation
from core.models import Person
from parties.models import Organisation, Reach, register_reach
from tests.factories.parties import a_person, forget_scopes, restore_scopes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from parties.models.scope import Scope


@pytest.fixture
def no_offices() -> Iterator[None]:
    """As if no app above had said who holds an office."""
    kept = forget_scopes()
    yield
    restore_scopes(kept)


@pytest.fixture
def accountant(no_offices: None, db: None) -> Person:
    """Somebody of the accounting side for every organisation."""
    del no_offices, db
    person = a_person(full_name="Ada Ledger")

    register_reach(Reach.ACCOUNT, everything_by(person))
    return person


@pytest.fixture
def reader(no_offices: None, db: None) -> Person:
    """Somebody whose office lets them read every organisation's record."""
    del no_offices, db
    person = a_person(full_name="Rita Reader")

    register_reach(Reach.READ, everything_by(person))
    return person


def everything_by(holder: Person) -> Scope:
    """All organisations, for the holder of an office and nobody else."""

    def scope(asked: Person, _day: date) -> QuerySet[Organisation]:
        holds = Person.objects.filter(pk=holder.pk).filter(pk=asked.pk)
        return Organisation.objects.annotate(organisation=F("pk")).filter(Exists(holds))

    return scope


@pytest.fixture
def bare_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """A header without links: its queries are counted where the header is tested."""
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_describers", [])
