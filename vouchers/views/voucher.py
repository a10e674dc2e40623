"""A voucher: the holder's page, the desk, the paper, and its verification by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core import clock, documents
from core.lifecycle import Event, available
from core.presentation.parts import Pill
from core.web import Request, perform, press, public, save_form, signed_in
from vouchers.actions import extension
from vouchers.actions import voucher as actions
from vouchers.forms.voucher import ExtensionForm, NumberForm, ProviderChoiceForm, StartForm
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import Claim, Provider, Voucher
from vouchers.permissions import acts_for, holds
from vouchers.queries import claim as claims
from vouchers.queries import voucher_pages as pages
from vouchers.views.reach import managed_voucher, own_voucher, today, voucher_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

PAGE = 50
EVENTS: dict[str, Any] = actions.EVENTS | extension.EVENTS
CONFIRMS = ("confirm_provider", "refuse_provider")
PLAIN = (
    "extend",
    "end_use",
    "resume_issued",
    "resume_provider_set",
    "resume_in_progress",
    "resume_partly_redeemed",
)
FILTERS = {
    "": gettext_lazy("All"),
    "reserved": gettext_lazy("To be signed"),
    "issued": gettext_lazy("Issued"),
    "provider_set": gettext_lazy("Provider confirmed"),
    "in_progress": gettext_lazy("In progress"),
    "partly_redeemed": gettext_lazy("Partly used"),
    "redeemed": gettext_lazy("Fully used"),
    "suspended": gettext_lazy("Suspended"),
    "expired": gettext_lazy("Expired"),
}


@signed_in
@require_GET
def voucher_mine(request: Request) -> HttpResponse:
    """Vouchers of the person's organisations."""
    context = {"items": pages.mine(request.user, on=today())}
    return render(request, "vouchers/voucher_mine.html", context)


@signed_in
@require_GET
def voucher_desk(request: Request) -> HttpResponse:
    """Vouchers of the person's grants, fifty a page, by state."""
    chosen = request.GET.get("state", "")
    rows = Voucher.objects.visible_to(request.user, on=today())
    if chosen in FILTERS and chosen:
        rows = rows.filter(state=chosen)
    ordered = rows.select_related("organisation", "grant__book", "application__service").order_by(
        "number"
    )
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    pills = [Pill(str(words), f"?state={key}", key == chosen) for key, words in FILTERS.items()]
    context = {"page": page, "pills": pills, "table": pages.desk_table(list(page.object_list))}
    return render(request, "vouchers/voucher_desk.html", context)


@signed_in
@require_GET
def voucher_page(request: Request, pk: UUID) -> HttpResponse:
    """One voucher: what is left, until when, what is next."""
    one = voucher_of(request, pk)
    return render(request, "vouchers/voucher_page.html", _page(request, one))


def _page(request: Request, one: Voucher) -> dict[str, Any]:
    day = today()
    events = available(VoucherLifecycle(one, at=clock.now()), request.user)
    return {
        "voucher": one,
        "state": pages.tag(one, on=day),
        "value": pages.value_of(one),
        "is_own": acts_for(request.user, one.organisation_id, on=day),
        "at_desk": holds(request.user, one.grant_id, "FM", "FO", on=day),
        "can_start": one.state == Voucher.State.PROVIDER_SET,
        "acts": _reasoned(request, one),
        **_events(events),
        "rows": pages.service_rows(one),
        "steps": pages.steps(one),
        "limit": pages.limit_words(one, on=day),
        **_claims(request, one),
        "extension": extension.open_request(one),
        "history": one.transitions.select_related("actor").order_by("-pk")[:12],
    }


def _events(events: list[Event]) -> dict[str, Any]:
    """The moves by where the page shows them."""
    names = {event.name for event in events}
    return {
        "signs": [event for event in events if event.name.startswith("sign_")],
        "to_confirm": [event for event in events if event.name in CONFIRMS],
        "plain": [event for event in events if event.name in PLAIN],
        "can_name": "name_provider" in names,
    }


def _claims(request: Request, one: Voucher) -> dict[str, Any]:
    """The holder's drafts are the holder's alone; one claim is under way at a time."""
    day = today()
    shown = Claim.objects.visible_to(request.user, on=day).filter(voucher=one)
    can_claim = acts_for(request.user, one.organisation_id, on=day) and claims.can_begin(one)
    return {"claims": shown.order_by("-number"), "can_claim": can_claim}


