"""Loading a record that the person may see; everything else does not exist for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from grants.models import Grant
from parties.rules.days import day_of
from vouchers.models import Application, SmeCall, Voucher
from vouchers.permissions import acts_for, holds

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.web import Request


def today() -> date:
    """The day in Brussels, by the product's clock."""
    return day_of(clock.now())


def desk_call(request: Request, pk: UUID) -> SmeCall:
    """An SME call of a grant that the person has to do with."""
    rows = SmeCall.objects.run_by(request.user, on=today())
    return get_object_or_404(rows.select_related("grant__call", "grant__book"), pk=pk)


def managed_call(request: Request, pk: UUID) -> SmeCall:
    """An SME call of a grant whose fund manager the person is."""
    sme_call = desk_call(request, pk)
    if not holds(request.user, sme_call.grant_id, "FM", on=today()):
        raise Http404
    return sme_call


def managed_grant(request: Request, pk: UUID) -> Grant:
    """A grant whose fund manager the person is."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user, on=today()), pk=pk)
    if not holds(request.user, grant.pk, "FM", on=today()):
        raise Http404
    return grant


def application_of(request: Request, pk: UUID) -> Application:
    """An application that the person may read."""
    rows = Application.objects.visible_to(request.user, on=today())
    return get_object_or_404(
        rows.select_related("sme_call__grant__call", "organisation", "service"), pk=pk
    )


def own_application(request: Request, pk: UUID) -> Application:
    """An application of an organisation that the person acts for."""
    application = application_of(request, pk)
    if not acts_for(request.user, application.organisation_id, on=today()):
        raise Http404
    return application


def managed_application(request: Request, pk: UUID) -> Application:
    """An application at the desk of a fund manager or finance officer of its grant."""
    application = application_of(request, pk)
    if not holds(request.user, application.sme_call.grant_id, "FM", "FO", on=today()):
        raise Http404
    return application


def voucher_of(request: Request, pk: UUID) -> Voucher:
    """A voucher that the person may read."""
    rows = Voucher.objects.visible_to(request.user, on=today()).select_related(
        "grant__call",
        "grant__book",
        "organisation",
        "application__sme_call__grant__call",
        "application__service",
        "provider__organisation",
        "agreement",
        "holder_signed_by",
        "consortium_signed_by",
    )
    return get_object_or_404(rows, pk=pk)


def own_voucher(request: Request, pk: UUID) -> Voucher:
    """A voucher of an organisation that the person acts for."""
    voucher = voucher_of(request, pk)
    if not acts_for(request.user, voucher.organisation_id, on=today()):
        raise Http404
    return voucher


def managed_voucher(request: Request, pk: UUID) -> Voucher:
    """A voucher of a grant whose fund manager or finance officer the person is."""
    voucher = voucher_of(request, pk)
    if not holds(request.user, voucher.grant_id, "FM", "FO", on=today()):
        raise Http404
    return voucher
