"""The budget grid: typed amounts, everything else computed; it saves itself and says when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.drafts import not_saved, saves_itself
from core.errors import DomainError, NotAllowed, Refused
from core.web import Request, signed_in
from grants.actions.budget import save_budget, writable_rows
from grants.queries import proposal_pages as pages
from grants.queries.budget_grid import Grid, grid
from grants.queries.terms import notes
from grants.views.proposal import own
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from grants.models import Proposal


@signed_in
def budget_edit(request: Request, pk: UUID) -> HttpResponse:
    """Show the grid, or read what was typed; it is saved when every amount could be read."""
    proposal, at = own(request, pk), clock.now()
    mine = writable_rows(proposal, person=request.user, on=day_of(at))
    if request.method == "POST":
        return _saved(request, proposal, grid(proposal, writable=mine, typed=request.POST.dict()))
    shown = mine if pages.is_editable(proposal, at=at) else set()
    return _page(request, proposal, grid(proposal, writable=shown), status=200)


def _page(
    request: Request, proposal: Proposal, shown: Grid, *, status: int, refusal: str = ""
) -> HttpResponse:
    context = {"proposal": proposal, "grid": shown, "refusal": refusal} | _terms(proposal)
    return render(request, "grants/budget_edit.html", context, status=status)


def refuse_stale(shown: Grid) -> None:
    """Nobody's amounts are overwritten unseen; saving once more replaces them."""
    if shown.stale:
        names = ", ".join(row.partner.label for row in shown.stale)
        raise Refused(
            _(
                "%(partners)s: these amounts were changed since you opened the page. "
                "Save again to put yours in their place."
            )
            % {"partners": names}
        )


def _terms(proposal: Proposal) -> dict[str, Any]:
    acting = ("share_base", "indirect_rate_bp", "indirect_base_includes_d1")
    return {"call": proposal.call, "notes": notes(proposal.call, *acting)}


def _saved(request: Request, proposal: Proposal, shown: Grid) -> HttpResponse:
    is_auto = saves_itself(request)
    at = clock.now()
    if not shown.errors:
        try:
            refuse_stale(shown)
            save_budget(proposal.pk, amounts=shown.typed, actor=request.user, at=at)
        except NotAllowed as error:
            raise Http404 from error
        except DomainError as refusal:
            if is_auto:
                return not_saved(request, [str(refusal)])
            return _page(request, proposal, shown, status=409, refusal=str(refusal))
    if is_auto:
        context = {"grid": shown, "at": None if shown.errors else at} | _terms(proposal)
        return render(request, "grants/budget_figures.html", context)
    if shown.errors:
        return _page(request, proposal, shown, status=422)
    messages.success(request, _("The budget is saved."))
    return redirect("grants:proposal_page", proposal.pk)
