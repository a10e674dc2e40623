"""Invitations: one mail, one address, one use. What follows is said by the app that invites.

    on_accept(Invitation.Purpose.JOIN_PROPOSAL, confirm_partner, landing=proposal_url)

The app above keeps its own row that points at the invitation; its handler finds it there.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import DomainError, NotAllowed
from core.locks import locked
from core.models import Person
from parties import notices
from parties.actions import membership as memberships
from parties.lifecycle import InvitationLifecycle
from parties.models import Invitation, Membership, Organisation
from parties.permissions import can_run
from parties.rules import tokens
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Protocol
    from uuid import UUID

    class Handler(Protocol):
        """What accepting brings about, in the same transaction."""

        def __call__(self, invitation: Invitation, *, person: Person, at: datetime) -> None: ...

    Landing = Callable[[Invitation], str]

_handlers: dict[str, list[Handler]] = {}
_landings: dict[str, Landing] = {}


def on_accept(purpose: str, handler: Handler, *, landing: Landing | None = None) -> None:
    """Register what accepting an invitation of this purpose does, and to which address it leads.

    Called once from `AppConfig.ready()` of the app above.
    """
    handlers = _handlers.setdefault(Invitation.Purpose(purpose).value, [])
    if handler not in handlers:
        handlers.append(handler)
    if landing is not None:
        _landings[purpose] = landing


def landing_of(invitation: Invitation) -> str | None:
    """Where an accepted invitation leads, if its purpose says so."""
    landing = _landings.get(invitation.purpose)
    return landing(invitation) if landing else None


@transaction.atomic
def invite_member(
    *, organisation_id: UUID, email: str, function: str, actor: Person, at: datetime
) -> Invitation:
    """Invite somebody to act for an organisation. Only who runs it may."""
    organisation = locked(Organisation, organisation_id)
    if not can_run(actor, organisation_id, on_date=day_of(at)):
        raise NotAllowed(f"{actor} does not run {organisation}")
    _refuse_a_member(organisation, email=email, function=function, at=at)
    words = _("act for %(organisation)s as %(function)s") % {
        "organisation": organisation.legal_name,
        "function": Membership.Function(function).label.lower(),
    }
    return invite(
        purpose=Invitation.Purpose.JOIN_ORGANISATION,
        email=email,
        about=words,
        organisation=organisation,
        function=function,
        actor=actor,
        at=at,
    )


@transaction.atomic
def invite(
    *,
    purpose: str,
    email: str,
    about: str,
    actor: Person,
    at: datetime,
    organisation: Organisation | None = None,
    function: str = "",
) -> Invitation:
    """Send an invitation; the caller has checked that the actor may invite to this.

    `about` ends the sentence "You are invited to …". Refused when the address cannot be one.
    """
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        purpose=purpose,
        email=_address(email),
        about=about,
        organisation=organisation,
        function=function,
        token_hash=tokens.fingerprint(token),
        invited_by=actor,
        invited_at=at,
        expires_at=tokens.expires_at(at),
    )
    gate.begin(invitation, actor=actor, at=at)
    notices.invited(invitation, token=token, at=at)
    return invitation


def by_token(token: str) -> Invitation | None:
    """The invitation whose mail carried this token."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(token_hash=tokens.fingerprint(token)).first()


@transaction.atomic
def accept(*, token: str, actor: Person, at: datetime) -> Invitation:
    """Accept: once, in time, by the person whose address it was sent to."""
    found = by_token(token)
    if found is None:
        raise NotAllowed("no such invitation")
    invitation = locked(Invitation, found.pk)
    gate.fire(InvitationLifecycle(invitation, at=at), "accept", actor=actor, at=at)
    for handler in _handlers.get(invitation.purpose, []):
        handler(invitation, person=actor, at=at)
    notices.accepted(invitation, at=at)
    return invitation


@transaction.atomic
def withdraw(*, invitation_id: UUID, actor: Person, at: datetime, reason: str = "") -> Invitation:
    """Take an invitation back; its link stops working."""
    invitation = locked(Invitation, invitation_id)
    lifecycle = InvitationLifecycle(invitation, at=at)
    gate.fire(lifecycle, "withdraw", actor=actor, at=at, reason=reason)
    return invitation


EVENTS: dict[str, Callable[..., Invitation]] = {"withdraw": withdraw}


def expire_due(at: datetime) -> int:
    """Expire every invitation whose day has passed; each in a transaction of its own."""
    due = Invitation.objects.filter(state=Invitation.State.SENT, expires_at__lt=at)
    moved = 0
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            invitation = locked(Invitation, key)
            if invitation.state == Invitation.State.SENT:
                lifecycle = InvitationLifecycle(invitation, at=at)
                gate.fire(lifecycle, "expire", actor=Person.objects.system(), at=at)
                moved += 1
    return moved


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        words = _("“%(typed)s” is not an email address. It looks like name@example.org.")
        raise DomainError(words % {"typed": email}, field="email") from error
    return address


def _refuse_a_member(
    organisation: Organisation, *, email: str, function: str, at: datetime
) -> None:
    """Members see each other, so saying this betrays nobody."""
    member = organisation.memberships.live(on_date=day_of(at)).filter(
        person__email__iexact=email.strip(), function=function
    )
    if member.exists():
        words = _("“%(email)s” holds this function already.")
        raise DomainError(words % {"email": email}, field="email")


on_accept(Invitation.Purpose.JOIN_ORGANISATION, memberships.join)
