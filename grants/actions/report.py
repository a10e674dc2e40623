"""A periodic report: written, handed in by the coordinator, asked about, sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import NotAllowed, Refused
from core.locks import locked
from grants.actions import papers
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import CostLine, Grant, PeriodicReport
from grants.notices import report as notices
from grants.permissions import has_grant_role
from grants.postings import grant as postings
from grants.queries.report_figures import sme_entries, sme_support, statement_rows
from grants.rules.financial_statement import within
from ledger import api as ledger
from ledger.rules.chart import AccountType as T
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Document, Person


def locked_report(report_id: UUID) -> PeriodicReport:
    """The report with its grant, both locked, the grant first."""
    found = PeriodicReport.objects.filter(pk=report_id).values_list("grant_id", flat=True).first()
    if found is None:
        raise NotAllowed(f"report {report_id} does not exist")
    grant = locked(Grant, found)
    report = locked(PeriodicReport, report_id)
    report.grant = grant
    return report


@transaction.atomic
def save_summary(*, report_id: UUID, summary: str, actor: Person, at: datetime) -> PeriodicReport:
    """Keep the coordinator's text on the period. Refused once the report is handed in."""
    report = locked_report(report_id)
    partner = report.grant.coordinator_id
    if not has_grant_role(
        actor, report.grant, "FM", "LSIGN", "FSIGN", organisation_id=partner, on=day_of(at)
    ):
        raise NotAllowed(f"{actor} does not write for the coordinator of {report.grant}")
    S = PeriodicReport.State  # noqa: N806  short for the list below
    if report.state not in (S.OPEN, S.PARTS_LOCKED, S.RETURNED):
        raise Refused(_("The report has been handed in. Its text is fixed."))
    report.summary = summary
    report.save(update_fields=["summary"])
    return report


@transaction.atomic
def submit(
    *, report_id: UUID, sme_support_cents: int, actor: Person, at: datetime, reason: str = ""
) -> PeriodicReport:
    """Hand in the report with the SME support confirmed; coordination is claimed in the ledger.

    Refused unless every statement is signed, the text is written, certificates are there and the
    confirmed figure is the ledger's to the cent. Claims are cut to what the agreement leaves.
    """
    report = locked_report(report_id)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    lifecycle.sme_ledger_cents = sme_support(report)
    lifecycle.sme_confirmed_cents = sme_support_cents
    claimed = _claim(report)
    report.sme_support_cents = sme_support_cents
    gate.fire(lifecycle, "submit", actor=actor, at=at, reason=reason)
    report.document = _print(report, actor=actor, at=at)
    report.assessed_by = report.assessed_at = None
    report.save()
    if claimed:
        event = postings.coordination_claimed(
            report, cents=claimed, document=report.document, on=day_of(at)
        )
        ledger.post(event, actor=actor, at=at)
    notices.submitted(report, at=at)
    return report


def _claim(report: PeriodicReport) -> int:
    """Fix what each partner asks for, in cents of EU contribution; returns the sum."""
    rows = statement_rows(report)
    shares = {row.statement.pk: row.share for row in rows}
    cut = within(shares, available_cents=postings.balance(report.grant, T.COORD))
    for row in rows:
        row.statement.claimed_cents, row.statement.accepted_cents = cut[row.statement.pk], None
        row.statement.save(update_fields=["claimed_cents", "accepted_cents"])
    lines = CostLine.objects.filter(statement__report=report)
    lines.update(accepted_cents=None, reason="")
    return sum(cut.values())


def _print(report: PeriodicReport, *, actor: Person, at: datetime) -> Document:
    return papers.keep(
        "report",
        kind="periodic_report",
        name=f"report-{report.grant}-{report.number}-{report.submissions}.txt",
        actor=actor,
        at=at,
        report=report,
        rows=statement_rows(report),
        entries=sme_entries(report).order_by("seq"),
    )


@transaction.atomic
def send_back(*, report_id: UUID, actor: Person, at: datetime, reason: str = "") -> PeriodicReport:
    """Ask for corrections: what was claimed is free again. Refused without the list of points."""
    report = locked_report(report_id)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    gate.fire(lifecycle, "send_back", actor=actor, at=at, reason=reason)
    claimed = sum(row.claimed_cents or 0 for row in report.statements.all())
    if claimed:
        assert report.document is not None, "a report that was handed in is a file"
        event = postings.coordination_sent_back(
            report, cents=claimed, document=report.document, on=day_of(at)
        )
        ledger.post(event, actor=actor, at=at)
    report.statements.update(claimed_cents=None)
    notices.sent_back(report, reason=reason, at=at)
    return report


@transaction.atomic
def suspend(*, report_id: UUID, actor: Person, at: datetime, reason: str = "") -> PeriodicReport:
    """Ask a question and stop the clock. Refused without the question."""
    report = locked_report(report_id)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    gate.fire(lifecycle, "suspend", actor=actor, at=at, reason=reason)
    notices.question(report, reason=reason, at=at)
    return report


@transaction.atomic
def resume(*, report_id: UUID, actor: Person, at: datetime, reason: str = "") -> PeriodicReport:
    """Note the answer and let the clock go on with the days left."""
    report = locked_report(report_id)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    gate.fire(lifecycle, "resume", actor=actor, at=at, reason=reason)
    return report


EVENTS = {"send_back": send_back, "suspend": suspend, "resume": resume}
