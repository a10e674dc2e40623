"""For whom a person acts, and in which grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Person
from grants.models import Grant, GrantRole
from grants.models.grant import running
from parties.models import Membership, Organisation

if TYPE_CHECKING:
    from datetime import date


def acted_for(person: object, *, on: date) -> list[Organisation]:
    """Organisations that a signed-in person acts for; none for a visitor."""
    if not isinstance(person, Person):
        return []
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    rows = Organisation.objects.filter(pk__in=mine.values("organisation"))
    return list(rows.order_by("legal_name"))


def grants_with_role(person: Person, role: str, *, on: date) -> list[Grant]:
    """Grants in which the person holds a role that day."""
    roles = running(GrantRole.objects.filter(person=person, role=role), on=on)
    rows = Grant.objects.filter(pk__in=roles.values("grant"))
    return list(rows.order_by("number"))


def partner_of(person: Person, grant: Grant, role: str, *, on: date) -> Organisation | None:
    """The partner of a grant for which the person holds a role."""
    rows = running(GrantRole.objects.filter(person=person, role=role, grant=grant), on=on)
    found = rows.select_related("organisation").order_by("start_date", "pk").first()
    return found.organisation if found else None
