"""Pages on which somebody reads a paper and signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import clock
from core.lifecycle import available
from core.web import Request, perform, signed_in
from grants.actions import signature
from grants.lifecycle.grant import GrantLifecycle
from grants.models import Beneficiary, Grant
from grants.queries import grant_page, grant_tasks
from grants.views.grant import the_grant
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

SIGN = ("sign_for_coordinator", "sign_for_authority")


@signed_in
@require_GET
def grant_sign(request: Request, pk: UUID) -> HttpResponse:
    """The agreement with its fingerprint, and the signature that is asked of this person."""
    grant, at = the_grant(request, pk), clock.now()
    events = available(GrantLifecycle(grant, at=at), request.user)
    asked = [event for event in events if event.name in SIGN]
    late = _late_for_authority(grant, request, asked=bool(asked))
    if grant.agreement is None or not (asked or late):
        raise Http404
    context = _agreement(grant) | {"event": asked[0].name if asked else SIGN[1], "late": late}
    return render(request, "grants/grant_sign.html", context)


def _agreement(grant: Grant) -> dict[str, Any]:
    assert grant.agreement is not None, "it is printed before anybody signs"
    return {
        "grant": grant,
        "file": grant_page.file_of(grant, grant.agreement, kind=_("Grant agreement")),
        "table": grant_page.partner_table(grant),
    }


def _late_for_authority(grant: Grant, request: Request, *, asked: bool) -> bool:
    """The authorising officer may still sign, with a reason."""
    lifecycle = GrantLifecycle(grant, at=clock.now())
    lifecycle.reason = "late"
    names = {event.name for event in available(lifecycle, request.user)}
    return not asked and SIGN[1] in names


def _partner(request: Request, pk: UUID) -> Beneficiary:
    rows = Beneficiary.objects.select_related("grant__proposal", "grant__agreement", "organisation")
    partner = get_object_or_404(rows, pk=pk)
    the_grant(request, partner.grant_id)
    on = day_of(clock.now())
    if partner.organisation_id not in grant_tasks.signs_for(partner.grant, request.user, on=on):
        raise Http404
    return partner


def _sign(
    request: Request, pk: UUID, act: Callable[..., object], *, template: str, message: str
) -> HttpResponse:
    partner = _partner(request, pk)
    to = reverse("grants:grant_detail", args=[partner.grant_id])
    if request.method == "POST":
        return perform(request, act, to=to, message=message, beneficiary_id=partner.pk)
    agreement = partner.grant.agreement
    file = agreement and grant_page.file_of(partner.grant, agreement, kind=_("Grant agreement"))
    return render(request, template, {"partner": partner, "grant": partner.grant, "file": file})


@signed_in
def beneficiary_declare(request: Request, pk: UUID) -> HttpResponse:
    """A partner's declaration of honour."""
    return _sign(
        request,
        pk,
        signature.declare,
        template="grants/grant_declare.html",
        message=_("The declaration of honour is signed."),
    )


@signed_in
def beneficiary_accede(request: Request, pk: UUID) -> HttpResponse:
    """A partner's accession to the signed agreement."""
    return _sign(
        request,
        pk,
        signature.accede,
        template="grants/grant_accede.html",
        message=_("The accession form is signed."),
    )
