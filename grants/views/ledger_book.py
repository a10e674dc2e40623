"""How the coordinator keeps the book of a grant: the bank's balances and closed periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.documents import respond
from core.web import Request, perform, save_form, signed_in
from grants.actions import ledger_book as actions
from grants.forms.ledger import BankBalanceForm, ClosePeriodForm
from grants.models import PeriodClosing
from grants.permissions import keeps_book
from grants.queries import ledger_bank
from grants.queries.ledger_event import reads_papers
from grants.views.ledger import the_book
from ledger import api as ledger
from ledger.models import BankBalance
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from grants.models import Grant


@signed_in
@require_GET
def grant_bank(request: Request, pk: UUID) -> HttpResponse:
    """The bank's statements beside the ledger's cash; which days are closed."""
    grant = the_book(request, pk)
    return render(request, "grants/ledger_bank.html", _shown(request, grant))


def _shown(request: Request, grant: Grant) -> dict[str, Any]:
    assert grant.book is not None, "the_book has seen it"
    on = day_of(clock.now())
    days = ledger.bank_days(grant.book)
    may_read = reads_papers(request.user, grant, on=on)
    tone, words = ledger_bank.differences(days)
    return {
        "grant": grant,
        "table": ledger_bank.bank_table(grant, days, may_read=may_read),
        "tone": tone,
        "words": words,
        "closed": ledger_bank.closed_words(ledger.first_open_day(grant.book.pk)),
        "waiting": actions.waiting(grant),
        "keeps_book": keeps_book(request.user, grant, on=on),
    }


def _kept(request: Request, pk: UUID) -> Grant:
    """The grant, for those who keep its book."""
    grant = the_book(request, pk)
    if not keeps_book(request.user, grant, on=day_of(clock.now())):
        raise Http404
    return grant


@signed_in
def bank_balance_add(request: Request, pk: UUID) -> HttpResponse:
    """Enter what a bank statement says."""
    grant = _kept(request, pk)
    return save_form(
        request,
        BankBalanceForm(request.POST or None, request.FILES or None),
        actions.enter_bank_balance,
        to=reverse("grants:grant_bank", args=[pk]),
        template="grants/bank_balance.html",
        context={"grant": grant},
        message=_("The balance of that day is entered."),
        grant_id=pk,
    )


@signed_in
def period_close(request: Request, pk: UUID) -> HttpResponse:
    """Ask to close the book through a day."""
    grant = _kept(request, pk)
    return save_form(
        request,
        ClosePeriodForm(request.POST or None),
        actions.ask_to_close,
        to=reverse("grants:grant_bank", args=[pk]),
        template="grants/period_close.html",
        context={"grant": grant},
        message=_("The closing waits for a second person."),
        grant_id=pk,
    )


@signed_in
@require_POST
def period_decide(request: Request, pk: UUID, closing_id: UUID, event: str) -> HttpResponse:
    """Confirm a closing, or take it back."""
    grant = _kept(request, pk)
    found = {"confirm": actions.confirm, "take_back": actions.take_back}.get(event)
    if found is None:
        raise Http404
    closing = get_object_or_404(PeriodClosing, pk=closing_id, grant=grant)
    return perform(
        request, found, to=reverse("grants:grant_bank", args=[pk]), closing_id=closing.pk
    )


@signed_in
@require_GET
def grant_bank_paper(request: Request, pk: UUID, balance_id: int) -> HttpResponseBase:
    """The bank statement of a day."""
    grant = the_book(request, pk)
    if grant.book is None or not reads_papers(request.user, grant, on=day_of(clock.now())):
        raise Http404
    rows = BankBalance.objects.filter(book=grant.book).select_related("document")
    return respond(get_object_or_404(rows, pk=balance_id).document)
