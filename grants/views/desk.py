"""The officers' desk: calls, their proposals, the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.web import Request, perform, save_form, signed_in
from grants.actions import eligibility
from grants.forms.call import DecisionForm, ReturnForm
from grants.models import EligibilityDecision, Proposal
from grants.queries import check_pages
from grants.queries import desk_pages as pages
from grants.views.reach import call_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID


def received(request: Request, pk: UUID) -> Proposal:
    """A proposal, unsealed by the deadline, of a call in which the person has an office."""
    rows = Proposal.objects.run_by(request.user, on=day_of(clock.now()))
    return get_object_or_404(rows.select_related("call", "strand", "version"), pk=pk)


@signed_in
@require_GET
def call_desk(request: Request) -> HttpResponse:
    """The calls one works in."""
    table = pages.desk_calls(request.user, on=day_of(clock.now()))
    return render(request, "grants/call_desk.html", {"table": table})


@signed_in
@require_GET
def proposal_desk(request: Request, pk: UUID) -> HttpResponse:
    """A call's proposals, fifty to a page; sealed until the deadline."""
    call, on = call_as(request, pk), day_of(clock.now())
    asked = {name: request.GET.get(name, "") for name in ("state", "strand", "sort")}
    shown = Paginator(pages.proposals_of(call, **asked), pages.PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "call": call,
        "nav": pages.call_nav(call, person=request.user, on=on, here="proposal_desk"),
        "rows": shown,
        "table": pages.proposal_table(list(shown), sort=asked["sort"]),
        "pills": pages.state_pills(call, chosen=asked["state"]),
    }
    return render(request, "grants/proposal_desk.html", context)


@signed_in
@require_GET
def check_desk(request: Request, pk: UUID) -> HttpResponse:
    """Proposals that wait for an admissibility and eligibility decision."""
    call, on = call_as(request, pk), day_of(clock.now())
    shown = Paginator(pages.to_check(call), pages.PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "nav": pages.call_nav(call, person=request.user, on=on, here="check_desk"),
        "rows": shown,
        "table": pages.check_table(list(shown)),
    }
    return render(request, "grants/check_desk.html", context)


@signed_in
@require_GET
def proposal_check(request: Request, pk: UUID) -> HttpResponse:
    """What the rules found, what was handed in, what has been decided."""
    proposal = received(request, pk)
    context = check_pages.check_context(proposal, person=request.user, on=day_of(clock.now()))
    context |= {"form": DecisionForm(), "return_form": ReturnForm()}
    return render(request, "grants/proposal_check.html", context)


@signed_in
@require_POST
def proposal_decide(request: Request, pk: UUID) -> HttpResponse:
    """Admit a proposal, or propose to refuse it."""
    proposal = received(request, pk)
    context = check_pages.check_context(proposal, person=request.user, on=day_of(clock.now()))
    return save_form(
        request,
        DecisionForm(request.POST),
        eligibility.decide,
        to=reverse("grants:check_desk", args=[proposal.call_id]),
        template="grants/proposal_check.html",
        context=context | {"return_form": ReturnForm()},
        message=_("The decision is kept. A refusal now waits for a second officer."),
        proposal_id=pk,
    )


def _open_decision(request: Request, pk: UUID) -> EligibilityDecision:
    proposals = Proposal.objects.run_by(request.user, on=day_of(clock.now()))
    return get_object_or_404(EligibilityDecision.objects.filter(proposal__in=proposals), pk=pk)


@signed_in
@require_POST
def refusal_confirm(request: Request, pk: UUID) -> HttpResponse:
    """Confirm another officer's refusal; the letter leaves."""
    decision = _open_decision(request, pk)
    return perform(
        request,
        eligibility.confirm_refusal,
        to=reverse("grants:proposal_check", args=[decision.proposal_id]),
        message=_("The refusal stands. The letter is on its way."),
        decision_id=pk,
    )


@signed_in
@require_POST
def refusal_return(request: Request, pk: UUID) -> HttpResponse:
    """Send another officer's refusal back."""
    decision = _open_decision(request, pk)
    return perform(
        request,
        eligibility.return_refusal,
        to=reverse("grants:proposal_check", args=[decision.proposal_id]),
        message=_("Sent back to the first officer."),
        decision_id=pk,
        note=request.POST.get("note", ""),
    )


@signed_in
@require_GET
def sealed_file(request: Request, pk: UUID, code: str) -> HttpResponseBase:
    """A file of the version that counts, as it was handed in."""
    document = check_pages.sealed_document(received(request, pk), code=code)
    if document is None:
        raise Http404
    return respond(document)
