"""What was handed in, with its receipts; what came of it, with its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.web import Request, perform, signed_in
from grants.actions import letter as letters
from grants.models import Letter
from grants.queries import outcome_pages, proposal_files
from grants.queries import proposal_pages as pages
from grants.views.proposal import own

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase


@signed_in
@require_GET
def version_list(request: Request, pk: UUID) -> HttpResponse:
    """Versions and receipts; the last one in time is the one that counts."""
    proposal = own(request, pk)
    context = {
        "proposal": proposal,
        "versions": proposal_files.versions_of(proposal),
        "editable": pages.is_editable(proposal, at=clock.now()),
    }
    return render(request, "grants/version_list.html", context)


@signed_in
@require_GET
def version_page(request: Request, pk: UUID, number: int) -> HttpResponse:
    """One version as it was sealed."""
    proposal = own(request, pk)
    version = get_object_or_404(proposal.versions.select_related("submitted_by"), number=number)
    return render(request, "grants/version_page.html", {"proposal": proposal, "version": version})


@signed_in
@require_GET
def receipt_file(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """The printed receipt of a version."""
    rows = (
        own(request, pk).versions.filter(receipt__isnull=False).select_related("receipt__document")
    )
    return respond(get_object_or_404(rows, number=number).receipt.document)


@signed_in
@require_GET
def proposal_outcome(request: Request, pk: UUID) -> HttpResponse:
    """Letters and, once opened, what they say and until when a review may be asked for."""
    proposal = own(request, pk)
    context = {
        "proposal": proposal,
        "state": pages.applicant_tag(proposal),
        "letters": outcome_pages.shown_letters(proposal),
        "has_report": outcome_pages.has_report(proposal),
    }
    return render(request, "grants/proposal_outcome.html", context)


@signed_in
@require_POST
def letter_open(request: Request, pk: UUID, letter_id: UUID) -> HttpResponse:
    """Open a letter: the redress period runs from now."""
    letter = get_object_or_404(own(request, pk).letters.all(), pk=letter_id)
    return perform(
        request,
        letters.open_letter,
        to=reverse("grants:proposal_outcome", args=[pk]),
        message=_("The letter is open."),
        letter_id=letter.pk,
    )


@signed_in
@require_GET
def letter_file(request: Request, pk: UUID, letter_id: UUID) -> HttpResponseBase:
    """The printed letter, once it has been opened."""
    rows = Letter.objects.filter(document__isnull=False, opened_at__isnull=False)
    letter = get_object_or_404(
        rows.select_related("document"), pk=letter_id, proposal=own(request, pk)
    )
    assert letter.document is not None
    return respond(letter.document)
