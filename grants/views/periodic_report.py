"""A periodic report: the coordinator's part, the officers' part, and its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.lifecycle import available
from core.web import Request, press, save_form, signed_in
from grants.actions import acceptance
from grants.actions import report as actions
from grants.forms.report import AssessForm, SubmitForm, SummaryForm
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import Grant, PeriodicReport
from grants.permissions import has_grant_role, holds
from grants.queries import report_page
from grants.queries.report_figures import sme_entries, sme_support
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from core.models import Person

R = PeriodicReport.State
EVENTS = actions.EVENTS | acceptance.EVENTS
BUTTONS = frozenset(EVENTS)
WRITABLE = (R.OPEN, R.PARTS_LOCKED, R.RETURNED)


def the_report(request: Request, pk: UUID) -> PeriodicReport:
    """The report if this person may see its grant; otherwise as if it did not exist."""
    grants = Grant.objects.visible_to(request.user, on=day_of(clock.now()))
    rows = PeriodicReport.objects.filter(grant__in=grants).select_related(
        "grant__proposal", "grant__call", "grant__coordinator", "grant__book", "document"
    )
    return get_object_or_404(rows.select_related("assessed_by"), pk=pk)


def _writes(request: Request, report: PeriodicReport) -> bool:
    """Whether this person hands in for the coordinator."""
    return report.state in WRITABLE and has_grant_role(
        request.user,
        report.grant,
        "FM",
        "LSIGN",
        organisation_id=report.grant.coordinator_id,
        on=day_of(clock.now()),
    )


def _assesses(request: Request, report: PeriodicReport) -> bool:
    on = day_of(clock.now())
    return report.state == R.SUBMITTED and holds(request.user, report.grant.call_id, "PO", on=on)


@signed_in
@require_GET
def periodic_report_detail(request: Request, pk: UUID) -> HttpResponse:
    """Statements by partner, the ledger's SME support, history and what may be done."""
    context = _record(request, the_report(request, pk))
    return render(request, "grants/periodic_report_detail.html", context)


def _record(request: Request, report: PeriodicReport) -> dict[str, Any]:
    lifecycle = PeriodicReportLifecycle(report, at=clock.now())
    lifecycle.reason = "asked for on the button"
    events = available(lifecycle, request.user)
    return _sums(report) | {
        "events": [event for event in events if event.name in BUTTONS],
        "cuts": report_page.cut_table(report),
        "steps": report_page.steps(report),
        "writes": _writes(request, report),
        "assesses": _assesses(request, report),
        "payments": report.payments.order_by("created_at"),
    }


def _sums(report: PeriodicReport) -> dict[str, Any]:
    """Costs by partner and the ledger's SME support."""
    entries = list(sme_entries(report).order_by("seq"))
    return {
        "report": report,
        "grant": report.grant,
        "grid": report_page.grid(report),
        "support": report_page.support_table(entries, total=sme_support(report)),
    }


@signed_in
@require_POST
def periodic_report_event(request: Request, pk: UUID, event: str) -> HttpResponse:
    """Every button of the report's lifecycle comes here."""
    report = the_report(request, pk)
    to = reverse("grants:periodic_report_detail", args=[pk])
    return press(request, EVENTS, event, to=to, report_id=report.pk)


@signed_in
def periodic_report_summary(request: Request, pk: UUID) -> HttpResponse:
    """The coordinator's text on the period."""
    report = the_report(request, pk)
    if not _writes(request, report):
        raise Http404
    return save_form(
        request,
        SummaryForm(request.POST or None, initial={"summary": report.summary}),
        actions.save_summary,
        to=reverse("grants:periodic_report_detail", args=[pk]),
        template="grants/periodic_report_summary.html",
        context={"report": report, "grant": report.grant},
        report_id=pk,
    )


@signed_in
def periodic_report_submit(request: Request, pk: UUID) -> HttpResponse:
    """Hand in with the SME support confirmed."""
    report = the_report(request, pk)
    if not _writes(request, report):
        raise Http404
    return save_form(
        request,
        SubmitForm(request.POST or None, initial={"sme_support_cents": sme_support(report)}),
        actions.submit,
        to=reverse("grants:periodic_report_detail", args=[pk]),
        template="grants/periodic_report_submit.html",
        context=_sums(report),
        message=_("The report has been handed in."),
        report_id=pk,
    )


@signed_in
def periodic_report_assess(request: Request, pk: UUID) -> HttpResponse:
    """What is accepted of every cost, and why not all of it."""
    report = the_report(request, pk)
    if not _assesses(request, report):
        raise Http404
    form = AssessForm(request.POST or None, lines=report_page.lines_of(report))
    return save_form(
        request,
        form,
        lambda **given: _assess(form, pk, actor=given["actor"], at=given["at"]),
        to=reverse("grants:periodic_report_detail", args=[pk]),
        template="grants/periodic_report_assess.html",
        context={"report": report, "grant": report.grant, "grid": report_page.grid(report)},
        message=_("Assessed. An authorising officer accepts the report."),
    )


def _assess(form: AssessForm, pk: UUID, *, actor: Person, at: datetime) -> PeriodicReport:
    return acceptance.assess(report_id=pk, decisions=form.decisions, actor=actor, at=at)
