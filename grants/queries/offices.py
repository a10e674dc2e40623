"""The offices of a call: who reads and who writes what, and which of them a person holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.permissions import offices_in

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person
    from grants.models import Call

EVALUATION_WRITERS = ("CC", "PO")
EVALUATION_READERS = ("CC", "PO", "MOD", "AO", "AUD")
AWARD_READERS = ("CC", "PO", "AO", "AUD")


def roles_in(person: Person, call: Call, *, on: date) -> set[str]:
    """The offices that the person holds in the call on that day (one query)."""
    return set(offices_in(person, call.pk, on=on))
