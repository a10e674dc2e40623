"""Money of a grant: to a partner, the final settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.lifecycle import available
from core.web import Request, save_form, signed_in
from grants.actions import eu_payment, settlement
from grants.forms.grant import PartnerPaymentForm, SettleForm
from grants.lifecycle.grant import GrantLifecycle
from grants.permissions import has_grant_role
from grants.queries import grant_page
from grants.queries.settlement import if_closed_today
from grants.views.grant import the_grant
from ledger import api as ledger
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from grants.models import Grant


@signed_in
def partner_pay(request: Request, pk: UUID) -> HttpResponse:
    """Pass money on to a partner."""
    grant = _paid_by(request, pk)
    return save_form(
        request,
        PartnerPaymentForm(request.POST or None, partners=grant_page.other_partners(grant)),
        eu_payment.order_partner,
        to=lambda made: reverse("grants:payment_detail", args=[made.pk]),
        template="grants/partner_pay.html",
        context={"grant": grant, "held": grant.book and ledger.balances(grant.book)["P.BANK"]},
        message=_("The payment is due. Three finance officers pay it."),
        grant_id=pk,
    )


def _paid_by(request: Request, pk: UUID) -> Grant:
    """The grant, for people who pay its partners."""
    grant, on = the_grant(request, pk), day_of(clock.now())
    owner = grant.coordinator_id
    if not has_grant_role(request.user, grant, "FM", "FO", organisation_id=owner, on=on):
        raise Http404
    return grant


@signed_in
def grant_settle(request: Request, pk: UUID) -> HttpResponse:
    """The final grant with its computation, to be signed."""
    grant = _settled_by(request, pk)
    return save_form(
        request,
        SettleForm(request.POST or None),
        settlement.settle,
        to=reverse("grants:grant_detail", args=[pk]),
        template="grants/grant_settle.html",
        context={"grant": grant} | grant_page.closing(if_closed_today(grant)),
        message=_("The final settlement is signed."),
        grant_id=pk,
    )


def _settled_by(request: Request, pk: UUID) -> Grant:
    """The grant, for the officer who may settle it now."""
    grant, at = the_grant(request, pk), clock.now()
    events = available(GrantLifecycle(grant, at=at), request.user)
    if "settle" not in {event.name for event in events}:
        raise Http404
    return grant
