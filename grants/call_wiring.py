"""What calls and proposals tell the others once at start."""

from __future__ import annotations

from django.urls import reverse

from core import clockwork, navigation
from grants import tags
from grants.actions import call, partner
from grants.models import Partner
from grants.navigation import ITEMS
from parties.actions import invitation as invitations
from parties.models import Invitation


def connect() -> None:
    """Called by ``grants.wiring``; safe to call twice."""
    tags.connect()
    navigation.register(*ITEMS)
    clockwork.on_tick("calls: open", call.open_due, order=10)
    clockwork.on_tick("calls: close", call.close_due, order=20)
    invitations.on_accept(Invitation.Purpose.JOIN_PROPOSAL, partner.accepted, landing=_proposal_url)


def _proposal_url(invitation: Invitation) -> str:
    row = Partner.objects.filter(invitation=invitation).values_list("proposal").first()
    return reverse("grants:proposal_page", args=row) if row else reverse("grants:call_list")
