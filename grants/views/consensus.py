"""The consensus: the group's page with the draft, approvals, and the panel's changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.drafts import keep_draft
from core.lifecycle import available
from core.web import perform, save_form, signed_in
from grants.actions import assignment, consensus, panel
from grants.forms.evaluation import PanelChangeForm, RapporteurForm
from grants.forms.evaluation_marks import DraftForm
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.models import Consensus
from grants.queries.consensus import group_people, sheet
from grants.queries.marks import criteria_of, scored
from grants.queries.offices import roles_in
from grants.views.reach import calls_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from core.web import Request

C = Consensus.State
EVENTS = consensus.EVENTS | panel.EVENTS
RUN_EVALUATION = ("CC", "MOD", "PO")
BEFORE_PANEL = (C.APPROVED, C.PANEL)
SAID = {
    "draft": _("You can write the draft."),
    "submit": _("The draft lies before the group."),
    "approve": _("You approve this version."),
    "object": _("Your objection is with the rapporteur."),
    "close": _("The consensus is closed."),
    "dissent": _("The dissent is on record."),
    "refer": _("The panel will decide."),
    "finalise": _("The report is final."),
}
BUTTONS = {"draft", "close", "dissent", "refer", "finalise"}


def _visible(request: Request, pk: UUID) -> Consensus:
    rows = Consensus.objects.visible_to(request.user, on=day_of(clock.now()))
    return get_object_or_404(rows.select_related("proposal__call", "rapporteur"), pk=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consensus_detail(request: Request, pk: UUID) -> HttpResponse:
    """Marks side by side; for the rapporteur while drafting, the form of the draft."""
    return _draft(request, _visible(request, pk))


def _draft(request: Request, found: Consensus) -> HttpResponse:
    form = _draft_form(request, found)

    def save(**who: Any) -> None:
        consensus.save(found.pk, marks=form.marks, summary=form.cleaned_data["summary"], **who)
        if request.POST.get("then") == "submit":
            consensus.submit(found.pk, **who)

    return keep_draft(
        request,
        form,
        save,
        to=reverse("grants:consensus_detail", args=[found.pk]),
        template="grants/consensus_detail.html",
        context=_page(request, found, form),
    )


def _draft_form(request: Request, found: Consensus) -> DraftForm:
    return DraftForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria_of(found.proposal.call),
        marks=scored(found.marks.all()),
        initial={"summary": found.summary},
    )


def _page(request: Request, found: Consensus, form: DraftForm) -> dict[str, Any]:
    now = clock.now()
    shown = sheet(found, request.user, on=day_of(now))
    writes = found.state == C.DRAFTING and found.rapporteur_id == request.user.pk
    lifecycle = ConsensusLifecycle(found, at=now)
    shown_events = [e for e in available(lifecycle, request.user) if e.name in BUTTONS]
    return {
        "consensus": found,
        "proposal": found.proposal,
        "sheet": shown,
        "is_drafting": writes,
        "pairs": list(zip(shown.rows, form.pairs, strict=True)),
        "is_asked": found.state == C.FOR_APPROVAL and any(v.is_own for v in shown.voices),
        "events": shown_events,
        "primary": shown_events[0].name if shown_events else "",
        "reasons": "dissent finalise" if found.state == C.PANEL else "dissent",
        "officer": _office(request, found),
    }


def _office(request: Request, found: Consensus) -> dict[str, bool]:
    """What an officer may do here beside the events."""
    held = roles_in(request.user, found.proposal.call, on=day_of(clock.now()))
    names = not held.isdisjoint(RUN_EVALUATION)
    return {
        "names_rapporteur": names and found.state in assignment.OPEN_TO_EXPERTS[:3],
        "changes_marks": "CC" in held and found.state in BEFORE_PANEL,
    }


@signed_in
@require_POST
def consensus_do(request: Request, pk: UUID, event: str) -> HttpResponse:
    """One event of a consensus, or a word on its draft."""
    found = _visible(request, pk)
    action = EVENTS.get(event)
    if action is None:
        raise Http404
    return perform(
        request,
        action,
        to=reverse("grants:consensus_detail", args=[found.pk]),
        message=str(SAID[event]),
        consensus_id=found.pk,
        reason=request.POST.get("reason", ""),
    )


@signed_in
@require_POST
def consensus_word(request: Request, pk: UUID) -> HttpResponse:
    """The expert's signed decision on the draft: approve, or object with a reason."""
    found = _visible(request, pk)
    objects = request.POST.get("decision") == "object"
    return perform(
        request,
        consensus.object_to if objects else consensus.approve,
        to=reverse("grants:consensus_detail", args=[found.pk]),
        message=str(SAID["object" if objects else "approve"]),
        consensus_id=found.pk,
        reason=request.POST.get("reason", "") if objects else "",
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consensus_rapporteur(request: Request, pk: UUID) -> HttpResponse:
    """Name another rapporteur."""
    found = _visible(request, pk)
    if not _office(request, found)["names_rapporteur"]:
        return _back_or_hidden(request, found)
    return save_form(
        request,
        RapporteurForm(request.POST or None, experts=group_people(found)),
        assignment.name_rapporteur,
        to=reverse("grants:consensus_detail", args=[pk]),
        template="grants/consensus_rapporteur.html",
        context={"consensus": found},
        consensus_id=pk,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consensus_panel(request: Request, pk: UUID) -> HttpResponse:
    """Change a mark as the panel, with the reason."""
    found = _visible(request, pk)
    if not _office(request, found)["changes_marks"]:
        return _back_or_hidden(request, found)
    return save_form(
        request,
        PanelChangeForm(request.POST or None, criteria=criteria_of(found.proposal.call)),
        panel.change_mark,
        to=reverse("grants:consensus_detail", args=[pk]),
        template="grants/consensus_panel.html",
        context={"consensus": found, "marks": list(found.marks.select_related("criterion"))},
        consensus_id=pk,
    )


def _back_or_hidden(request: Request, found: Consensus) -> HttpResponse:
    """Officers are led back; for everybody else the page does not exist."""
    run = calls_as(request, *RUN_EVALUATION)
    if not run.filter(pk=found.proposal.call_id).exists():
        raise Http404
    return redirect("grants:consensus_detail", pk=found.pk)
