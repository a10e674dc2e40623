"""The audit workbook of a grant, and of a whole call: every figure ties to the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.presentation.formats import share_of, when
from grants.models import Grant
from ledger.api import AccountType, invariants, share_figures_of
from ledger.models import Account
from reporting.reports import ledger_sheets as sheets
from reporting.reports.base import FINANCE_OFFICES, Report
from reporting.sheets import Column, Control, Kind, Sheet, Workbook

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from grants.models import Call

GRANT_COLUMNS = (
    Column("Grant", width=34),
    Column("Acronym", width=18),
    Column("Coordinator", width=36),
    Column("State", width=20),
    Column("Starts on", Kind.DAY, 12),
    Column("Ends on", Kind.DAY, 12),
    Column("Maximum grant EUR", Kind.MONEY, 18, total=True),
    Column("SMEs planned EUR", Kind.MONEY, 18, total=True),
    Column("SMEs committed EUR", Kind.MONEY, 18, total=True),
    Column("SMEs paid EUR", Kind.MONEY, 18, total=True),
    Column("SMEs accepted EUR", Kind.MONEY, 18, total=True),
    Column("Coordination accepted EUR", Kind.MONEY, 18, total=True),
    Column("SMEs' share planned", Kind.SHARE, 12),
    Column("Final grant as of today EUR", Kind.MONEY, 18, total=True),
)


def of_grant(grant: Grant, at: datetime) -> Workbook:
    """One grant with its entries, vouchers, claims and payments."""
    return _book(f"Audit workbook {grant.number}", [grant], at)


def of_call(call: Call, at: datetime) -> Workbook:
    """All signed grants of a call."""
    rows = (
        Grant.objects.filter(call=call, book__isnull=False)
        .select_related("proposal", "coordinator", "book")
        .order_by("number")
    )
    return _book(f"Audit workbook {call.identifier}", list(rows), at)


def _book(title: str, grants: list[Grant], at: datetime) -> Workbook:
    books = [grant.book_id for grant in grants if grant.book_id]
    return Workbook(
        title=title,
        about=_about(grants, books, at),
        sheets=[
            _grants_sheet(grants),
            sheets.recipients_sheet(grants),
            sheets.claims_sheet(grants),
            sheets.payments_sheet(grants),
            sheets.ledger_sheet(books),
        ],
        controls=_controls(books),
    )


def _about(grants: list[Grant], books: list[int], at: datetime) -> list[tuple[str, str]]:
    heads = Account.objects.filter(book__in=books, type=AccountType.SACC).order_by("code")
    only = grants[0].book if len(grants) == 1 else None
    broken = [str(found) for found in invariants(only)]
    return [
        ("Made by", "Trellis"),
        ("As of", when(at)),
        ("Grants", ", ".join(grant.number for grant in grants)),
        ("Money", "Euro with two decimals; the ledger counts cents"),
        ("Times", "Brussels"),
        ("Invariants of the ledger", "all hold" if not broken else "; ".join(broken)),
        ("Heads of accepted SME support", "\n".join(map(_head, heads))),
        ("How to read", "Every total is a live formula; the sheet Control holds it against SQL."),
    ]


def _head(account: Account) -> str:
    return f"{account.code}: {bytes(account.head).hex()}"


def _grants_sheet(grants: list[Grant]) -> Sheet:
    figures = share_figures_of([grant.book for grant in grants if grant.book])
    rows = [_grant_row(grant, figures[grant.book_id]) for grant in grants if grant.book_id]
    return Sheet("Grants", GRANT_COLUMNS, rows)


def _grant_row(grant: Grant, figures: Any) -> list[Any]:
    return [
        grant.number,
        grant.proposal.acronym,
        grant.coordinator.legal_name,
        grant.get_state_display(),
        grant.starts_on,
        grant.ends_on,
        grant.grant_max_cents,
        figures.planned.sme,
        figures.committed.sme,
        figures.paid.sme,
        figures.accepted.sme,
        figures.accepted.coordination,
        share_of(figures.planned.sme, grant.grant_max_cents),
        figures.final_today,
    ]


def _controls(books: list[int]) -> list[Control]:
    debit, credit = sheets.sums(books)
    recovered, accepted = sheets.turnover(books, AccountType.SACC)
    clawed_back, coordination = sheets.turnover(books, AccountType.CACC)
    return [
        Control("Debits of the ledger", "Ledger", "Debit EUR", debit),
        Control("Credits of the ledger", "Ledger", "Credit EUR", credit),
        Control("Accepted on claims, before recoveries", "Claims", "Accepted EUR", accepted),
        Control("Accepted on vouchers, before recoveries", "Recipients", "Accepted EUR", accepted),
        Control("Recovered from SMEs", "Recipients", "To be paid back EUR", recovered),
        Control("SME support accepted", "Grants", "SMEs accepted EUR", accepted - recovered),
        Control(
            "Coordination accepted",
            "Grants",
            "Coordination accepted EUR",
            coordination - clawed_back,
        ),
    ]


REPORTS = (
    Report(
        slug="audit-grant",
        title=_("Audit workbook of a grant"),
        says=_("Entries, vouchers, claims, payments, with live totals held against the ledger."),
        of="grant",
        build=of_grant,
        offices=FINANCE_OFFICES,
        roles=("FM", "FO"),
        coordinator_only=True,
        ready=Q(book__isnull=False),
    ),
    Report(
        slug="audit-call",
        title=_("Audit workbook of a call"),
        says=_("All signed grants of a call in one book."),
        of="call",
        build=of_call,
        offices=FINANCE_OFFICES,
        ready=Q(pk__in=Grant.objects.filter(book__isnull=False).values("call")),
    ),
)
