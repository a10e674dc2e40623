"""A partner's financial statement: its cost lines, its certificate, its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents, gate
from core.errors import NotAllowed, Refused
from core.locks import locked
from grants.actions import papers
from grants.actions.signature import sign
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import CostLine, Grant, PeriodicReport, Signature, Statement
from grants.models.report import RATE_ONE
from grants.permissions import has_grant_role
from grants.queries.report_figures import statement_rows
from grants.rules.financial_statement import to_euro
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

R = PeriodicReport.State
WRITABLE = (R.OPEN, R.PARTS_LOCKED, R.RETURNED)


def _mine(statement_id: UUID, *roles: str, actor: Person, at: datetime) -> Statement:
    """The statement with grant and report locked, for people who act for its partner."""
    row = Statement.objects.filter(pk=statement_id).values_list("report__grant", "report").first()
    if row is None:
        raise NotAllowed(f"statement {statement_id} does not exist")
    grant = locked(Grant, row[0])
    report = locked(PeriodicReport, row[1])
    statement = locked(Statement, statement_id)
    partner = statement.beneficiary.organisation_id
    if not has_grant_role(actor, grant, *roles, organisation_id=partner, on=day_of(at)):
        raise NotAllowed(f"{actor} does not write for {statement}")
    if report.state not in WRITABLE:
        raise Refused(_("The report has been handed in. Its statements are fixed."))
    report.grant, statement.report = grant, report
    return statement


def _unsigned(statement_id: UUID, *, actor: Person, at: datetime) -> Statement:
    statement = _mine(statement_id, "FSIGN", "FM", "FO", actor=actor, at=at)
    if statement.signed_at is not None:
        raise Refused(_("This statement is signed. Take the signature back to change it."))
    return statement


@transaction.atomic
def save_terms(
    *,
    statement_id: UUID,
    currency: str,
    rate_millionths: int,
    audited_cents: int,
    actor: Person,
    at: datetime,
) -> Statement:
    """Currency of the partner's accounts, its average rate of the period, and what was audited.

    Lines typed before are converted again. Refused once signed, and for euro with another rate.
    """
    statement = _unsigned(statement_id, actor=actor, at=at)
    if currency == "EUR" and rate_millionths != RATE_ONE:
        raise Refused(_("The rate of the euro is 1."), field="rate_millionths")
    statement.currency, statement.rate_millionths = currency, rate_millionths
    statement.audited_cents = audited_cents
    statement.save()
    for line in statement.lines.all():
        line.cost_cents = to_euro(line.local_cents, rate_millionths=rate_millionths)
        line.save(update_fields=["cost_cents"])
    return statement


@transaction.atomic
def add_line(
    *,
    statement_id: UUID,
    category: str,
    description: str,
    local_cents: int,
    actor: Person,
    at: datetime,
) -> CostLine:
    """Add one direct cost in the currency of the accounts. Refused once signed, and for nothing."""
    statement = _unsigned(statement_id, actor=actor, at=at)
    cents = to_euro(local_cents, rate_millionths=statement.rate_millionths)
    if cents <= 0:
        raise Refused(_("Enter an amount above 0."), field="local_cents")
    return CostLine.objects.create(
        statement=statement,
        category=category,
        description=description,
        local_cents=local_cents,
        cost_cents=cents,
    )


@transaction.atomic
def remove_line(*, line_id: UUID, actor: Person, at: datetime) -> None:
    """Take a cost out of a statement that is not signed yet."""
    found = CostLine.objects.filter(pk=line_id).values_list("statement_id", flat=True).first()
    if found is None:
        raise NotAllowed(f"cost line {line_id} does not exist")
    _unsigned(found, actor=actor, at=at)
    locked(CostLine, line_id).delete()


@transaction.atomic
def add_certificate(
    *, statement_id: UUID, certificate: tuple[str, bytes, str], actor: Person, at: datetime
) -> Statement:
    """Add the auditor's certificate: name, content and kind of the file. Refused once signed."""
    statement = _unsigned(statement_id, actor=actor, at=at)
    name, content, media_type = certificate
    statement.certificate = documents.store(
        content,
        kind="certificate_on_statements",
        name=name,
        media_type=media_type,
        actor=actor,
        at=at,
    )
    statement.save(update_fields=["certificate"])
    return statement


@transaction.atomic
def sign_statement(*, statement_id: UUID, actor: Person, at: datetime) -> Statement:
    """The partner's financial signatory signs. The last signature closes the statements."""
    statement = _mine(statement_id, "FSIGN", actor=actor, at=at)
    if statement.signed_at is not None:
        raise Refused(_("This statement is signed already."))
    report = statement.report
    row = next(r for r in statement_rows(report) if r.statement.pk == statement.pk)
    paper = papers.keep(
        "statement",
        kind="financial_statement",
        name=f"statement-{report.grant}-{report.number}-{statement.beneficiary}.txt",
        actor=actor,
        at=at,
        row=row,
        lines=statement.lines.order_by("category", "description"),
    )
    sign(
        report.grant,
        Signature.Kind.STATEMENT,
        document=paper,
        organisation_id=statement.beneficiary.organisation_id,
        actor=actor,
        at=at,
    )
    statement.signed_at, statement.signed_by = at, actor
    statement.save(update_fields=["signed_at", "signed_by"])
    unsigned = report.statements.filter(signed_at__isnull=True)
    if report.state == R.OPEN and not unsigned.exists():
        gate.fire(PeriodicReportLifecycle(report, at=at), "lock_parts", actor=actor, at=at)
    else:
        gate.tell(gate.Move(report, "sign", report.state, report.state, actor, at))
    return statement


@transaction.atomic
def take_back(*, statement_id: UUID, actor: Person, at: datetime) -> Statement:
    """Take a signature back to correct the statement, until the report is handed in."""
    statement = _mine(statement_id, "FSIGN", actor=actor, at=at)
    if statement.signed_at is None:
        raise Refused(_("This statement is not signed."))
    statement.signed_at = statement.signed_by = None
    statement.save(update_fields=["signed_at", "signed_by"])
    report = statement.report
    if report.state == R.PARTS_LOCKED:
        gate.fire(PeriodicReportLifecycle(report, at=at), "unlock_parts", actor=actor, at=at)
    else:
        gate.tell(gate.Move(report, "take_back", report.state, report.state, actor, at))
    return statement
