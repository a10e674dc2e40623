"""The assignment desk of a call: who judges what, a proposed assignment, conflicts found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.models import Person
from core.web import perform, save_form, signed_in
from grants.actions import assignment, conflict
from grants.forms.evaluation import FoundConflictForm
from grants.models import Call, Proposal
from grants.queries import assignment as queries
from grants.queries.offices import EVALUATION_READERS, EVALUATION_WRITERS, roles_in
from grants.views.reach import call_as, calls_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from core.web import Request

PAGE = 50


def _proposal(request: Request, pk: UUID, *roles: str) -> Proposal:
    run = calls_as(request, *roles)
    rows = Proposal.objects.filter(call__in=run).select_related("call", "strand")
    return get_object_or_404(rows, pk=pk)


def _is_open(call: Call) -> bool:
    return call.state == Call.State.EVALUATING


@signed_in
@require_safe
def assignment_desk(request: Request, pk: UUID) -> HttpResponse:
    """Proposals with their experts, those that lack some first, and the pool with its loads."""
    call, day = call_as(request, pk, *EVALUATION_READERS), day_of(clock.now())
    asked = queries.asked_in(call.pk)
    page = Paginator(asked.proposals, PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "page_obj": page,
        "rows": queries.assigned(page, call),
        "pool": queries.pool(call, on=day),
        "may_assign": _is_open(call) and calls_as(request, *EVALUATION_WRITERS).contains(call),
    }
    return render(request, "grants/assignment_desk.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_plan(request: Request, pk: UUID) -> HttpResponse:
    """A proposed assignment to look at; a POST asks everybody in it."""
    call = call_as(request, pk, *EVALUATION_WRITERS)
    if request.method == "POST":
        return perform(
            request,
            assignment.assign_all,
            to=reverse("grants:assignment_desk", args=[pk]),
            message=_("The experts are asked."),
            call_id=pk,
            pairs=_pairs(request.POST.getlist("pair")),
        )
    plan = queries.proposed_assignment(call, on=day_of(clock.now()))
    return render(request, "grants/assignment_plan.html", {"call": call, "plan": plan})


def _pairs(typed: list[str]) -> list[tuple[UUID, UUID]]:
    """Pairs as the form sends them back: proposal and expert, with a slash between them."""
    try:
        found = [tuple(UUID(key) for key in pair.split("/")) for pair in typed]
    except ValueError as error:
        raise Http404 from error
    if any(len(pair) != 2 for pair in found):
        raise Http404
    return [(pair[0], pair[1]) for pair in found]


@signed_in
@require_safe
def assignment_proposal(request: Request, pk: UUID) -> HttpResponse:
    """One proposal: its experts, and whom one could ask."""
    proposal = _proposal(request, pk, *EVALUATION_READERS)
    day = day_of(clock.now())
    roles = roles_in(request.user, proposal.call, on=day)
    may_assign = _is_open(proposal.call) and not roles.isdisjoint(EVALUATION_WRITERS)
    context = {
        "proposal": proposal,
        "reports": proposal.reports.select_related("expert").order_by("pk"),
        "choices": queries.choices_for(proposal, on=day) if may_assign else [],
        "may_assign": may_assign,
        "may_void": "CC" in roles,
        "conflicts": proposal.conflicts.select_related("expert", "recorded_by"),
    }
    return render(request, "grants/assignment_proposal.html", context)


@signed_in
@require_POST
def assignment_add(request: Request, pk: UUID) -> HttpResponse:
    """Ask one expert for one proposal."""
    proposal = _proposal(request, pk, *EVALUATION_WRITERS)
    return perform(
        request,
        assignment.assign,
        to=reverse("grants:assignment_proposal", args=[proposal.pk]),
        message=_("The expert is asked."),
        proposal_id=proposal.pk,
        expert_id=_key(request.POST.get("expert_id", "")),
    )


def _key(typed: str) -> UUID | None:
    """The key that was chosen, or none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_record(request: Request, pk: UUID) -> HttpResponse:
    """Record a conflict of interest that was found."""
    proposal = _proposal(request, pk, "CC")
    return save_form(
        request,
        FoundConflictForm(request.POST or None, experts=_experts_of(proposal)),
        conflict.record_found,
        to=reverse("grants:assignment_proposal", args=[pk]),
        template="grants/conflict_record.html",
        context={"proposal": proposal},
        proposal_id=pk,
    )


def _experts_of(proposal: Proposal) -> list[Person]:
    """Experts who were asked in this call: a conflict concerns its whole list."""
    asked: Any = Person.objects.filter(reports__proposal__call=proposal.call)
    return list(asked.distinct().order_by("full_name"))
