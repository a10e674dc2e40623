"""People of an organisation: invited by who runs it, revoked with effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.locks import locked
from parties import notices
from parties.models import Membership, Organisation
from parties.permissions import RUNS, can_run
from parties.queries import runners
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person
    from parties.models import Invitation


@transaction.atomic
def grant(
    *,
    organisation_id: UUID,
    person_id: UUID,
    function: str,
    actor: Person,
    at: datetime,
) -> Membership:
    """Give a person a function in an organisation from today; holding it already changes nothing.

    Only who runs the organisation may. People come in by invitation; this is the second step.
    """
    organisation = locked(Organisation, organisation_id)
    if not can_run(actor, organisation_id, on_date=day_of(at)):
        raise NotAllowed(f"{actor} does not run {organisation}")
    return _given(organisation, person_id=person_id, function=function, granted_by=actor, at=at)


def join(invitation: Invitation, *, person: Person, at: datetime) -> None:
    """What accepting an invitation to an organisation brings about."""
    organisation = invitation.organisation
    assert organisation is not None, "checked by the database"
    _given(
        locked(Organisation, organisation.pk),
        person_id=person.pk,
        function=invitation.function,
        granted_by=invitation.invited_by,
        at=at,
    )


@transaction.atomic
def revoke(*, membership_id: UUID, actor: Person, at: datetime, reason: str = "") -> Membership:
    """End a membership now; the next request of that person is refused.

    Who runs the organisation may, and everybody their own. The last person who runs an
    organisation stays, so that somebody can always act for it.
    """
    organisation, membership = _locked_pair(membership_id)
    day = day_of(at)
    is_own = membership.person_id == actor.pk
    if not is_own and not can_run(actor, organisation.pk, on_date=day):
        raise NotAllowed(f"{actor} does not run {organisation}")
    if membership.revoked_at is not None:
        raise Refused(_("This membership was ended before."))
    membership.revoked_at, membership.revoked_by = at, actor
    membership.revoked_reason = reason.strip()
    membership.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    if membership.function in RUNS:
        _refuse_nobody_left(organisation, at=at)
    notices.membership_revoked(membership, at=at)
    return membership


def _locked_pair(membership_id: UUID) -> tuple[Organisation, Membership]:
    """Lock the organisation first, then the membership."""
    owner = Membership.objects.filter(pk=membership_id).values_list("organisation", flat=True)
    organisation_id = owner.first()
    if organisation_id is None:
        raise NotAllowed(f"no membership {membership_id}")
    return locked(Organisation, organisation_id), locked(Membership, membership_id)


def _given(
    organisation: Organisation, *, person_id: UUID, function: str, granted_by: Person, at: datetime
) -> Membership:
    membership, _created = Membership.objects.get_or_create(
        person_id=person_id,
        organisation=organisation,
        function=function,
        revoked_at=None,
        end_date=None,
        defaults={"start_date": day_of(at), "granted_by": granted_by, "granted_at": at},
    )
    return membership


def _refuse_nobody_left(organisation: Organisation, *, at: datetime) -> None:
    """Called after the change, inside its transaction: a refusal takes it back."""
    if not runners(organisation.pk, on_date=day_of(at)):
        words = _(
            "Nobody would be left to act for %(organisation)s. Invite another representative first."
        )
        raise Refused(words % {"organisation": organisation})
