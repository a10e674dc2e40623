"""Ties between organisations, declared by who runs one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web import perform, save_form, signed_in
from parties.actions import link as actions
from parties.forms.organisation import LinkForm
from parties.models import OrganisationLink
from parties.queries.record import side_that_runs
from parties.views.found import organisation_with, today, visible_organisation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from core.web import Request


@signed_in
@require_http_methods(["GET", "POST"])
def link_declare(request: Request, pk: UUID) -> HttpResponse:
    """Declare a tie of an organisation that I run."""
    organisation, _rights = organisation_with(request, pk, right="runs")
    return save_form(
        request,
        LinkForm(request.POST or None),
        actions.declare,
        to=organisation,
        template="parties/link_form.html",
        context={"organisation": organisation},
        message=_("Declared. Both organisations are told."),
        organisation_id=organisation.pk,
    )


@signed_in
@require_POST
def link_end(request: Request, pk: UUID) -> HttpResponse:
    """End a tie of an organisation that I run, today."""
    link = get_object_or_404(OrganisationLink.objects.live(on_date=today()), pk=pk)
    side = side_that_runs(link, person=request.user, on_date=today())
    organisation = visible_organisation(request, side)
    reason = request.POST.get("reason", "")
    return perform(request, actions.end_link, to=organisation, link_id=link.pk, reason=reason)
