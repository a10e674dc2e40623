"""Results and recipients for everybody, as a page and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.presentation.tables import Column, Table, Two
from core.web import public
from reporting.actions.export import CSV
from reporting.renderers import csv
from reporting.reports import open_data as data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from grants.models import Grant

PAGE = 50
SHEETS = {
    "grants": lambda: data.grants_sheet(data.grants().iterator(500)),
    "recipients": lambda: data.recipients_sheet(data.vouchers().iterator(500)),
}


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Signed grants, and the files that anybody may take."""
    page = Paginator(data.grants(), PAGE).get_page(request.GET.get("page"))
    recipients = data.vouchers()
    context = {
        "page_obj": page,
        "table": _table(page),
        "recipients": recipients.values("organisation").distinct().order_by().count(),
        "awarded": recipients.order_by().aggregate(cents=Sum("value_cents"))["cents"] or 0,
    }
    return render(request, "reporting/open_data.html", context)


@public
@require_safe
def open_data_file(request: HttpRequest, name: str) -> HttpResponse:
    """One of the tables as CSV."""
    del request
    if name not in SHEETS:
        raise Http404
    answer = HttpResponse(csv.render(SHEETS[name]()), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="trellis-{name}.csv"'
    return answer


def _table(rows: Iterable[Grant]) -> Table:
    columns = [
        Column(_("Project"), "head"),
        Column(_("Coordinator")),
        Column(_("Strand")),
        Column(_("Maximum grant EUR"), "money"),
        Column(_("Planned for SMEs EUR"), "money"),
    ]
    lines = [
        [
            Two(grant.proposal.acronym, grant.call.identifier),
            Two(grant.coordinator.legal_name, data.country(grant.coordinator.country)),
            str(grant.proposal.strand or ""),
            grant.grant_max_cents,
            grant.sme_planned_cents,
        ]
        for grant in rows
    ]
    return Table(_("Signed grants"), columns, lines, none=_("No grant has been signed yet."))
