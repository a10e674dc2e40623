"""Who belongs to an organisation, and what was sent to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Mail
from parties.models import Membership, Organisation
from parties.permissions import HANDLES_MONEY, RUNS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from core.models import Person


def people_of(organisation: Organisation, *, on_date: date) -> QuerySet[Membership]:
    """Live memberships with their people, by name."""
    live = Membership.objects.live(on_date=on_date).filter(organisation=organisation)
    return live.select_related("person", "granted_by").order_by("person__full_name", "function")


def runners(organisation_id: UUID, *, on_date: date) -> list[Person]:
    """Active people who run the organisation that day."""
    return _holders(organisation_id, functions=RUNS, on_date=on_date)


def money_handlers(organisation_id: UUID, *, on_date: date) -> list[Person]:
    """Active people who handle the organisation's money that day."""
    return _holders(organisation_id, functions=HANDLES_MONEY, on_date=on_date)


def mails_of(person: Person) -> QuerySet[Mail]:
    """Every message that was sent to the person, newest first."""
    return Mail.objects.filter(person=person).order_by("-written_at", "-pk")


def _holders(organisation_id: UUID, *, functions: frozenset[str], on_date: date) -> list[Person]:
    live = Membership.objects.live(on_date=on_date).filter(
        organisation_id=organisation_id, function__in=functions, person__is_active=True
    )
    people = {membership.person for membership in live.select_related("person")}
    return sorted(people, key=lambda person: (person.full_name, str(person.pk)))
