"""Acceptance of a periodic report: one officer assesses every cost, another accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import NotAllowed, Refused
from core.models import Person
from grants.actions import payment as payments
from grants.actions.report import locked_report
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import CostLine, Payment, PeriodicReport
from grants.notices import report as notices
from grants.permissions import grant_officer
from grants.postings import grant as postings
from grants.queries.report_figures import statement_rows
from grants.rules.interim import interim
from ledger import api as ledger
from ledger.rules.chart import AccountType as T
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

PAID_OR_COMING = (
    Payment.State.DUE,
    Payment.State.SUSPENDED,
    Payment.State.PREPARED,
    Payment.State.APPROVED,
    Payment.State.SENT,
    Payment.State.EXECUTED,
    Payment.State.RECOVERED,
)


@transaction.atomic
def assess(
    *,
    report_id: UUID,
    decisions: Mapping[UUID, tuple[int, str]],
    actor: Person,
    at: datetime,
) -> PeriodicReport:
    """Say for every cost line what is accepted, in cents, and why not all of it.

    Refused when a line is left out, above its cost, or cut without a reason. Programme officers who
    belong to none of the partners.
    """
    report = locked_report(report_id)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    if not grant_officer("PO")(lifecycle, actor):
        raise NotAllowed(f"{actor} may not assess {report}")
    if report.state != PeriodicReport.State.SUBMITTED:
        raise Refused(_("Only a report that has been handed in is assessed."))
    for line in CostLine.objects.filter(statement__report=report):
        _decide(line, decision=decisions.get(line.pk))
    report.assessed_by, report.assessed_at = actor, at
    report.save(update_fields=["assessed_by", "assessed_at"])
    gate.tell(gate.Move(report, "assess", report.state, report.state, actor, at))
    return report


def _decide(line: CostLine, *, decision: tuple[int, str] | None) -> None:
    if decision is None:
        raise Refused(_("Say what is accepted of “%(line)s”.") % {"line": line})
    cents, reason = decision
    if not 0 <= cents <= line.cost_cents:
        raise Refused(
            _("Of “%(line)s” at most its cost can be accepted.") % {"line": line},
            field=f"accepted_{line.pk}",
        )
    if cents < line.cost_cents and not reason.strip():
        raise Refused(
            _("Say why “%(line)s” is not accepted in full.") % {"line": line},
            field=f"reason_{line.pk}",
        )
    line.accepted_cents, line.reason = cents, reason.strip()
    line.save(update_fields=["accepted_cents", "reason"])


@transaction.atomic
def accept(*, report_id: UUID, actor: Person, at: datetime, reason: str = "") -> PeriodicReport:
    """Accept what was assessed, in whole or in part; an interim payment falls due.

    Refused for the officer who assessed it. Of a final report the settlement computes the money.
    """
    report = locked_report(report_id)
    lines = CostLine.objects.filter(statement__report=report)
    cut = any((line.accepted_cents or 0) < line.cost_cents for line in lines)
    lifecycle = PeriodicReportLifecycle(report, at=at)
    event = "accept_in_part" if cut else "accept"
    gate.fire(lifecycle, event, actor=actor, at=at, reason=reason)
    _accept_shares(report, actor=actor, at=at)
    if not report.is_final:
        _order_interim(report, actor=actor, at=at)
    notices.accepted(report, at=at)
    return report


def _accept_shares(report: PeriodicReport, *, actor: Person, at: datetime) -> None:
    assert report.document is not None, "a report that was handed in is a file"
    for row in statement_rows(report, accepted=True):
        statement = row.statement
        statement.accepted_cents = min(statement.claimed_cents or 0, row.share)
        statement.save(update_fields=["accepted_cents"])
        if statement.claimed_cents:
            event = postings.coordination_accepted(
                statement, document=report.document, on=day_of(at)
            )
            ledger.post(event, actor=actor, at=at)


def _order_interim(report: PeriodicReport, *, actor: Person, at: datetime) -> None:
    grant, paper = report.grant, report.document
    assert grant.book is not None, "an active grant has its book"
    assert paper is not None, "a report that was handed in is a file"
    paid = grant.payments.filter(
        kind__in=(Payment.Kind.PREFINANCING, Payment.Kind.INTERIM), state__in=PAID_OR_COMING
    )
    due = interim(
        ledger.final_grant_today(grant.book),
        income_cents=postings.balance(grant, T.INCOME),
        paid_cents=sum(row.amount_cents for row in paid),
        grant_max_cents=grant.grant_max_cents,
        ceiling_bp=grant.ceiling_bp,
    )
    if due.earned:
        event = postings.interim(report, income=due.earned, document=paper, on=day_of(at))
        ledger.post(event, actor=actor, at=at)
    report.payable_cents = due.payable
    report.save(update_fields=["payable_cents"])
    if due.payable:
        order_payment(report, kind=Payment.Kind.INTERIM, cents=due.payable, actor=actor, at=at)
    else:
        close(report, at=at)


def order_payment(
    report: PeriodicReport, *, kind: str, cents: int, actor: Person, at: datetime
) -> Payment:
    """What the report has earned lies on the finance officers' desk, due when its clock ends."""
    lifecycle = PeriodicReportLifecycle(report, at=at)
    gate.fire(lifecycle, "order_payment", actor=actor, at=at)
    return payments.order(
        report.grant,
        kind=kind,
        payer_id=None,
        payee_id=report.grant.coordinator_id,
        amount_cents=cents,
        subject=_("%(grant)s report %(number)s") % {"grant": report.grant, "number": report.number},
        due_on=report.answer_by,
        report=report,
        certifier=actor,
        actor=actor,
        at=at,
    )


def close(report: PeriodicReport, *, at: datetime) -> None:
    """Nothing is payable, or it has been paid."""
    lifecycle = PeriodicReportLifecycle(report, at=at)
    gate.fire(lifecycle, "close", actor=Person.objects.system(), at=at)


EVENTS = {"accept": accept, "accept_in_part": accept}
