"""One event of the ledger: who, when, on which paper, and what each leg did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.presentation.formats import day, when
from core.presentation.parts import Fact, File
from core.presentation.tables import Column, Link, Table
from grants.permissions import OFFICES, grant_roles_in, holds, is_member
from grants.queries.account_names import names
from grants.queries.ledger_page import account_url, kind_words, words_of
from ledger.models import Entry, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from core.models import Person
    from grants.models import Grant
    from grants.queries.ledger_asked import Asked
    from ledger.models import Account

HEX_SHOWN = 16
_known: list[Callable[[Event], list[File]]] = []


def register(find: Callable[[Event], list[File]]) -> None:
    """Ask ``find`` for the files behind an event's document; once, however often it is said."""
    if find not in _known:
        _known.append(find)


def papers(grant: Grant, event: Event, *, may_read: bool) -> dict[str, Any]:
    """The event's document, and what that rests on: the invoice of a claim."""
    behind = [file for find in _known for file in find(event)] if may_read else []
    return {"paper": paper(grant, event, may_read=may_read), "files": behind}


def events_of(grant: Grant) -> Any:
    """The events of the grant's book, with their paper and people."""
    rows = Event.objects.filter(book=grant.book_id)
    return rows.select_related("document", "actor", "approver", "reverses", "reversed_by")


def reads_papers(person: Person, grant: Grant, *, on: date) -> bool:
    """Whether the papers behind the ledger are for this person.

    Officers of the call and the coordinator's people; another partner sees what was booked, but
    not what the bank wrote to the coordinator.
    """
    owner = grant.coordinator_id
    roles = grant_roles_in(person, grant.pk, on=on)
    return (
        holds(person, grant.call_id, *OFFICES, on=on)
        or any(organisation == owner for organisation, _role in roles)
        or is_member(person, owner, on=on)
    )


def facts(grant: Grant, event: Event) -> list[Fact]:
    """What happened, when, who answers for it, and what it takes back or was taken back by."""
    rows = [
        (_("Event"), kind_words(event.kind)),
        (_("Day"), day(event.effective_on)),
        (_("Decided"), when(event.at)),
        (_("Recorded"), when(event.recorded_at)),
        (_("Posted by"), str(event.actor)),
    ]
    if event.approver is not None:
        rows.append((_("Approved by"), str(event.approver)))
    if event.reverses is not None:
        rows.append((_("Takes back"), _link(grant, event.reverses)))
    if hasattr(event, "reversed_by"):
        rows.append((_("Taken back by"), _link(grant, event.reversed_by)))
    return [Fact(name, value) for name, value in rows]


def _link(grant: Grant, event: Event) -> SafeString:
    url = reverse("grants:grant_ledger_event", args=[grant.pk, event.pk])
    words = f"{kind_words(event.kind)}, {day(event.effective_on)}"
    return format_html('<a href="{}">{}</a>', url, words)


def entries_of(event: Event) -> list[Entry]:
    """Both entries of each leg, in order: debit, then credit."""
    rows = Entry.objects.filter(posting__event=event).select_related(
        "account", "posting__debit", "posting__credit"
    )
    return sorted(rows, key=lambda entry: (entry.posting.leg_no, -entry.amount))


def leg_table(grant: Grant, entries: Sequence[Entry], *, asked: Asked) -> Table:
    """Each leg as an account debited and an account credited, with the sum of the legs."""
    named = names((entry.account.type, entry.account.key) for entry in entries)

    def shown(account: Account) -> Link:
        whose = named.get((account.type, account.key), ("", ""))[0]
        url = account_url(grant.pk, account.type, account.key, asked)
        return Link(words_of(account.type), url, f"{account.type} {whose}")

    legs = {entry.posting_id: entry.posting for entry in entries}.values()
    columns = [
        Column(_("Debit"), "head"),
        Column(_("Credit")),
        Column(_("Amount EUR"), "money"),
    ]
    rows = [[shown(leg.debit), shown(leg.credit), leg.amount] for leg in legs]
    foot = [[_("Together"), "", sum(leg.amount for leg in legs)]]
    return Table(_("Legs of the event"), columns, rows, foot=foot)


def entry_table(entries: Sequence[Entry]) -> Table:
    """What the event left on each account, and the hash that signs it."""
    columns = [
        Column(_("Account"), "head"),
        Column(_("No."), "num"),
        Column(_("Balance after EUR"), "money"),
        Column(_("Hash")),
    ]
    rows = [
        [entry.account.type, entry.seq, entry.balance_after, bytes(entry.hash).hex()[:HEX_SHOWN]]
        for entry in entries
    ]
    return Table(_("Entries of the event"), columns, rows)


def paper(grant: Grant, event: Event, *, may_read: bool) -> File:
    """The document that the event rests on; its fingerprint is for everybody."""
    url = reverse("grants:grant_ledger_document", args=[grant.pk, event.pk])
    return File(
        name=event.document.name,
        size=event.document.size,
        stored_at=event.document.created_at,
        sha256=event.document.sha256,
        url=url if may_read else "",
        action=_("Download") if may_read else "",
        note="" if may_read else _("The coordinator and the officers of the call have it"),
    )
