"""Moderation desk, ranking board, ties, award: the officers' pages from consensus to letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, documents
from core.web import perform, save_form, signed_in
from grants.actions import award, panel, ranking
from grants.forms.evaluation import TieForm
from grants.models import Call, Proposal, Ranking
from grants.queries import board, moderation
from grants.queries.award_page import award_page as award_values
from grants.queries.offices import AWARD_READERS, EVALUATION_READERS, roles_in
from grants.queries.ranking import standing
from grants.views.reach import call_as, calls_as
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse, HttpResponseBase

    from core.models import Person
    from core.web import Request

PAGE = 50


def _roles(request: Request, call: Call) -> set[str]:
    return roles_in(request.user, call, on=day_of(clock.now()))


@signed_in
@require_safe
def moderation_desk(request: Request, pk: UUID) -> HttpResponse:
    """Every consensus of the call: where it stands and what holds it up."""
    call = call_as(request, pk, *EVALUATION_READERS)
    group = request.GET.get("state", "")
    counts = moderation.counts(call.pk)
    page = moderation.pages(call, counts, group=group).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "page_obj": page,
        "lines": moderation.lines(page, call),
        "pills": moderation.pills(counts, current=group),
        "may_finalise": "CC" in _roles(request, call),
    }
    return render(request, "grants/moderation_desk.html", context)


@signed_in
@require_POST
def moderation_finalise(request: Request, pk: UUID) -> HttpResponse:
    """The panel has looked at every approved report: make them final."""
    call = call_as(request, pk, "CC")
    to = reverse("grants:ranking_board", args=[call.pk])
    return perform(
        request, panel.finalise_all, to=to, message=_("The reports are final."), call_id=call.pk
    )


@signed_in
@require_safe
def ranking_board(request: Request, pk: UUID) -> HttpResponse:
    """The ranked list: live with what keeps it open, or as it was sealed."""
    call = call_as(request, pk, *EVALUATION_READERS)
    found = board.board(call, number=request.GET.get("page"))
    context = {
        "call": call,
        "board": found,
        "ranking": found.ranking,
        "roles": _roles(request, call),
    }
    return render(request, "grants/ranking_board.html", context)


@signed_in
@require_POST
def ranking_freeze(request: Request, pk: UUID) -> HttpResponse:
    """Seal the list."""
    call = call_as(request, pk, "CC")
    to = reverse("grants:ranking_board", args=[call.pk])
    return perform(
        request, ranking.freeze, to=to, message=_("The list is sealed."), call_id=call.pk
    )


@signed_in
@require_safe
def ranking_file(request: Request, pk: UUID) -> HttpResponseBase:
    """The sealed list as it was fingerprinted."""
    run = calls_as(request, *EVALUATION_READERS)
    rows = Ranking.objects.filter(call__in=run).select_related("document")
    return documents.respond(get_object_or_404(rows, pk=pk).document)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tie_decide(request: Request, pk: UUID) -> HttpResponse:
    """The panel's order of the first open tie, with its reason."""
    call = call_as(request, pk, "CC")
    tied = _tied(call)
    return save_form(
        request,
        TieForm(request.POST or None, tied=tied),
        _decide,
        to=reverse("grants:ranking_board", args=[call.pk]),
        template="grants/tie_decide.html",
        context={"call": call, "tied": tied},
        call_id=call.pk,
    )


def _decide(call_id: UUID, *, reason: str, actor: Person, at: datetime, **places: int) -> Any:
    """The form's places, "place-<proposal>": 1, as the order the panel gives."""
    order = [UUID(name.removeprefix("place-")) for name in sorted(places, key=places.__getitem__)]
    return panel.decide_tie(call_id, proposals=order, reason=reason, actor=actor, at=at)


def _tied(call: Call) -> list[Proposal]:
    """The proposals of the first open tie; without one there is nothing to decide."""
    ties = standing(call).ties
    if not ties:
        raise Http404
    refs = [entrant.ref for entrant in ties[0]]
    return list(Proposal.objects.filter(pk__in=refs).order_by("acronym", "pk"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def award_page(request: Request, pk: UUID) -> HttpResponse:
    """What the frozen list leads to; a POST awards and sends every letter."""
    call = call_as(request, pk, *AWARD_READERS)
    if request.method == "POST":
        to = reverse("grants:award_page", args=[call.pk])
        return perform(
            request, award.award, to=to, message=_("The letters leave now."), call_id=call.pk
        )
    context = award_values(call) | {"call": call, "roles": _roles(request, call)}
    letters = Paginator(context.get("letters", []), PAGE).get_page(request.GET.get("page"))
    return render(request, "grants/award_page.html", context | {"page_obj": letters})


@signed_in
@require_POST
def award_promote(request: Request, pk: UUID) -> HttpResponse:
    """Invite from the reserve list whom the freed money carries."""
    call = call_as(request, pk, "AO")
    to = reverse("grants:award_page", args=[call.pk])
    return perform(request, award.promote, to=to, message=_("Invited."), call_id=call.pk)
