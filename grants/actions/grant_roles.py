"""Who acts for a partner in a grant: taken from its members, named and ended by its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.locks import locked
from core.models import Person
from grants.models import Grant, GrantRole
from grants.models.grant import running
from parties.models import Membership
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

ROLE_OF_FUNCTION = {
    Membership.Function.LEGAL_SIGNATORY: GrantRole.Role.LSIGN,
    Membership.Function.FINANCIAL_SIGNATORY: GrantRole.Role.FSIGN,
}


def appoint_from_memberships(grant: Grant, *, on: date) -> None:
    """The partners' legal and financial signatories sign in the grant too."""
    partners = grant.beneficiaries.values("organisation")
    members = Membership.objects.live(on_date=on).filter(
        organisation__in=partners, function__in=ROLE_OF_FUNCTION
    )
    GrantRole.objects.bulk_create(
        GrantRole(
            grant=grant,
            person_id=member.person_id,
            organisation_id=member.organisation_id,
            role=ROLE_OF_FUNCTION[Membership.Function(member.function)],
            start_date=on,
        )
        for member in members
    )


@transaction.atomic
def appoint(
    *,
    grant_id: UUID,
    person_id: UUID,
    organisation_id: UUID,
    role: str,
    actor: Person,
    at: datetime,
) -> GrantRole:
    """Give a member of a partner a role in the grant, from today on.

    Refused when the person is no member of that partner or has the role already. Only people who
    may act for the partner appoint.
    """
    grant, day = locked(Grant, grant_id), day_of(at)
    _may_appoint(grant, organisation_id, actor=actor, on=day)
    person = locked(Person, person_id)
    live = Membership.objects.live(on_date=day)
    if not live.filter(person=person, organisation=organisation_id).exists():
        raise Refused(
            _("%(person)s is not a member of this partner. Invite them first.")
            % {"person": person},
            field="person",
        )
    mine = grant.roles.filter(person=person, organisation=organisation_id, role=role)
    if running(mine, on=day).exists():
        raise Refused(_("%(person)s has this role already.") % {"person": person}, field="role")
    return GrantRole.objects.create(
        grant=grant, person=person, organisation_id=organisation_id, role=role, start_date=day
    )


@transaction.atomic
def end(*, role_id: UUID, actor: Person, at: datetime) -> GrantRole:
    """End a role with today; it stays in the list with its dates."""
    role = locked(GrantRole, role_id)
    _may_appoint(role.grant, role.organisation_id, actor=actor, on=day_of(at))
    if role.end_date is not None:
        raise Refused(_("This role has ended already."))
    role.end_date = day_of(at)
    role.save(update_fields=["end_date"])
    return role


def _may_appoint(grant: Grant, organisation_id: UUID, *, actor: Person, on: date) -> None:
    partner = grant.beneficiaries.filter(organisation=organisation_id).exists()
    acting = Membership.objects.live(on_date=on).acting()
    if not partner or not acting.filter(person=actor, organisation=organisation_id).exists():
        raise NotAllowed(f"{actor} may not appoint for {organisation_id} in {grant}")
