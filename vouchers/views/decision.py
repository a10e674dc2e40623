"""The fund manager's desk for applications: list, check, evaluators, selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.lifecycle import available
from core.presentation.parts import Pill
from core.web import Request, perform, save_form, signed_in
from vouchers.actions import decision, review, sme_status
from vouchers.forms.decision import (
    AskForm,
    DeclineForm,
    EligibleForm,
    RefusalForm,
    ReviewForm,
    SettleForm,
)
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.queries import aid, linked, review_pages, selection
from vouchers.queries import application_pages as pages
from vouchers.views.reach import application_of, desk_call, managed_application, managed_call, today

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form

    from vouchers.models import Application

PAGE = 50
WORDS = {
    "": gettext_lazy("All"),
    "submitted": gettext_lazy("To check"),
    "eligible": gettext_lazy("Being evaluated"),
    "scored": gettext_lazy("To decide"),
    "won": gettext_lazy("Awarded"),
    "waiting": gettext_lazy("Waiting list"),
    "out": gettext_lazy("Not awarded"),
}


@signed_in
@require_GET
def sme_call_applications(request: Request, pk: UUID) -> HttpResponse:
    """Applications of a call, fifty a page, by state."""
    sme_call = desk_call(request, pk)
    chosen = request.GET.get("state", "")
    rows = sme_call.applications.filter(submitted_at__isnull=False)
    if chosen in pages.FILTERS:
        rows = rows.filter(state__in=pages.FILTERS[chosen])
    ordered = rows.select_related("organisation").order_by("submitted_at", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    pills = [Pill(str(words), f"?state={key}", key == chosen) for key, words in WORDS.items()]
    context = {"sme_call": sme_call, "page": page, "pills": pills}
    context["table"] = pages.list_table(list(page.object_list))
    return render(request, "vouchers/sme_call_applications.html", context)


@signed_in
@require_GET
def application_check(request: Request, pk: UUID) -> HttpResponse:
    """The desk of one application: check it, settle its size, ask evaluators."""
    one = managed_application(request, pk)
    return render(request, "vouchers/application_check.html", _desk(request, one))


def _desk(request: Request, one: Application) -> dict[str, Any]:
    return {
        "application": one,
        "answer_by": pages.answer_by(one),
        "rows": pages.content_rows(one),
        "status": pages.status_rows(one.sme_status),
        "ties": pages.tie_table(one.sme_status),
        "is_open": one.sme_status.is_open,
        "refusal": decision.open_refusal(one),
        "events": available(ApplicationLifecycle(one, at=clock.now()), request.user),
        "reviews": review_pages.review_table(one),
        "files": pages.files(one),
        "limits": linked.cap_rows(one, on=today()),
        "aid": aid.aid_rows(one, on=today()) if one.sme_call.is_aid else [],
        "register": aid.register_table(one, on=today()) if one.sme_call.is_aid else None,
        "eligible": EligibleForm(prefix="eligible"),
        "refuse": RefusalForm(prefix="refuse"),
        "settle": SettleForm(prefix="settle", initial={"settled_as": one.sme_status.computed}),
        "ask": AskForm(prefix="ask"),
    }


def _act(
    request: Request, pk: UUID, name: str, form: Form, call: Any, message: str
) -> HttpResponse:
    one = managed_application(request, pk)
    return save_form(
        request,
        form,
        call,
        to=redirect("vouchers:application_check", pk=pk).url,
        template="vouchers/application_check.html",
        context=_desk(request, one) | {name: form},
        message=message,
        application_id=pk,
    )


@signed_in
@require_POST
def application_eligible(request: Request, pk: UUID) -> HttpResponse:
    """Find an application eligible."""
    form = EligibleForm(request.POST, prefix="eligible")
    return _act(request, pk, "eligible", form, decision.find_eligible, _("Found eligible."))


@signed_in
@require_POST
def application_refuse(request: Request, pk: UUID) -> HttpResponse:
    """Propose a refusal, for a second person to confirm."""
    form = RefusalForm(request.POST, prefix="refuse")
    words = _("Proposed. A second person has to confirm.")
    return _act(request, pk, "refuse", form, decision.propose_refusal, words)


@signed_in
@require_POST
def application_refusal_drop(request: Request, pk: UUID) -> HttpResponse:
    """Drop a proposed refusal."""
    managed_application(request, pk)
    to = redirect("vouchers:application_check", pk=pk).url
    return perform(request, decision.drop_refusal, to=to, application_id=pk)


@signed_in
@require_POST
def application_settle(request: Request, pk: UUID) -> HttpResponse:
    """Settle the size of the enterprise."""
    form = SettleForm(request.POST, prefix="settle")
    return _act(request, pk, "settle", form, sme_status.settle, _("Settled."))


@signed_in
@require_POST
def application_ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask an evaluator for a report."""
    form = AskForm(request.POST, prefix="ask")
    return _act(request, pk, "ask", form, review.ask, _("Asked."))


@signed_in
def sme_call_board(request: Request, pk: UUID) -> HttpResponse:
    """What the rules say about everybody in line; one button carries it out."""
    sme_call = managed_call(request, pk)
    to = redirect("vouchers:sme_call_board", pk=pk).url
    if request.method == "POST":
        words = _("Decided. The letters have left.")
        return perform(request, decision.decide, to=to, message=words, sme_call_id=pk)
    lines = selection.line(sme_call, on=today())
    table = pages.board_table(lines, sme_call=sme_call)
    context = {"sme_call": sme_call, "table": table, "count": len(lines)}
    return render(request, "vouchers/sme_call_board.html", context)


@signed_in
@require_GET
def review_list(request: Request) -> HttpResponse:
    """Reports on applications that the person was asked for."""
    context = {"items": review_pages.reviews_of(request.user)}
    return render(request, "vouchers/review_list.html", context)


@signed_in
def application_review(request: Request, pk: UUID) -> HttpResponse:
    """The evaluator reads and marks."""
    one = application_of(request, pk)
    criteria = list(one.sme_call.criteria.order_by("position"))
    return save_form(
        request,
        ReviewForm(request.POST or None, criteria=criteria),
        review.hand_in,
        to=redirect("vouchers:review_list").url,
        template="vouchers/application_review.html",
        context=_reading(request, one),
        message=_("Your report is handed in."),
        application_id=pk,
    )


def _reading(request: Request, one: Application) -> dict[str, Any]:
    mine = one.reviews.filter(evaluator=request.user, declined_at__isnull=True).first()
    if mine is None:
        raise Http404
    return {
        "application": one,
        "review": mine,
        "rows": pages.content_rows(one),
        "files": pages.files(one),
        "decline": DeclineForm(),
    }


@signed_in
@require_POST
def application_decline(request: Request, pk: UUID) -> HttpResponse:
    """The evaluator declines."""
    application_of(request, pk)
    to = redirect("vouchers:review_list").url
    reason = request.POST.get("reason", "")
    return perform(request, review.decline, to=to, application_id=pk, reason=reason)
