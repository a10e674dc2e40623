"""Files of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.web import Request, perform, save_form, signed_in
from grants.actions import annex as actions
from grants.forms.proposal import AnnexForm
from grants.queries import proposal_pages as pages
from grants.queries.proposal_files import annex_rows
from grants.queries.terms import notes
from grants.views.proposal import own

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase


@signed_in
@require_GET
def annex_list(request: Request, pk: UUID) -> HttpResponse:
    """What the call asks for, and what is there."""
    proposal = own(request, pk)
    context = {
        "proposal": proposal,
        "rows": annex_rows(proposal),
        "notes": notes(proposal.call, "page_limit"),
        "editable": pages.is_editable(proposal, at=clock.now()),
    }
    return render(request, "grants/annex_list.html", context)


@signed_in
def annex_add(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Add or replace one file."""
    proposal = own(request, pk)
    kind = get_object_or_404(proposal.call.annex_kinds, code=code)
    return save_form(
        request,
        AnnexForm(request.POST or None, request.FILES or None, kind=kind),
        actions.add,
        to=reverse("grants:annex_list", args=[pk]),
        template="grants/annex_add.html",
        context={"proposal": proposal, "kind": kind},
        message=_("The file is saved."),
        proposal_id=pk,
        kind=kind,
    )


@signed_in
@require_POST
def annex_remove(request: Request, pk: UUID, annex_id: UUID) -> HttpResponse:
    """Take a file out."""
    own(request, pk)
    return perform(
        request,
        actions.remove,
        to=reverse("grants:annex_list", args=[pk]),
        message=_("The file is out of the proposal."),
        proposal_id=pk,
        annex_id=annex_id,
    )


@signed_in
@require_GET
def annex_file(request: Request, pk: UUID, annex_id: UUID) -> HttpResponseBase:
    """Download one file of the working copy."""
    annex = get_object_or_404(own(request, pk).annexes.select_related("document"), pk=annex_id)
    return respond(annex.document)
