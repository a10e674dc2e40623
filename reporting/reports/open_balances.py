"""Clearing accounts that are not empty, of a grant or of all grants of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.presentation.formats import when
from grants.models import Grant
from grants.queries.account_names import names
from grants.queries.ledger_open import due_words
from grants.queries.ledger_page import kind_words, words_of
from ledger import api as ledger
from parties.rules.days import day_of
from reporting.reports.base import FINANCE_OFFICES, Report
from reporting.sheets import Column, Kind, Sheet, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from grants.models import Call

COLUMNS = (
    Column("Grant", width=30),
    Column("Account", width=12),
    Column("What it is", width=34),
    Column("Whose", width=40),
    Column("Balance EUR", Kind.MONEY, 16),
    Column("Since", Kind.DAY, 12),
    Column("Days", Kind.COUNT, 8),
    Column("Event", width=26),
    Column("Document", width=40),
    Column("SHA-256 of the document", width=66),
    Column("Has to be empty", width=34),
    Column("Unexplained", width=12),
)


def of_grant(grant: Grant, at: datetime) -> Workbook:
    """The open balances of one grant."""
    return _workbook(grant.number, [grant], at)


def of_call(call: Call, at: datetime) -> Workbook:
    """The open balances of every signed grant of a call."""
    rows = Grant.objects.filter(call=call, book__isnull=False).select_related("book")
    return _workbook(call.identifier, list(rows), at)


def _workbook(subject: str, grants: Sequence[Grant], at: datetime) -> Workbook:
    about = [("Made by", "Trellis"), ("As of", when(at)), ("Of", subject)]
    sheet = Sheet("Open balances", COLUMNS, list(_lines(grants, on=day_of(at))))
    return Workbook(f"Open balances {subject}", about, [sheet])


def _lines(grants: Sequence[Grant], *, on: date) -> Iterator[list[Any]]:
    numbers = {grant.book_id: grant.number for grant in grants}
    rows = ledger.open_balances([grant.book for grant in grants if grant.book])
    named = names((row.account.type, row.account.key) for row in rows)
    for row in rows:
        account, event = row.account, row.event
        whose = named.get((account.type, account.key), ("", ""))
        yield [
            numbers[account.book_id],
            account.type,
            words_of(account.type),
            " ".join(filter(None, whose)),
            account.balance,
            event.effective_on,
            row.age(on),
            kind_words(event.kind),
            event.document.name,
            event.document.sha256,
            due_words(row.due),
            "yes" if row.is_unexplained else "no",
        ]


REPORTS = (
    Report(
        slug="open-balances-grant",
        title=_("Open balances of a grant"),
        says=_("Clearing accounts that are not empty: since when, and the event behind each."),
        of="grant",
        build=of_grant,
        offices=FINANCE_OFFICES,
        roles=("FM", "FO"),
        coordinator_only=True,
        ready=Q(book__isnull=False),
        has_csv=True,
    ),
    Report(
        slug="open-balances-call",
        title=_("Open balances of a call"),
        says=_("The same of every signed grant of the call."),
        of="call",
        build=of_call,
        offices=FINANCE_OFFICES,
        ready=Q(pk__in=Grant.objects.filter(book__isnull=False).values("call")),
        has_csv=True,
    ),
)
