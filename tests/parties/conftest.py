from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import Q

from core import navigation
from parties.models import Reach, register_reach
from tests.factories.parties import a_person, forget_scopes, restore_scopes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.models import Person


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

    def scope(asked: Person, day: date) -> Q:
        del day
        return Q(pk__isnull=asked != person)

    register_reach(Reach.ACCOUNT, scope)
    return person


@pytest.fixture
def reader(no_offices: None, db: None) -> Person:
    """Somebody whose office lets them read every organisation's record."""
    del no_offices, db
    person = a_person(full_name="Rita Reader")

    def scope(asked: Person, day: date) -> Q:
        del day
        return Q(pk__isnull=asked != person)

    register_reach(Reach.READ, scope)
    return person


@pytest.fixture
def bare_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """A header without links: its queries are counted where the header is tested."""
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_describers", [])
