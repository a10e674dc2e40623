"""What is read across the ledger: trial balance and open balances, of one grant or of all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core import clock
from core.web import Request, signed_in
from grants.models import Grant
from grants.queries import ledger_open, ledger_page, ledger_trial
from grants.queries.ledger_asked import asked
from grants.views.ledger import the_book
from ledger import api as ledger
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

LINES = 50


def _all(request: Request) -> list[Grant]:
    """Every grant with a book that this person may see."""
    rows = Grant.objects.visible_to(request.user, on=day_of(clock.now()))
    with_book = rows.filter(book__isnull=False).select_related("book", "proposal")
    return list(with_book.order_by("number"))


@signed_in
@require_GET
def grant_trial(request: Request, pk: UUID) -> HttpResponse:
    """The trial balance of a grant, now or as of a day."""
    grant, of = the_book(request, pk), asked(request.GET)
    sets = ledger.trial_balance([grant.book] if grant.book else [], of.when)
    table = ledger_trial.trial_table(sets, partial(_type_url, grant, of))
    context = {"grant": grant, "asked": of, "table": table}
    return render(request, "grants/trial_balance.html", context | _says(sets))


def _type_url(grant: Grant, of: Any, type_: str) -> str:
    return ledger_page.type_url(grant.pk, type_, of)


def _says(sets: list[ledger.TrialSet]) -> dict[str, str]:
    tone, words = ledger_trial.verdict(sets)
    return {"tone": tone, "words": words}


@signed_in
@require_GET
def trial_balance_all(request: Request) -> HttpResponse:
    """The trial balance of all grants together; one type of account by grant, if asked."""
    of, grants = asked(request.GET), _all(request)
    sets = ledger.trial_balance([grant.book for grant in grants if grant.book], of.when)
    of_type = request.GET.get("type", "")
    context = {"asked": of, "count": len(grants), "of_type": of_type}
    context["table"] = ledger_trial.trial_table(sets, partial(_by_grant_url, of))
    if of_type in ledger_page.account_types():
        context["by_grant"] = ledger_trial.by_grant(grants, of_type, asked=of)
        context["type_words"] = ledger_page.words_of(of_type)
    return render(request, "grants/trial_balance.html", context | _says(sets))


def _by_grant_url(of: Any, type_: str) -> str:
    return f"{of.query or '?'}{'&' if of.query else ''}type={type_}#by-grant"


@signed_in
@require_GET
def grant_open_balances(request: Request, pk: UUID) -> HttpResponse:
    """Clearing accounts of a grant that are not empty."""
    grant = the_book(request, pk)
    export = f"{reverse('reporting:export_list')}?report=open-balances-grant&of={grant.pk}"
    return _open(request, [grant], {"grant": grant, "export": export})


@signed_in
@require_GET
def open_balances_all(request: Request) -> HttpResponse:
    """Clearing accounts of all grants that are not empty."""
    export = f"{reverse('reporting:export_list')}?report=open-balances-call"
    return _open(request, _all(request), {"export": export})


def _open(request: Request, grants: list[Grant], more: dict[str, Any]) -> HttpResponse:
    found = ledger_open.open_balances(grants, everything=request.GET.get("show") == "all")
    page = Paginator(found.rows, LINES).get_page(request.GET.get("page"))
    table = ledger_open.open_table(
        grants, list(page), on=day_of(clock.now()), with_grant="grant" not in more
    )
    tone, words = ledger_open.summary(found)
    context = {"page": page, "table": table, "pills": found.pills, "tone": tone, "words": words}
    return render(request, "grants/open_balances.html", context | more)
