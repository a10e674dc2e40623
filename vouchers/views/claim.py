"""A claim: the SME's form, the desk, the check, the certificate, a recovery."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock, documents
from core.lifecycle import Event, available
from core.presentation.parts import Pill
from core.web import Request, perform, save_form, signed_in
from vouchers.actions import certification, recovery
from vouchers.actions import claim as actions
from vouchers.forms.claim import ClaimForm, LinesForm, RecoveryForm, ScreenForm
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models import Claim, Evidence, Recovery
from vouchers.permissions import acts_for, paying_officer
from vouchers.queries import claim_pages as pages
from vouchers.views.evidence import keep_files
from vouchers.views.reach import own_voucher, today

if TYPE_CHECKING:
    from uuid import UUID

PAGE = 50
EVENTS: dict[str, Any] = {
    "submit": actions.submit,
    "resubmit": actions.submit,
    "withdraw": actions.withdraw,
    "check": certification.check,
    "send_back": certification.send_back,
    "reject": certification.reject,
    "certify": certification.certify,
    "schedule": certification.order_again,
}
HANDS_IN = {"submit", "resubmit"}
WITH_REASON = {"send_back", "reject"}
TAKES_REASON = {"check", "certify"} | WITH_REASON
FILTERS = {
    "": gettext_lazy("All"),
    "submitted": gettext_lazy("To be checked"),
    "checked": gettext_lazy("To be certified"),
    "certified": gettext_lazy("Certified"),
    "scheduled": gettext_lazy("In payment"),
    "returned": gettext_lazy("Sent back"),
    "paid": gettext_lazy("Paid"),
    "rejected": gettext_lazy("Rejected"),
    "recovered": gettext_lazy("To be paid back"),
}


def claim_of(request: Request, pk: UUID) -> Claim:
    """A claim that the person may read; any other does not exist for them."""
    rows = Claim.objects.visible_to(request.user, on=today()).select_related(
        "voucher__grant__call",
        "voucher__organisation",
        "voucher__application__sme_call__organisation",
        "voucher__provider__organisation",
        "payment",
    )
    return get_object_or_404(rows, pk=pk)


def own_claim(request: Request, pk: UUID) -> Claim:
    """A claim of one's own organisation that can still be written."""
    claim = claim_of(request, pk)
    if not acts_for(request.user, claim.voucher.organisation_id, on=today()):
        raise Http404
    return claim


def to_certify(request: Request, pk: UUID) -> Claim:
    """A claim whose finance officer the person is."""
    claim = claim_of(request, pk)
    if not paying_officer(ClaimLifecycle(claim, at=clock.now()), request.user):
        raise Http404
    return claim


