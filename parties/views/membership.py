"""People of an organisation: inviting, accepting, ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web import perform, save_form, signed_in
from parties.actions import invitation as invitations
from parties.actions import membership as actions
from parties.forms.organisation import InviteMemberForm
from parties.models import Invitation, Membership
from parties.views.found import organisation_with, today, visible_organisation

if TYPE_CHECKING:
    from uuid import UUID

    from core.web import Request


@signed_in
@require_http_methods(["GET", "POST"])
def membership_invite(request: Request, pk: UUID) -> HttpResponse:
    """Invite somebody to an organisation that I run."""
    organisation, _rights = organisation_with(request, pk, right="runs")
    return save_form(
        request,
        InviteMemberForm(request.POST or None),
        invitations.invite_member,
        to=organisation,
        template="parties/membership_invite.html",
        context={"organisation": organisation},
        message=_("The invitation is on its way. It works once, for 14 days."),
        organisation_id=organisation.pk,
    )


@signed_in
@require_POST
def membership_revoke(request: Request, pk: UUID) -> HttpResponse:
    """End a membership in an organisation of mine."""
    membership = get_object_or_404(Membership.objects.live(on_date=today()), pk=pk)
    organisation = visible_organisation(request, membership.organisation_id)
    is_own = membership.person_id == request.user.pk
    return perform(
        request,
        actions.revoke,
        to="parties:organisation_list" if is_own else organisation,
        message=_("Ended. It took effect at once."),
        membership_id=membership.pk,
        reason=request.POST.get("reason", ""),
    )


@signed_in
@require_POST
def invitation_do(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One event of an invitation that my organisation sent."""
    invitation = get_object_or_404(Invitation.objects.exclude(organisation=None), pk=pk)
    assert invitation.organisation_id is not None
    organisation, _rights = organisation_with(request, invitation.organisation_id, right="runs")
    if event not in invitations.EVENTS:
        raise Http404
    call = invitations.EVENTS[event]
    return perform(request, call, to=organisation, invitation_id=invitation.pk)


def landing(invitation: Invitation) -> HttpResponse:
    """Where somebody goes who accepted."""
    chosen = invitations.landing_of(invitation)
    if chosen:
        return redirect(chosen)
    if invitation.organisation is not None:
        return redirect(invitation.organisation)
    return redirect("parties:person_detail")
