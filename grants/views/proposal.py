"""Pages of the people who write a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.errors import DomainError, NotAllowed
from core.lifecycle import available
from core.web import Request, press, refused, save_form, signed_in
from grants.actions import proposal as actions
from grants.actions import submission
from grants.forms.proposal import BeginForm, DescribeForm
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Call, Proposal
from grants.queries import proposal_pages as pages
from grants.queries.gaps import not_submitted
from grants.queries.own_table import own_table
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

EVENTS = {"withdraw": actions.withdraw}


def own(request: Request, pk: UUID) -> Proposal:
    """A proposal of a consortium in which one stands; else as if it did not exist."""
    rows = Proposal.objects.of_member(request.user, on=day_of(clock.now()))
    rows = rows.select_related("call", "strand", "saved_by", "version").defer("version__content")
    return get_object_or_404(rows, pk=pk)


@signed_in
@require_GET
def proposal_list(request: Request) -> HttpResponse:
    """All proposals of the person's organisations."""
    at = clock.now()
    rows = pages.own_proposals(request.user, on=day_of(at))
    return render(request, "grants/proposal_list.html", {"table": own_table(rows)})


@signed_in
def proposal_begin(request: Request, identifier: str) -> HttpResponse:
    """Begin a proposal for a call."""
    call = get_object_or_404(Call.objects.public(), identifier=identifier)
    organisations = pages.acting_organisations(request.user, on=day_of(clock.now()))
    return save_form(
        request,
        BeginForm(request.POST or None, organisations=organisations),
        actions.draft,
        to=lambda made: reverse("grants:proposal_page", args=[made.pk]),
        template="grants/proposal_begin.html",
        context={"call": call, "organisations": organisations},
        message=_("The proposal has been begun. Nobody but your consortium sees it."),
        call_id=call.pk,
    )


@signed_in
@require_GET
def proposal_page(request: Request, pk: UUID) -> HttpResponse:
    """The task list of a proposal."""
    found = pages.joinable(request.user, pk)
    if found is not None:
        return redirect("grants:proposal_join", pk)
    proposal, at = own(request, pk), clock.now()
    context = {
        "proposal": proposal,
        "state": pages.applicant_tag(proposal),
        "progress": pages.progress_of(proposal, on=day_of(at)),
        "steps": pages.partner_steps(proposal),
        "editable": pages.is_editable(proposal, at=at),
        "events": available(ProposalLifecycle(proposal, at=at), request.user),
    }
    return render(request, "grants/proposal_page.html", context)


@signed_in
def proposal_describe(request: Request, pk: UUID) -> HttpResponse:
    """Short name, title, strand, objectives, duration."""
    proposal = own(request, pk)
    return save_form(
        request,
        DescribeForm(request.POST or None, proposal=proposal),
        actions.describe,
        to=reverse("grants:proposal_page", args=[pk]),
        template="grants/proposal_describe.html",
        context={
            "proposal": proposal,
            "editable": pages.is_editable(proposal, at=clock.now()),
        },
        proposal_id=pk,
    )


@signed_in
def proposal_submit(request: Request, pk: UUID) -> HttpResponse:
    """Read everything once more, then hand it in."""
    proposal, at = own(request, pk), clock.now()
    if request.method == "POST":
        return _handed_in(request, proposal, at=at)
    context = {
        "proposal": proposal,
        "progress": pages.progress_of(proposal, on=day_of(at)),
        "editable": pages.is_editable(proposal, at=at),
    }
    return render(request, "grants/proposal_submit.html", context)


def _handed_in(request: Request, proposal: Proposal, *, at: datetime) -> HttpResponse:
    """The receipts, or everything that stops the submission, each with its place."""
    try:
        submission.submit(proposal.pk, actor=request.user, at=at)
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as refusal:
        return refused(request, refusal, **not_submitted(proposal, refusal, at=at))
    messages.success(request, _("Submitted."))
    return redirect("grants:version_list", proposal.pk)


@signed_in
@require_POST
def proposal_do(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One of the moves that its people may make."""
    proposal = own(request, pk)
    to = reverse("grants:proposal_page", args=[pk])
    return press(request, EVENTS, event, to=to, proposal_id=proposal.pk)
