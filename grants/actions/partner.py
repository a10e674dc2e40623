"""The consortium: add or invite a partner, let it join, let it confirm its own share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import Move, tell
from core.locks import locked
from grants import notices
from grants.actions.proposal import editable, touch
from grants.models import Partner, Proposal
from grants.queries.proposal_content import consortium, partner_costs
from grants.queries.terms import budget_terms
from grants.rules.budget import budget
from parties.actions import invitation as invitations
from parties.models import Invitation, Membership, Organisation
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def add(proposal_id: UUID, *, organisation: Organisation, actor: Person, at: datetime) -> Partner:
    """Add an organisation that is registered here; its people are told and asked to confirm."""
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    _refuse_double(proposal, organisation)
    partner = Partner.objects.create(
        proposal=proposal,
        organisation=organisation,
        position=_next_position(proposal),
        added_at=at,
        added_by=actor,
    )
    touch(proposal, actor=actor, at=at)
    notices.proposal.partner_added(partner, at=at)
    tell(Move(proposal, "add_partner", proposal.state, proposal.state, actor, at))
    return partner


@transaction.atomic
def invite(proposal_id: UUID, *, name: str, email: str, actor: Person, at: datetime) -> Partner:
    """Invite an organisation by the mail address of somebody who acts for it."""
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    if proposal.partners.filter(organisation__isnull=True, email__iexact=email.strip()).exists():
        raise DomainError(_("This address has been invited already."), field="email")
    partner = Partner.objects.create(
        proposal=proposal,
        name=name,
        email=email.strip().lower(),
        position=_next_position(proposal),
        added_at=at,
        added_by=actor,
        invitation=_send(proposal, email=email, actor=actor, at=at),
    )
    touch(proposal, actor=actor, at=at)
    return partner


@transaction.atomic
def invite_again(proposal_id: UUID, *, partner_id: UUID, actor: Person, at: datetime) -> Partner:
    """Send a new link; the old one stops working. Refused when the partner has joined already."""
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    partner = _partner(proposal, partner_id)
    if partner.organisation is not None:
        raise Refused(_("%(partner)s has joined already.") % {"partner": partner})
    _take_back(partner, actor=actor, at=at)
    partner.invitation = _send(proposal, email=partner.email, actor=actor, at=at)
    partner.save(update_fields=["invitation"])
    return partner


@transaction.atomic
def remove(proposal_id: UUID, *, partner_id: UUID, actor: Person, at: datetime) -> None:
    """Take a partner and its budget out of the working copy. The coordinator stays."""
    proposal = editable(proposal_id, actor=actor, at=at, coordinator_only=True)
    partner = _partner(proposal, partner_id)
    if partner.is_coordinator:
        raise Refused(_("The coordinator cannot leave. Withdraw the proposal instead."))
    _take_back(partner, actor=actor, at=at)
    partner.delete()
    touch(proposal, actor=actor, at=at)
    tell(Move(proposal, "remove_partner", proposal.state, proposal.state, actor, at))


@transaction.atomic
def join(proposal_id: UUID, *, organisation: Organisation, actor: Person, at: datetime) -> Partner:
    """Say for which organisation one has accepted the invitation."""
    proposal = locked(Proposal, proposal_id)
    partner = proposal.partners.filter(
        organisation__isnull=True, invitation__accepted_by=actor
    ).first()
    mine = Membership.objects.live(on_date=day_of(at)).acting()
    if partner is None or not mine.filter(person=actor, organisation=organisation).exists():
        raise NotAllowed(f"{actor} does not join {proposal} for {organisation}")
    _refuse_double(proposal, organisation)
    partner.organisation = organisation
    partner.save(update_fields=["organisation"])
    tell(Move(proposal, "join", proposal.state, proposal.state, actor, at))
    return partner


def accepted(invitation: Invitation, *, person: Person, at: datetime) -> None:
    """What accepting the mail does: who acts for one organisation only joins for it at once."""
    partner = Partner.objects.filter(invitation=invitation).first()
    if partner is None:
        return
    proposal = locked(Proposal, partner.proposal_id)
    mine = Membership.objects.live(on_date=day_of(at)).acting().filter(person=person)
    organisations = list(Organisation.objects.filter(pk__in=mine.values("organisation"))[:2])
    taken = set(proposal.partners.values_list("organisation", flat=True))
    if len(organisations) == 1 and organisations[0].pk not in taken:
        partner.organisation = organisations[0]
        partner.save(update_fields=["organisation"])
        tell(Move(proposal, "join", proposal.state, proposal.state, person, at))


@transaction.atomic
def confirm(
    proposal_id: UUID, *, partner_id: UUID, share_cents: int, actor: Person, at: datetime
) -> Partner:
    """Confirm one's own share: the EU contribution in cents as it was shown.

    Refused when the share has changed since it was shown, and for somebody else's organisation.
    """
    proposal = editable(proposal_id, actor=actor, at=at)
    partner = _partner(proposal, partner_id)
    mine = Membership.objects.live(on_date=day_of(at)).acting().filter(person=actor)
    if not mine.filter(organisation=partner.organisation_id).exists():
        raise NotAllowed(f"{actor} does not confirm for {partner}")
    if share_cents != share_of(partner):
        raise Refused(_("The share has been changed since you opened the page. Read it again."))
    partner.confirmed_at, partner.confirmed_by = at, actor
    partner.confirmed_cents = share_cents
    partner.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_cents"])
    notices.proposal.share_confirmed(partner, at=at)
    tell(Move(proposal, "confirm", proposal.state, proposal.state, actor, at))
    return partner


def share_of(partner: Partner) -> int:
    """The partner's EU contribution in cents as the whole budget gives it now."""
    partners = consortium(partner.proposal)
    whole = budget(partner_costs(partners), terms=budget_terms(partner.proposal.call))
    rows = zip(partners, whole.rows, strict=True)
    return next(row.contribution for other, row in rows if other.pk == partner.pk)


def _partner(proposal: Proposal, partner_id: UUID) -> Partner:
    partner = proposal.partners.select_related("organisation").filter(pk=partner_id).first()
    if partner is None:
        raise NotAllowed(f"{proposal} has no partner {partner_id}")
    return partner


def _next_position(proposal: Proposal) -> int:
    last = proposal.partners.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _refuse_double(proposal: Proposal, organisation: Organisation) -> None:
    if proposal.partners.filter(organisation=organisation).exists():
        raise DomainError(
            _("%(organisation)s is in the consortium already.") % {"organisation": organisation},
            field="organisation",
        )


def _send(proposal: Proposal, *, email: str, actor: Person, at: datetime) -> Invitation:
    about = _("take part in the proposal %(acronym)s for the call %(call)s") % {
        "acronym": proposal.acronym,
        "call": proposal.call.identifier,
    }
    return invitations.invite(
        purpose=Invitation.Purpose.JOIN_PROPOSAL, email=email, about=about, actor=actor, at=at
    )


def _take_back(partner: Partner, *, actor: Person, at: datetime) -> None:
    """Withdraw a link one has sent oneself; anybody else's is simply no longer this partner's."""
    invitation = partner.invitation
    if invitation is None or invitation.invited_by_id != actor.pk:
        return
    if invitation.state == Invitation.State.SENT:
        invitations.withdraw(invitation_id=invitation.pk, actor=actor, at=at)
