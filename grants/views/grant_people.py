"""Who acts for a partner in a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.web import Request, perform, save_form, signed_in
from grants.actions import grant_roles
from grants.forms.grant import AppointForm
from grants.models import GrantRole
from grants.queries import grant_tasks
from grants.views.grant import the_grant
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from grants.models import Beneficiary, Grant


@signed_in
def grant_people(request: Request, pk: UUID) -> HttpResponse:
    """The partner's people in the grant, and a form to name one more."""
    grant, partner = _own_partner(request, pk)
    people = grant_tasks.members(partner, on=day_of(clock.now()))
    return save_form(
        request,
        AppointForm(request.POST or None, people=people),
        grant_roles.appoint,
        to=reverse("grants:grant_people", args=[pk]),
        template="grants/grant_people.html",
        context=_context(grant, partner),
        message=_("The role has been given."),
        grant_id=pk,
        organisation_id=partner.organisation_id,
    )


def _own_partner(request: Request, pk: UUID) -> tuple[Grant, Beneficiary]:
    """The grant and the partner for which this person names people."""
    grant = the_grant(request, pk)
    mine = grant_tasks.acts_for(grant, request.user, on=day_of(clock.now()))
    if not mine:
        raise Http404
    return grant, mine[0]


def _context(grant: Grant, partner: Beneficiary) -> dict[str, Any]:
    roles = grant.roles.filter(organisation=partner.organisation).select_related("person")
    ordered = roles.order_by("role", "person__full_name", "start_date")
    return {"grant": grant, "partner": partner, "roles": ordered}


@signed_in
@require_POST
def grant_role_end(request: Request, pk: UUID, role_id: UUID) -> HttpResponse:
    """End a role of one of the partner's people."""
    grant = the_grant(request, pk)
    role = get_object_or_404(GrantRole, pk=role_id, grant=grant)
    to = reverse("grants:grant_people", args=[pk])
    return perform(
        request, grant_roles.end, to=to, message=_("The role ends today."), role_id=role.pk
    )
