"""The expert's pages: the pile, the declaration, reading and marking, the finished report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, documents
from core.drafts import keep_draft
from core.models import Document
from core.web import perform, save_form, signed_in
from grants.actions import conflict, individual_report
from grants.forms.evaluation import ConflictForm, DeclarationForm
from grants.forms.evaluation_marks import ReportForm
from grants.models import IndividualReport
from grants.queries import evaluator as queries
from grants.queries.marks import criteria_of, gaps, scored
from grants.queries.reading import annexes_of, consortium_of, reading_of
from grants.views.reach import calls_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from core.web import Request

R = IndividualReport.State
READABLE = (R.OPEN, R.FINISHED)
SAID = {
    "finish": _("Your report is finished."),
    "decline": _("You gave the proposal back."),
    "reopen": _("The report is open again."),
    "void": _("The report is void. Its marks count no more."),
}


def _own(request: Request, pk: int) -> IndividualReport:
    rows = IndividualReport.objects.of_expert(request.user)
    return get_object_or_404(rows.select_related("proposal__call", "proposal__version"), pk=pk)


@signed_in
@require_safe
def individual_report_list(request: Request) -> HttpResponse:
    """The pile: what waits, what is in consensus, what is finished."""
    found = queries.pile(request.user)
    context = {
        "pile": found,
        "to_do": queries.to_do_rows(found),
        "consensus": queries.consensus_rows(found),
        "finished": queries.finished_rows(found),
    }
    return render(request, "grants/individual_report_list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def individual_report_declare(request: Request, pk: int) -> HttpResponse:
    """Both declarations, before anything of the text is shown."""
    report = _own(request, pk)
    if report.state != R.ASSIGNED and request.method != "POST":
        return redirect("grants:individual_report_detail", pk=pk)
    return save_form(
        request,
        DeclarationForm(request.POST or None),
        individual_report.declare,
        to=reverse("grants:individual_report_write", args=[pk]),
        template="grants/individual_report_declare.html",
        context={"report": report, "partners": consortium_of(report.proposal)},
        report_id=pk,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def individual_report_conflict(request: Request, pk: int) -> HttpResponse:
    """Say that there is a conflict: the work on this list ends."""
    report = _own(request, pk)
    if report.state in IndividualReport.OUT:
        raise Http404
    return save_form(
        request,
        ConflictForm(request.POST or None),
        conflict.declare,
        to=reverse("grants:individual_report_list"),
        template="grants/individual_report_conflict.html",
        context={"report": report},
        report_id=pk,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def individual_report_write(request: Request, pk: int) -> HttpResponse:
    """The proposal beside the form; a POST keeps what was typed, by itself or by the button."""
    report = _own(request, pk)
    if report.state != R.OPEN and request.method != "POST":
        return redirect("grants:individual_report_detail", pk=pk)
    return _write(request, report)


def _write(request: Request, report: IndividualReport) -> HttpResponse:
    form = _form(request, report)

    def save(**who: Any) -> None:
        individual_report.save(report.pk, marks=form.marks, flags=form.flags, **who)

    return keep_draft(
        request,
        form,
        save,
        to=reverse("grants:individual_report_check", args=[report.pk]),
        template="grants/individual_report_write.html",
        context=_page(report),
    )


def _form(request: Request, report: IndividualReport) -> ReportForm:
    return ReportForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria_of(report.proposal.call),
        marks=scored(report.marks.all()),
        initial={flag: getattr(report, flag) for flag in individual_report.FLAGS},
    )


def _page(report: IndividualReport) -> dict[str, Any]:
    return {
        "report": report,
        "proposal": report.proposal,
        "reading": reading_of(report.proposal),
        "comment_chars_min": report.proposal.call.comment_chars_min,
    }


@signed_in
@require_safe
def individual_report_check(request: Request, pk: int) -> HttpResponse:
    """All marks once more, what is missing, and the button that hands the report in."""
    report = _own(request, pk)
    if report.state != R.OPEN:
        return redirect("grants:individual_report_detail", pk=pk)
    context = _read_only(report)
    return render(request, "grants/individual_report_check.html", context)


def _read_only(report: IndividualReport) -> dict[str, Any]:
    call, marks = report.proposal.call, scored(report.marks.all())
    criteria = criteria_of(call)
    return {
        "report": report,
        "rows": queries.mark_rows(criteria, marks),
        "total": queries.own_total(criteria, marks),
        "gaps": gaps(marks, criteria, comment_chars_min=call.comment_chars_min),
    }


@signed_in
@require_safe
def individual_report_detail(request: Request, pk: int) -> HttpResponse:
    """A report to read: one's own, or another's as far as the evaluation allows."""
    rows = IndividualReport.objects.visible_to(request.user, on=day_of(clock.now()))
    report = get_object_or_404(rows.select_related("proposal__call", "expert"), pk=pk)
    if report.state in {R.ASSIGNED, R.OPEN}:
        name = (
            "grants:individual_report_declare"
            if report.state == R.ASSIGNED
            else "grants:individual_report_write"
        )
        return redirect(name, pk=pk)
    context = _read_only(report) | {"is_own": report.expert_id == request.user.pk}
    return render(request, "grants/individual_report_detail.html", context)


@signed_in
@require_safe
def individual_report_file(request: Request, pk: int, document: UUID) -> HttpResponseBase:
    """An annex of the proposal, for the expert who has declared."""
    report = _own(request, pk)
    if report.state not in READABLE or document not in annexes_of(report.proposal):
        raise Http404
    return documents.respond(get_object_or_404(Document, pk=document))


@signed_in
@require_POST
def individual_report_do(request: Request, pk: int, event: str) -> HttpResponse:
    """One event of a report: decline, finish, reopen, void."""
    run = calls_as(request, "CC")
    rows = IndividualReport.objects.filter(Q(expert=request.user) | Q(proposal__call__in=run))
    report = get_object_or_404(rows.select_related("proposal"), pk=pk)
    if event not in individual_report.EVENTS:
        raise Http404
    action = individual_report.EVENTS[event]
    reasons = {"reason": request.POST.get("reason", "")} if event != "finish" else {}
    to, said = _after(request, report), str(SAID[event])
    return perform(request, action, to=to, message=said, report_id=pk, **reasons)


def _after(request: Request, report: IndividualReport) -> str:
    """The expert goes back to the pile, the officer to the desk."""
    if report.expert_id == request.user.pk:
        return reverse("grants:individual_report_list")
    return reverse("grants:assignment_desk", args=[report.proposal.call_id])
