"""The record of a grant, the list of grants, and the events of a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.lifecycle import available
from core.models import Document
from core.presentation.parts import Pill
from core.web import Request, perform, press, save_form, signed_in
from grants.actions import award, settlement, signature
from grants.actions import grant as actions
from grants.forms.grant import ExclusionForm, PrepareForm
from grants.lifecycle.grant import GrantLifecycle
from grants.models import Grant, PeriodicReport, Proposal, Signature
from grants.permissions import holds
from grants.queries import (
    grant_charts,
    grant_meter,
    grant_page,
    grant_tasks,
    grant_timeline,
    grant_waiting,
)
from grants.queries.clocks import clocks
from grants.queries.settlement import settled_on
from grants.views.reach import calls_as
from ledger import api as ledger
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from core.models import Person

PAGE = 50
EVENTS = actions.EVENTS | signature.EVENTS | settlement.EVENTS
OWN_PAGES = frozenset({"settle", "sign_for_coordinator", "sign_for_authority"})
REASONS = "reopen_preparation fail_preparation suspend resume terminate"


def the_grant(request: Request, pk: UUID) -> Grant:
    """The grant if this person may see it; otherwise as if it did not exist."""
    rows = Grant.objects.visible_to(request.user, on=day_of(clock.now())).select_related(
        "call", "proposal__strand", "coordinator", "book", "agreement", "account"
    )
    signed = Prefetch("signatures", Signature.objects.select_related("document"))
    return get_object_or_404(rows.prefetch_related(signed), pk=pk)


@signed_in
@require_GET
def grant_list(request: Request) -> HttpResponse:
    """The grants this person may see, with the SMEs' share of each; filtered by state."""
    rows = Grant.objects.visible_to(request.user, on=day_of(clock.now()))
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in Grant.State.values else rows
    ordered = shown.select_related("proposal", "coordinator", "book").order_by("number")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": grant_page.grant_table(list(page)),
        "pills": _pills(rows.values_list("state", flat=True), state),
        **_asides(request.user),
    }
    return render(request, "grants/grant_list.html", context)


def _asides(person: Person) -> dict[str, Any]:
    on = day_of(clock.now())
    return {"waiting": grant_waiting.waiting(person, on=on), "clocks": clocks(person, on=on)}


def _pills(states: Any, current: str) -> list[Pill]:
    found = list(states)
    return [
        Pill(_("All"), "?", not current, len(found)),
        *(
            Pill(str(state.label), f"?state={state}", current == state, found.count(state))
            for state in Grant.State
            if state in found
        ),
    ]


@signed_in
@require_GET
def grant_detail(request: Request, pk: UUID) -> HttpResponse:
    """Meter, settlement today, tasks before signing, partners, files, time line."""
    grant = the_grant(request, pk)
    context = _record(grant, request.user, at=clock.now()) | _figures(grant)
    return render(request, "grants/grant_detail.html", context)


def _record(grant: Grant, person: Person, *, at: datetime) -> dict[str, Any]:
    reports = Prefetch("reports", PeriodicReport.objects.order_by("number"))
    prefetch_related_objects([grant], reports, "reports__statements")
    lifecycle, on = GrantLifecycle(grant, at=at), day_of(at)
    events = available(lifecycle, person)
    return {
        "grant": grant,
        "at": at,
        "month": grant_page.month_words(grant, on=on),
        "events": [event for event in events if event.name not in OWN_PAGES],
        "links": grant_tasks.links(lifecycle, person, events=events),
        "tasks": grant_tasks.tasks(grant, person, on=on),
        "table": grant_page.partner_table(grant),
        "files": grant_page.files(grant),
        "steps": grant_timeline.steps(grant, on=on),
        "reports": grant_tasks.report_table(grant),
        "reasons": REASONS,
    }


def _figures(grant: Grant) -> dict[str, Any]:
    if grant.book is None:
        return {}
    figures = ledger.share_figures(grant.book)
    found = settled_on(grant, figures.accepted)
    return {
        "meter": grant_meter.meter(grant, figures=figures),
        "coordination_left": grant_meter.coordination_left(figures),
        "charts": grant_charts.charts(grant),
    } | grant_page.closing(found)


@signed_in
@require_POST
def grant_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """Every button of the grant's lifecycle comes here."""
    grant = the_grant(request, pk)
    to = reverse("grants:grant_detail", args=[pk])
    return press(request, EVENTS, event, to=to, grant_id=grant.pk)


@signed_in
@require_POST
def proposal_invite(request: Request, proposal_id: UUID) -> HttpResponse:
    """Invite a proposal of the main list to prepare its grant."""
    proposal = get_object_or_404(Proposal, pk=proposal_id, call__in=calls_as(request))
    message = _("The coordinator has been invited.")
    to = reverse("grants:grant_list")
    return perform(request, award.invite, to=to, message=message, proposal_id=proposal.pk)


@signed_in
def grant_prepare(request: Request, proposal_id: UUID) -> HttpResponse:
    """Open the grant of an invited proposal."""
    proposal = get_object_or_404(Proposal.objects.select_related("call"), pk=proposal_id)
    if not holds(request.user, proposal.call_id, "PO", on=day_of(clock.now())):
        raise Http404
    return save_form(
        request,
        PrepareForm(request.POST or None),
        actions.prepare,
        to=lambda made: reverse("grants:grant_detail", args=[made.pk]),
        template="grants/grant_prepare.html",
        context={"proposal": proposal},
        message=_("The grant is in preparation. The partners have been told."),
        proposal_id=proposal.pk,
    )


@signed_in
def grant_exclusion(request: Request, pk: UUID) -> HttpResponse:
    """Record the check for exclusion."""
    grant = the_grant(request, pk)
    if not holds(request.user, grant.call_id, "PO", on=day_of(clock.now())):
        raise Http404
    return save_form(
        request,
        ExclusionForm(request.POST or None),
        actions.record_exclusion_check,
        to=reverse("grants:grant_detail", args=[pk]),
        template="grants/grant_exclusion.html",
        context={"grant": grant, "partners": grant_page.partners(grant)},
        message=_("The check has been recorded."),
        grant_id=pk,
    )


@signed_in
@require_GET
def grant_file(request: Request, pk: UUID, document_id: UUID) -> HttpResponseBase:
    """A paper of the grant: the agreement, or what somebody signed."""
    grant = the_grant(request, pk)
    own = {grant.agreement_id, *(row.document_id for row in grant.signatures.all())}
    reports = grant.reports.values_list("document_id", flat=True)
    if document_id not in own | set(reports):
        raise Http404
    return respond(get_object_or_404(Document, pk=document_id))