def _reasoned(request: Request, one: Voucher) -> list[Event]:
    """The moves that ask for a reason, offered whenever state and person allow them."""
    lifecycle = VoucherLifecycle(one, at=clock.now())
    lifecycle.reason = _("to be written")
    asked = available(lifecycle, request.user)
    return [event for event in asked if event.name in ("suspend", "cancel", "revoke")]


@signed_in
@require_POST
def voucher_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One move of a voucher."""
    one = voucher_of(request, pk)
    to = redirect("vouchers:voucher_page", pk=one.pk).url
    return press(request, EVENTS, event, to=to, voucher_id=one.pk)


@signed_in
def voucher_provider(request: Request, pk: UUID) -> HttpResponse:
    """The SME names its provider with the offer."""
    one = own_voucher(request, pk)
    return save_form(
        request,
        _provider_form(request, one),
        actions.name_provider,
        to=redirect("vouchers:voucher_page", pk=pk).url,
        template="vouchers/voucher_provider.html",
        context={"voucher": one},
        message=_("Named. The fund manager confirms it next."),
        voucher_id=pk,
    )


def _provider_form(request: Request, one: Voucher) -> ProviderChoiceForm:
    listed = Provider.objects.approved(on=today()).filter(grant=one.grant_id)
    return ProviderChoiceForm(
        request.POST or None,
        request.FILES or None,
        providers=listed.select_related("organisation").order_by("organisation__legal_name"),
        catalogue_only=one.application.sme_call.catalogue_only,
    )


@signed_in
def voucher_start(request: Request, pk: UUID) -> HttpResponse:
    """The SME starts the service from the day of its contract."""
    one = own_voucher(request, pk)
    return save_form(
        request,
        StartForm(request.POST or None),
        actions.start,
        to=redirect("vouchers:voucher_page", pk=pk).url,
        template="vouchers/voucher_start.html",
        context={"voucher": one},
        message=_("Started. Work from the contract's day on can be paid."),
        voucher_id=pk,
    )


@signed_in
def voucher_extension(request: Request, pk: UUID) -> HttpResponse:
    """A fund manager asks for a later last day."""
    one = managed_voucher(request, pk)
    return save_form(
        request,
        ExtensionForm(request.POST or None),
        extension.ask,
        to=redirect("vouchers:voucher_page", pk=pk).url,
        template="vouchers/voucher_extension.html",
        context={"voucher": one},
        message=_("Asked. A second person decides."),
        voucher_id=pk,
    )


@signed_in
@require_POST
def voucher_extension_refuse(request: Request, pk: UUID) -> HttpResponse:
    """The second person refuses the extension."""
    managed_voucher(request, pk)
    to = redirect("vouchers:voucher_page", pk=pk).url
    return perform(request, extension.refuse, to=to, voucher_id=pk)


@signed_in
@require_GET
def voucher_agreement(request: Request, pk: UUID) -> HttpResponseBase:
    """The agreement that both sides sign."""
    one = voucher_of(request, pk)
    if one.agreement is None:
        raise Http404
    return documents.respond(one.agreement)


@signed_in
@require_GET
def voucher_print(request: Request, pk: UUID) -> HttpResponse:
    """The voucher as a page of paper with its square code."""
    one = voucher_of(request, pk)
    if one.issued_at is None:
        raise Http404
    code = request.build_absolute_uri(reverse("vouchers:voucher_scan", args=[one.code]))
    square = segno.make(code, error="m").svg_inline(border=1, omitsize=True)
    context: dict[str, Any] = {"voucher": one, "pdf": pages.printed(one)}
    context["square"] = mark_safe(square)  # noqa: S308  drawn here, from our own address
    return render(request, "vouchers/voucher_print.html", context)


@signed_in
@require_GET
def voucher_pdf(request: Request, pk: UUID) -> HttpResponseBase:
    """The PDF, once it was written."""
    document = pages.printed(voucher_of(request, pk))
    if document is None:
        raise Http404
    return documents.respond(document)


@public
@require_GET
def voucher_verify(request: HttpRequest) -> HttpResponse:
    """Say by its number whether a voucher is genuine and still counts."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    found = None
    if form.is_valid():
        found = pages.verified_by_number(form.cleaned_data["number"], at=clock.now())
    context = {"form": form, "asked": form.is_bound, "found": found, "at": clock.now()}
    return render(request, "public/voucher_verify.html", context)


@public
@require_GET
def voucher_scan(request: HttpRequest, code: str) -> HttpResponse:
    """What the square code opens."""
    found = pages.verified_by_code(code, at=clock.now())
    context = {"form": NumberForm(), "asked": True, "found": found, "at": clock.now()}
    return render(request, "public/voucher_verify.html", context)
