"""The Evaluation Summary Report: for officers once made, for the consortium with its letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core import clock, documents
from core.web import signed_in
from grants.queries.summary import may_read, readable, summary_report
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from core.web import Request


@signed_in
@require_safe
def summary_report_file(request: Request, pk: UUID) -> HttpResponseBase:
    """The report of one proposal, as a PDF."""
    proposal = get_object_or_404(readable(), pk=pk)
    if not may_read(request.user, proposal, on=day_of(clock.now())):
        raise Http404
    document = summary_report(proposal)
    if document is None:
        raise Http404
    return documents.respond(document)
