"""Calls by the office a person holds in them: what a page of an officer may load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.models import Call, CallRole

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person

EVALUATION_WRITERS = ("CC", "PO")
EVALUATION_READERS = ("CC", "PO", "MOD", "AO", "AUD")
AWARD_READERS = ("CC", "PO", "AO", "AUD")


def roles_in(person: Person, call: Call, *, on: date) -> set[str]:
    """The offices that the person holds in the call on that day (one query)."""
    held = CallRole.objects.on(on).filter(person=person, call=call)
    return set(held.values_list("role", flat=True))


def calls_of(person: Person, *roles: str, on: date) -> QuerySet[Call]:
    """Calls in which the person holds one of the offices on that day."""
    held = CallRole.objects.on(on).filter(person=person, role__in=roles)
    return Call.objects.filter(pk__in=held.values("call"))
