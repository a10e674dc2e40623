"""The payment desk and the record of a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, Sum, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.lifecycle import available
from core.presentation.parts import Pill
from core.web import Request, perform, press, save_form, signed_in
from grants.actions import bank_record
from grants.actions import payment as actions
from grants.forms.payment import BankRecordForm
from grants.lifecycle.payment import PaymentLifecycle
from grants.models import BankRecord, Payment
from grants.permissions import pays
from grants.queries import payment_page
from parties.queries import payable_account
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from grants.models.payment import PaymentQuerySet

PAGE = 50
EVENTS = actions.EVENTS | bank_record.EVENTS
RELATED = ("grant__proposal", "grant__call", "payer", "payee", "preparer", "approver", "sender")


def the_payment(request: Request, pk: UUID) -> Payment:
    """The payment if this person may see it; otherwise as if it did not exist."""
    rows = Payment.objects.visible_to(request.user, on=day_of(clock.now()))
    related = ("account", "order", "certifier", "report")
    return get_object_or_404(rows.select_related(*RELATED, *related), pk=pk)


def _visible(request: Request, *, everything: bool) -> PaymentQuerySet:
    on = day_of(clock.now())
    rows = Payment.objects.visible_to(request.user, on=on)
    return rows if everything else rows.on_desk_of(request.user, on=on)


@signed_in
@require_GET
def payment_list(request: Request) -> HttpResponse:
    """The desk: what waits for a finance officer, filtered by step."""
    at, everything = clock.now(), request.GET.get("of") == "all"
    mine = _visible(request, everything=everything)
    view = request.GET.get("view", "")
    shown = mine.filter(state__in=payment_page.VIEWS[view]) if view in payment_page.VIEWS else mine
    ordered = shown.select_related(*RELATED).order_by(*_open_first(), "due_on", "created_at", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tiles": payment_page.tiles(mine, current=view, kept="&of=all" if everything else ""),
        "table": payment_page.payment_table(list(page), now=at, total=_total(shown)),
        "pills": _pills(everything=everything),
    }
    return render(request, "grants/payment_list.html", context)


def _open_first() -> list[Case]:
    """What still waits for somebody stands above what is over."""
    return [Case(When(state__in=payment_page.VIEWS["over"], then=1), default=0)]


def _total(rows: QuerySet[Payment]) -> int:
    return rows.aggregate(total=Sum("amount_cents"))["total"] or 0


def _pills(*, everything: bool) -> list[Pill]:
    return [
        Pill(_("On my desk"), "?", not everything),
        Pill(_("All that I may see"), "?of=all", everything),
    ]


def _lifecycle(payment: Payment, record: BankRecord | None) -> PaymentLifecycle:
    at = clock.now()
    lifecycle = PaymentLifecycle(payment, at=at)
    lifecycle.bank_record = record
    if payment.payee is not None:
        lifecycle.account = payable_account(payment.payee, on_date=day_of(at))
    lifecycle.reason = "asked for on the button"
    return lifecycle


@signed_in
@require_GET
def payment_detail(request: Request, pk: UUID) -> HttpResponse:
    """What is paid to whom, who acted, what is next."""
    payment = the_payment(request, pk)
    return render(request, "grants/payment_detail.html", _record(request, payment))


def _record(request: Request, payment: Payment) -> dict[str, Any]:
    record = bank_record.open_record(payment)
    lifecycle = _lifecycle(payment, record)
    mine = pays(request.user, payment, on=day_of(lifecycle.at))
    at_bank = mine and payment.state == Payment.State.SENT
    return {
        "payment": payment,
        "events": available(lifecycle, request.user),
        "facts": payment_page.facts(payment),
        "steps": payment_page.steps(payment, record=record),
        "record": record,
        "can_enter": at_bank and record is None,
        "can_withdraw": at_bank and record is not None,
        "lacks_account": payment.payee is not None and lifecycle.account is None,
        "other": payment_page.party(payment),
    }


@signed_in
@require_POST
def payment_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """Every button of the payment's lifecycle comes here."""
    payment = the_payment(request, pk)
    to = reverse("grants:payment_detail", args=[pk])
    return press(request, EVENTS, event, to=to, payment_id=payment.pk)


@signed_in
def payment_bank(request: Request, pk: UUID) -> HttpResponse:
    """Enter what the bank's statement says."""
    payment = the_payment(request, pk)
    if not pays(request.user, payment, on=day_of(clock.now())):
        raise Http404
    return save_form(
        request,
        BankRecordForm(request.POST or None),
        bank_record.enter,
        to=reverse("grants:payment_detail", args=[pk]),
        template="grants/payment_bank.html",
        context={"payment": payment, "facts": payment_page.facts(payment)},
        message=_("Entered. Another finance officer has to confirm it."),
        payment_id=pk,
    )


@signed_in
@require_POST
def payment_bank_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take a wrong entry back."""
    payment = the_payment(request, pk)
    to = reverse("grants:payment_detail", args=[pk])
    message = _("The entry has been taken back.")
    return perform(request, bank_record.withdraw, to=to, message=message, payment_id=payment.pk)


@signed_in
@require_GET
def payment_order(request: Request, pk: UUID) -> HttpResponseBase:
    """The printed payment order."""
    payment = the_payment(request, pk)
    if payment.order is None:
        raise Http404
    return respond(payment.order)
