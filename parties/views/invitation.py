"""The page behind the link of an invitation: who invites, to what; then accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import DomainError
from core.web import public, refused, signed_in
from parties.actions import invitation as actions
from parties.lifecycle import InvitationLifecycle
from parties.lifecycle.invitation import is_for_this_address, is_in_time
from parties.views.membership import landing

if TYPE_CHECKING:
    from core.web import Request
    from parties.models import Invitation


@public
@never_cache
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation to whoever holds the link; sign-up then needs no second mail."""
    invitation = _invitation(token)
    lifecycle = InvitationLifecycle(invitation, at=clock.now())
    lifecycle.actor = request.user if request.user.is_authenticated else None
    can_use = invitation.state == invitation.State.SENT and bool(is_in_time(lifecycle))
    if can_use and lifecycle.actor is None:
        get_adapter(request).stash_verified_email(request, invitation.email)
    context = {
        "invitation": invitation,
        "can_use": can_use,
        "is_mine": bool(is_for_this_address(lifecycle)),
        "token": token,
    }
    return render(request, "parties/invitation_open.html", context)


@signed_in
@require_POST
def invitation_accept(request: Request, token: str) -> HttpResponse:
    """Accept: the right person, once, in time."""
    _invitation(token)
    try:
        accepted = actions.accept(token=token, actor=request.user, at=clock.now())
    except DomainError as refusal:
        return refused(request, refusal, back=redirect("parties:invitation_open", token).url)
    messages.success(request, _("You accepted: you now %(about)s.") % {"about": accepted.about})
    return landing(accepted)


def _invitation(token: str) -> Invitation:
    invitation = actions.by_token(token)
    if invitation is None:
        raise Http404
    return invitation
