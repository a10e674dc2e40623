"""Organisations: one's own, a record, registering and changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import model_to_dict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web import save_form, signed_in
from parties.actions import organisation as actions
from parties.forms.organisation import OrganisationForm
from parties.queries.desk import own_organisations, own_organisations_table
from parties.queries.record import organisation_record
from parties.views.found import organisation_with, today, visible_organisation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from core.web import Request


@signed_in
@require_safe
def organisation_list(request: Request) -> HttpResponse:
    """The organisations that I act for."""
    own = own_organisations(request.user, on_date=today())
    context = {"table": own_organisations_table(own)}
    return render(request, "parties/organisation_list.html", context)


@signed_in
@require_safe
def organisation_detail(request: Request, pk: UUID) -> HttpResponse:
    """Everything about one organisation that I may see."""
    organisation = visible_organisation(request, pk)
    record = organisation_record(organisation, person=request.user, on_date=today())
    return render(request, "parties/organisation_detail.html", {"record": record})


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_register(request: Request) -> HttpResponse:
    """Register an organisation and represent it."""
    return save_form(
        request,
        OrganisationForm(request.POST or None),
        actions.register,
        to=lambda made: made,
        template="parties/organisation_form.html",
        message=_("Registered. You represent this organisation."),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_change(request: Request, pk: UUID) -> HttpResponse:
    """Change the details of an organisation that I run."""
    organisation, _rights = organisation_with(request, pk, right="runs")
    initial = model_to_dict(organisation, fields=list(OrganisationForm.base_fields))
    return save_form(
        request,
        OrganisationForm(request.POST or None, initial=initial),
        actions.change,
        to=organisation,
        template="parties/organisation_form.html",
        context={"organisation": organisation},
        organisation_id=organisation.pk,
    )
