"""The consortium of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.web import Request, perform, save_form, signed_in
from grants.actions import partner as actions
from grants.forms.proposal import AddPartnerForm, InviteForm, JoinForm
from grants.queries import consortium_pages
from grants.queries import proposal_pages as pages
from grants.views.proposal import own
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID


@signed_in
@require_GET
def partner_list(request: Request, pk: UUID) -> HttpResponse:
    """Who takes part, with which share, and who has confirmed."""
    proposal, at = own(request, pk), clock.now()
    context = {
        "proposal": proposal,
        "rows": consortium_pages.rows(proposal, person=request.user, on=day_of(at)),
        "leads": consortium_pages.leads(proposal, person=request.user, on=day_of(at)),
        "editable": pages.is_editable(proposal, at=at),
    }
    return render(request, "grants/partner_list.html", context)


@signed_in
def partner_invite(request: Request, pk: UUID) -> HttpResponse:
    """Invite an organisation by mail."""
    proposal = own(request, pk)
    return save_form(
        request,
        InviteForm(request.POST or None),
        actions.invite,
        to=reverse("grants:partner_list", args=[pk]),
        template="grants/partner_invite.html",
        context={"proposal": proposal},
        message=_("The invitation is on its way."),
        proposal_id=pk,
    )


@signed_in
def partner_add(request: Request, pk: UUID) -> HttpResponse:
    """Add an organisation that is registered here."""
    proposal = own(request, pk)
    return save_form(
        request,
        AddPartnerForm(request.POST or None, organisations=pages.addable_clusters(proposal)),
        actions.add,
        to=reverse("grants:partner_list", args=[pk]),
        template="grants/partner_add.html",
        context={"proposal": proposal},
        message=_("Added. Its people have been asked to confirm."),
        proposal_id=pk,
    )


@signed_in
def proposal_join(request: Request, pk: UUID) -> HttpResponse:
    """Say for which organisation one takes part."""
    proposal = pages.joinable(request.user, pk)
    if proposal is None:
        raise Http404
    organisations = pages.acting_organisations(request.user, on=day_of(clock.now()))
    return save_form(
        request,
        JoinForm(request.POST or None, organisations=organisations),
        actions.join,
        to=reverse("grants:partner_list", args=[pk]),
        template="grants/proposal_join.html",
        context={"proposal": proposal, "organisations": organisations},
        proposal_id=pk,
    )


ACTS = {"again": actions.invite_again, "remove": actions.remove}


@signed_in
@require_POST
def partner_do(request: Request, pk: UUID, partner_id: UUID, event: str) -> HttpResponse:
    """Send an invitation again, or take a partner out."""
    own(request, pk)
    if event not in ACTS:
        raise Http404
    to = reverse("grants:partner_list", args=[pk])
    return perform(request, ACTS[event], to=to, proposal_id=pk, partner_id=partner_id)


@signed_in
@require_POST
def partner_confirm(request: Request, pk: UUID, partner_id: UUID) -> HttpResponse:
    """Confirm one's own share, as it was shown."""
    own(request, pk)
    shown = request.POST.get("share", "")
    if not shown.isdigit():
        raise Http404
    return perform(
        request,
        actions.confirm,
        to=reverse("grants:partner_list", args=[pk]),
        message=_("You have confirmed your share."),
        proposal_id=pk,
        partner_id=partner_id,
        share_cents=int(shown),
    )
