"""The ledger of a grant to read: from a total to its accounts, entries, event and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import clock
from core.documents import respond
from core.web import Request, signed_in
from grants.queries import ledger_event, ledger_page
from grants.queries.account_names import names
from grants.queries.ledger_asked import asked
from grants.views.grant import the_grant
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from grants.models import Grant
    from ledger import api as ledger

ENTRIES = 50
FIRST = "B.POOL"


def the_book(request: Request, pk: UUID) -> Grant:
    """The grant, if this person may see it and it has a book."""
    grant = the_grant(request, pk)
    if grant.book is None:
        raise Http404
    return grant


@signed_in
@require_GET
def grant_ledger(request: Request, pk: UUID) -> HttpResponse:
    """The ledger of the grant, at the pool for SMEs, which has entries from the first day on."""
    return _ledger(request, pk, FIRST)


@signed_in
@require_GET
def grant_account(request: Request, pk: UUID, account: str) -> HttpResponse:
    """The accounts of a type; where a book has one of it, its entries."""
    return _ledger(request, pk, account)


@signed_in
@require_GET
def grant_account_entries(request: Request, pk: UUID, account: str, key: str) -> HttpResponse:
    """The entries of one voucher's, payee's or partner's account."""
    return _ledger(request, pk, account, key)


def _ledger(request: Request, pk: UUID, account: str, key: str = "") -> HttpResponse:
    if account not in ledger_page.account_types():
        raise Http404
    grant, of = the_book(request, pk), asked(request.GET)
    accounts = ledger_page.held(grant, of)
    sets = ledger_page.sets_of(grant, accounts, asked=of, current=account)
    context = {"grant": grant, "asked": of, "sets": sets, "type": account} | _chosen(
        accounts, account, key
    )
    if ledger_page.is_keyed(account) and not key:
        table = ledger_page.account_table(grant, accounts, account, asked=of)
        return render(request, "grants/grant_ledger.html", context | {"table": table})
    rows = ledger_page.entries_of(grant, account, key=key, asked=of)
    page = Paginator(rows, ENTRIES).get_page(request.GET.get("page"))
    context |= {"page": page, "table": ledger_page.entry_table(grant, list(page))}
    return render(request, "grants/grant_ledger.html", context)


def _chosen(accounts: list[ledger.Held], account: str, key: str) -> dict[str, Any]:
    """Words and balance of the type or of the one account."""
    shown = [row for row in accounts if row.type == account and key in {"", row.key}]
    return {
        "words": ledger_page.words_of(account),
        "owner": names([(account, key)]).get((account, key)),
        "balance": sum(row.cents for row in shown),
    }


@signed_in
@require_GET
def grant_ledger_event(request: Request, pk: UUID, event_id: int) -> HttpResponse:
    """One event: who, when, its legs, and the paper it rests on."""
    grant, of = the_book(request, pk), asked(request.GET)
    event = get_object_or_404(ledger_event.events_of(grant), pk=event_id)
    entries = ledger_event.entries_of(event)
    may_read = ledger_event.reads_papers(request.user, grant, on=day_of(clock.now()))
    context = {
        "grant": grant,
        "title": ledger_page.kind_words(event.kind),
        "facts": ledger_event.facts(grant, event),
        "legs": ledger_event.leg_table(grant, entries, asked=of),
        "entries": ledger_event.entry_table(entries),
    } | ledger_event.papers(grant, event, may_read=may_read)
    return render(request, "grants/ledger_event.html", context)


@signed_in
@require_GET
def grant_ledger_document(request: Request, pk: UUID, event_id: int) -> HttpResponseBase:
    """The paper behind an event, for officers and the coordinator's people."""
    grant = the_book(request, pk)
    if not ledger_event.reads_papers(request.user, grant, on=day_of(clock.now())):
        raise Http404
    return respond(get_object_or_404(ledger_event.events_of(grant), pk=event_id).document)
