"""What calls and proposals tell the others once at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from core import clockwork, navigation
from grants import tags
from grants.actions import call, partner
from grants.models import CallRole, Partner, Proposal
from grants.models.proposal import SEALED
from grants.navigation import ITEMS
from parties.actions import invitation as invitations
from parties.models import Invitation, Reach, register_reach

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person


def connect() -> None:
    """Called by ``grants.wiring``; safe to call twice."""
    tags.connect()
    navigation.register(*ITEMS)
    clockwork.on_tick("calls: open", call.open_due, order=10)
    clockwork.on_tick("calls: close", call.close_due, order=20)
    invitations.on_accept(Invitation.Purpose.JOIN_PROPOSAL, partner.accepted, landing=_proposal_url)
    register_reach(Reach.READ, _organisations_of_officer)
    register_reach(Reach.ACCOUNT, _organisations_of_finance_officer)


def _proposal_url(invitation: Invitation) -> str:
    row = Partner.objects.filter(invitation=invitation).values_list("proposal").first()
    return reverse("grants:proposal_page", args=row) if row else reverse("grants:call_list")


def _organisations(person: Person, day: date, *roles: str) -> Q:
    """Partners of the proposals, unsealed by the deadline, of calls in which one has an office."""
    calls = CallRole.objects.on(day).filter(person=person, role__in=roles).values("call")
    proposals = Proposal.objects.filter(call__in=calls).exclude(state__in=SEALED)
    partners = Partner.objects.filter(proposal__in=proposals.values("pk"))
    return Q(pk__in=partners.filter(organisation__isnull=False).values("organisation"))


def _organisations_of_officer(person: Person, day: date) -> Q:
    return _organisations(person, day, "PO", "AO", "CC", "FO", "AUD")


def _organisations_of_finance_officer(person: Person, day: date) -> Q:
    return _organisations(person, day, "FO")
