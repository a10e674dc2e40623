"""Ask for a report, watch it being made, take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import clock, documents
from core.errors import NotAllowed
from core.models import Job
from core.web import signed_in
from parties.rules.days import day_of
from reporting.actions import export
from reporting.forms.export import ExportForm
from reporting.reports import REPORTS, access
from reporting.views import shown

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from core.web import Request
    from reporting.reports.access import Offer

PAGE = 50


def _offers(request: Request) -> list[Offer]:
    found = access.offers(REPORTS.values(), request.user, on=day_of(clock.now()))
    if not found:
        raise Http404
    return found


def _page(request: Request, found: list[Offer], refused: ExportForm | None = None) -> HttpResponse:
    asked, subject = request.GET.get("report", ""), request.GET.get("of", "")
    rows = Job.objects.filter(access.jobs_seen(found), kind=export.KIND)
    newest = rows.select_related("result", "started_by").order_by("-at", "-pk")
    page = Paginator(newest, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "cards": shown.cards(found, asked=asked, subject=subject, refused=refused),
        "files": [shown.file(row) for row in page],
        "page_obj": page,
    }
    status = 422 if refused else 200
    return render(request, "reporting/export_list.html", context, status=status)


def _job(request: Request, pk: UUID) -> Job:
    rows = Job.objects.filter(kind=export.KIND).select_related("result", "started_by")
    row = get_object_or_404(rows, pk=pk)
    if not access.may_see(row, REPORTS.values(), request.user, on=day_of(clock.now())):
        raise Http404
    return row


@signed_in
@require_safe
def export_list(request: Request) -> HttpResponse:
    """The reports that the person may ask for, and those made earlier."""
    return _page(request, _offers(request))


@signed_in
@require_POST
def export_make(request: Request) -> HttpResponse:
    """Begin a report; it is made in the background."""
    found = _offers(request)
    wanted = [offer for offer in found if offer.report.slug == request.POST.get("report")]
    form = ExportForm(request.POST, offer=(wanted or found)[0])
    if not wanted or not form.is_valid():
        return _page(request, found, form)
    try:
        row = export.ask(**form.cleaned_data, actor=request.user, at=clock.now())
    except NotAllowed as error:
        raise Http404 from error
    return redirect("reporting:export_job", row.pk)


@signed_in
@require_safe
def export_job(request: Request, pk: UUID) -> HttpResponse:
    """How far a report is; when it is made, the file."""
    row = _job(request, pk)
    return render(request, "reporting/export_job.html", shown.job(row))


@signed_in
@require_safe
def export_file(request: Request, pk: UUID) -> HttpResponseBase:
    """The finished file."""
    row = _job(request, pk)
    if row.result is None:
        raise Http404
    return documents.respond(row.result)
