"""People: enrolled with a verified address, deactivated, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.locks import locked
from core.models import Person
from parties.models import Deactivation, Membership, Organisation
from parties.permissions import RUNS
from parties.queries import runners
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


@transaction.atomic
def enrol(*, email: str, full_name: str, password: str | None = None) -> Person:
    """Write down a person whose address is known to be theirs, as an officer of the house.

    Everybody else signs up. Without a password the person sets one by a password reset.
    Refused when the address has an account already.
    """
    if Person.objects.filter(email__iexact=email.strip()).exists():
        raise DomainError(_("“%(email)s” has an account already.") % {"email": email})
    person = Person.objects.create_user(email, password, full_name=full_name.strip())
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def change_name(*, full_name: str, actor: Person, at: datetime) -> Person:
    """Change one's own name as it is shown from now on."""
    del at
    person = locked(Person, actor.pk)
    person.full_name = " ".join(full_name.split())
    if not person.full_name:
        raise DomainError(_("Enter your name."), field="full_name")
    person.save(update_fields=["full_name"])
    return person


@transaction.atomic
def deactivate(*, person_id: UUID, actor: Person, at: datetime, reason: str = "") -> Deactivation:
    """Close an account: the person cannot sign in, and every membership ends now.

    One's own, or by the system. Refused while an organisation would be left without anybody to
    act for it. Nothing that the person did or wrote disappears.
    """
    if person_id != actor.pk and not actor.is_system:
        raise NotAllowed(f"{actor} may not deactivate another person")
    person = locked(Person, person_id)
    if not person.is_active:
        raise Refused(_("This account is closed already."))
    _refuse_orphans(person, on_date=day_of(at))
    Membership.objects.filter(person=person, revoked_at=None).update(
        revoked_at=at, revoked_by=actor, revoked_reason=_("account closed")
    )
    person.is_active = False
    person.save(update_fields=["is_active"])
    return Deactivation.objects.create(person=person, actor=actor, at=at, reason=reason.strip())


def _refuse_orphans(person: Person, *, on_date: date) -> None:
    mine = person.memberships.live(on_date=on_date).filter(function__in=RUNS)
    for organisation in Organisation.objects.filter(pk__in=mine.values("organisation")):
        if runners(organisation.pk, on_date=on_date) == [person]:
            words = _(
                "Only you act for %(organisation)s. Invite another representative first, "
                "then close your account."
            )
            raise Refused(words % {"organisation": organisation})
