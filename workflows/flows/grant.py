"""A grant: prepared, signed in the right order, run, reported, settled, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from grants.models import Beneficiary, Grant, PeriodicReport
from workflows.models import GrantProcess, ReportProcess
from workflows.queues import clock, grant_key, office
from workflows.turns import Outcome, RecordFlow, Turn, end_of

if TYPE_CHECKING:
    from datetime import datetime

S, P = Grant.State, PeriodicReport.State
ACCEPTED = (P.ACCEPTED, P.PARTLY_ACCEPTED, P.PAYMENT_DUE, P.CLOSED)


def _call(record: Any) -> Any:
    return record.call_id if isinstance(record, Grant) else record.grant.call_id


def _coordinator(role: str) -> Any:
    def key(record: Any) -> str:
        grant = record if isinstance(record, Grant) else record.grant
        return grant_key(grant.pk, role, grant.coordinator_id)

    return key


def _signatory(beneficiary: Beneficiary) -> str:
    return grant_key(beneficiary.grant_id, "LSIGN", beneficiary.organisation_id)


def _undeclared(grant: Grant) -> list[Beneficiary]:
    return list(grant.beneficiaries.filter(declared_at__isnull=True))


def _outside(grant: Grant) -> list[Beneficiary]:
    return list(grant.beneficiaries.filter(acceded_at__isnull=True, is_coordinator=False))


def _unsigned(report: PeriodicReport) -> list[Any]:
    rows = report.statements.filter(signed_at__isnull=True)
    return list(rows.select_related("beneficiary"))


def _financial_signatory(statement: Any) -> str:
    return grant_key(statement.beneficiary.grant_id, "FSIGN", statement.beneficiary.organisation_id)


def has_final_report(grant: Grant) -> bool:
    """Whether every report is accepted, the final one among them."""
    found = list(grant.reports.values_list("is_final", "state"))
    return any(is_final for is_final, _state in found) and all(s in ACCEPTED for _f, s in found)


def _report_due(report: PeriodicReport) -> datetime | None:
    return end_of(report.due_on)


class GrantFlow(RecordFlow):
    process_class = GrantProcess
    page = "grants:grant_detail"

    start = flow.StartHandle().Next(this.declare)
    declare = Turn(
        S.PREPARATION,
        each=_undeclared,
        queue=_signatory,
        words=_("Sign the declaration of honour for %(record)s"),
        page="grants:beneficiary_declare",
    ).Next(declare=this.make_ready)
    make_ready = Turn(
        S.PREPARATION, queue=office("PO", _call), words=_("Prepare the agreement of %(record)s")
    ).Next(make_ready=this.sign, fail_preparation=this.failed)
    sign = Turn(
        S.READY_TO_SIGN,
        queue=_coordinator("LSIGN"),
        words=_("Sign the agreement of %(record)s for the coordinator"),
        page="grants:grant_sign",
    ).Next(sign_for_coordinator=this.countersign, reopen_preparation=this.make_ready)
    countersign = Turn(
        S.COORD_SIGNED,
        queue=office("AO", _call),
        words=_("Sign the agreement of %(record)s for the granting authority"),
        page="grants:grant_sign",
    ).Next(sign_for_authority=this.accede, fail_preparation=this.failed)
    accede = Turn(
        S.SIGNED,
        each=_outside,
        queue=_signatory,
        words=_("Sign the accession form of %(record)s"),
        page="grants:beneficiary_accede",
    ).Next(accede=this.begin)
    begin = Turn(S.SIGNED, queue=clock, words=_("%(record)s begins")).Next(activate=this.run)
    run = Turn(S.ACTIVE, queue=clock, words=_("%(record)s runs")).Next(
        open_final_report=this.wait_for_report, suspend=this.resume, terminate=this.wind_up
    )
    resume = Turn(
        S.SUSPENDED, queue=office("AO", _call), words=_("Let %(record)s go on, or end it")
    ).Next(resume=this.run, terminate=this.wind_up)
    wind_up = Turn(S.TERMINATED, queue=clock, words=_("%(record)s is wound up")).Next(
        open_final_report=this.wait_for_report
    )
    wait_for_report = Turn(
        S.REPORTING,
        when=lambda grant: not has_final_report(grant),
        queue=clock,
        words=_("The final report of %(record)s is awaited"),
    ).Next(accept=this.settle, accept_in_part=this.settle)
    settle = Turn(
        S.REPORTING,
        when=has_final_report,
        queue=office("AO", _call),
        words=_("Settle %(record)s on its final report"),
        page="grants:grant_settle",
    ).Next(settle=this.pay)
    pay = Turn(
        S.FINAL_ACCEPTED, queue=clock, words=_("The balance of %(record)s is paid or recovered")
    ).Next(pay_balance=this.close, start_recovery=this.close)
    close = Turn(
        S.BALANCE_PAID, S.IN_RECOVERY, queue=office("AO", _call), words=_("Close %(record)s")
    ).Next(close=this.closed)
    closed = Outcome(S.CLOSED)
    failed = Outcome(S.PREP_FAILED)


class ReportFlow(RecordFlow):
    process_class = ReportProcess
    page = "grants:periodic_report_detail"
    related = ("record__grant",)

    start = flow.StartHandle().Next(this.state_costs)
    state_costs = Turn(
        P.OPEN,
        each=_unsigned,
        queue=_financial_signatory,
        words=_("Enter and sign your costs for %(record)s"),
        page="grants:statement_detail",
    ).Next(sign=this.submit)
    write = Turn(
        P.OPEN, queue=_coordinator("FM"), due=_report_due, words=_("Write report %(record)s")
    ).Next(lock_parts=this.submit)
    submit = Turn(
        P.PARTS_LOCKED,
        P.RETURNED,
        queue=_coordinator("FM"),
        due=_report_due,
        words=_("Hand in report %(record)s"),
    ).Next(submit=this.assess, unlock_parts=this.write)
    assess = Turn(P.SUBMITTED, queue=office("PO", _call), words=_("Assess report %(record)s")).Next(
        send_back=this.submit, suspend=this.answer
    )
    accept = Turn(P.SUBMITTED, queue=office("AO", _call), words=_("Accept report %(record)s")).Next(
        accept=this.order, accept_in_part=this.order
    )
    answer = Turn(
        P.SUSPENDED, queue=office("PO", _call), words=_("A question on %(record)s is open")
    ).Next(resume=this.assess)
    order = Turn(
        P.ACCEPTED,
        P.PARTLY_ACCEPTED,
        queue=office("AO", _call),
        words=_("Order the payment for report %(record)s"),
    ).Next(order_payment=this.paid, close=this.closed)
    paid = Turn(
        P.PAYMENT_DUE, queue=clock, words=_("The payment for report %(record)s is executed")
    ).Next(close=this.closed)
    closed = Outcome(P.CLOSED)
