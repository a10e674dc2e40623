"""The catalogue of providers of a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.web import Request, perform, save_form, signed_in
from vouchers.actions import provider as actions
from vouchers.forms.voucher import CatalogueForm
from vouchers.models import Provider
from vouchers.queries import provider_pages as pages
from vouchers.views.reach import managed_grant, today

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@signed_in
@require_GET
def provider_list(request: Request, pk: UUID) -> HttpResponse:
    """Providers of a grant: listed, proposed, taken off."""
    grant = managed_grant(request, pk)
    context = {"grant": grant, "groups": pages.groups(grant, on=today())}
    return render(request, "vouchers/provider_list.html", context)


@signed_in
def provider_new(request: Request, pk: UUID) -> HttpResponse:
    """Enter a provider; it is approved in a second step."""
    grant = managed_grant(request, pk)
    return save_form(
        request,
        CatalogueForm(request.POST or None),
        actions.propose,
        to=redirect("vouchers:provider_list", pk=pk).url,
        template="vouchers/provider_new.html",
        context={"grant": grant},
        message=_("Entered. Approve it to list it in the catalogue."),
        grant_id=grant.pk,
    )


@signed_in
@require_POST
def provider_approve(request: Request, pk: UUID) -> HttpResponse:
    """List a provider in the catalogue."""
    return _act(request, pk, actions.approve)


@signed_in
@require_POST
def provider_take_off(request: Request, pk: UUID) -> HttpResponse:
    """Take a provider off the catalogue."""
    return _act(request, pk, actions.take_off)


def _act(request: Request, pk: UUID, call: object) -> HttpResponse:
    one = get_object_or_404(Provider, pk=pk)
    managed_grant(request, one.grant_id)
    to = redirect("vouchers:provider_list", pk=one.grant_id).url
    return perform(request, call, to=to, provider_id=pk)  # type: ignore[arg-type]  # one of two actions