@signed_in
@require_GET
def claim_desk(request: Request) -> HttpResponse:
    """Claims of the person's grants and organisations, fifty a page, by state."""
    chosen = request.GET.get("state", "")
    rows = Claim.objects.visible_to(request.user, on=today())
    if chosen and chosen in FILTERS:
        rows = rows.filter(state=chosen)
    ordered = rows.select_related("voucher__organisation").order_by("submitted_at", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    pills = [Pill(str(words), f"?state={key}", key == chosen) for key, words in FILTERS.items()]
    context = {"page": page, "pills": pills, "table": pages.desk_table(list(page.object_list))}
    return render(request, "vouchers/claim_desk.html", context)


@signed_in
@require_POST
def claim_start(request: Request, pk: UUID) -> HttpResponse:
    """Begin a claim on one's voucher."""
    voucher = own_voucher(request, pk)
    back = reverse("vouchers:voucher_page", args=[voucher.pk])
    response = perform(
        request, actions.start, to=back, voucher_id=pk, message=_("The claim is begun.")
    )
    begun = voucher.claims.filter(state=Claim.State.DRAFT).first()
    has_begun = response.status_code == HTTPStatus.FOUND and begun is not None
    return redirect("vouchers:claim_edit", begun.pk) if has_begun and begun else response


@signed_in
@require_GET
def claim_detail(request: Request, pk: UUID) -> HttpResponse:
    """One claim: what is claimed, on which evidence, where it stands, what one may do."""
    claim = claim_of(request, pk)
    return render(request, "vouchers/claim_detail.html", _page(request, claim))


def _page(request: Request, claim: Claim) -> dict[str, Any]:
    is_own = acts_for(request.user, claim.voucher.organisation_id, on=today())
    return {
        "claim": claim,
        "events": _events(request, claim),
        "can_check": _checks(request, claim),
        "can_write": is_own and claim.state in actions.EDITABLE,
        **_desk(request, claim),
        "facts": pages.facts(claim),
        "table": pages.lines_table(claim),
        "files": pages.files(claim),
        "steps": pages.steps(claim),
        "history": pages.history(claim),
    }


def _events(request: Request, claim: Claim) -> list[Event]:
    """The buttons; a reason is written beside those that ask for one."""
    lifecycle = ClaimLifecycle(claim, at=clock.now())
    lifecycle.reason = _("to be written")
    found = available(lifecycle, request.user)
    return [event for event in found if event.name in EVENTS and event.name not in HANDS_IN]


def _checks(request: Request, claim: Claim) -> bool:
    lifecycle = ClaimLifecycle(claim, at=clock.now())
    return bool(lifecycle.check.has_perm(request.user))


def _desk(request: Request, claim: Claim) -> dict[str, Any]:
    pays = paying_officer(ClaimLifecycle(claim, at=clock.now()), request.user)
    return {
        "screen": ScreenForm(initial={"screened_on": claim.screened_on or today()})
        if pays and claim.state == Claim.State.CHECKED
        else None,
        "recovery": Recovery.objects.filter(claim=claim).select_related("payment").first(),
        "pays": pays,
    }


@signed_in
@require_http_methods(["GET", "POST"])
def claim_edit(request: Request, pk: UUID) -> HttpResponse:
    """Write the claim; saved as it stands, judged only when it is handed in."""
    claim = own_claim(request, pk)
    if request.method == "GET" and claim.state not in actions.EDITABLE:
        return redirect("vouchers:claim_detail", claim.pk)
    initial = {name: getattr(claim, name) for name in ClaimForm.base_fields}
    form = ClaimForm(request.POST or None, request.FILES or None, claim=claim, initial=initial)
    keep_files(request, form, actions.add_evidence, claim_id=pk)
    to = reverse("vouchers:claim_edit", args=[claim.pk])
    template, context = "vouchers/claim_edit.html", pages.writing(claim)
    return save_form(
        request, form, actions.save, to=to, template=template, context=context, claim_id=pk
    )


@signed_in
@require_GET
def claim_file(request: Request, pk: UUID, evidence: UUID) -> HttpResponseBase:
    """A file of a claim that the person may read."""
    claim = claim_of(request, pk)
    row = get_object_or_404(Evidence.objects.select_related("document"), pk=evidence, claim=claim)
    return documents.respond(row.document)


@signed_in
@require_POST
def claim_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One move of a claim."""
    claim = claim_of(request, pk)
    if event not in EVENTS:
        raise Http404
    more = {"reason": request.POST.get("reason", "")} if event in TAKES_REASON else {}
    to = reverse("vouchers:claim_detail", args=[claim.pk])
    return perform(request, EVENTS[event], to=to, claim_id=claim.pk, **more)


def to_check(request: Request, pk: UUID) -> Claim:
    """A claim that the person may check or send back now."""
    claim = claim_of(request, pk)
    lifecycle = ClaimLifecycle(claim, at=clock.now())
    names = {event.name for event in available(lifecycle, request.user)}
    if not lifecycle.check.has_perm(request.user) and "send_back" not in names:
        raise Http404
    return claim


@signed_in
@require_http_methods(["GET", "POST"])
def claim_lines(request: Request, pk: UUID) -> HttpResponse:
    """Decide line by line what is accepted."""
    claim = to_check(request, pk)
    form = LinesForm(request.POST or None, claim=claim)
    to = reverse("vouchers:claim_detail", args=[claim.pk])
    context = {"claim": claim, "files": pages.files(claim), "facts": pages.facts(claim)}
    template, act = "vouchers/claim_lines.html", certification.decide_lines
    return save_form(request, form, act, to=to, template=template, context=context, claim_id=pk)


@signed_in
@require_POST
def claim_screen(request: Request, pk: UUID) -> HttpResponse:
    """Record the look-ups that a certificate needs."""
    claim = to_certify(request, pk)
    to = reverse("vouchers:claim_detail", args=[claim.pk])
    form = ScreenForm(request.POST)
    context = {"claim": claim, "form": form}
    template = "vouchers/claim_screen.html"
    return save_form(
        request, form, certification.screen, to=to, template=template, context=context, claim_id=pk
    )


@signed_in
@require_http_methods(["GET", "POST"])
def recovery_new(request: Request, pk: UUID) -> HttpResponse:
    """Propose to recover what was paid on a claim."""
    claim = to_certify(request, pk)
    form = RecoveryForm(request.POST or None, initial={"amount_cents": claim.accepted_cents})
    to = reverse("vouchers:claim_detail", args=[claim.pk])
    return save_form(
        request,
        form,
        recovery.propose,
        to=to,
        template="vouchers/recovery_new.html",
        context={"claim": claim, "facts": pages.outcome(claim)},
        message=_("Proposed. Another finance officer decides on it."),
        claim_id=pk,
    )


@signed_in
@require_POST
def recovery_decide(request: Request, pk: UUID) -> HttpResponse:
    """Decide on a colleague's proposal."""
    claim = to_certify(request, pk)
    row = get_object_or_404(Recovery, claim=claim)
    to = reverse("vouchers:claim_detail", args=[claim.pk])
    return perform(request, recovery.decide, to=to, recovery_id=row.pk)
