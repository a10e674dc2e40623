"""A suspended grant stops its clocks and gives them back with the days that were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import gate
from core.locks import locked_all
from grants.lifecycle.payment import PaymentLifecycle
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import Payment, PeriodicReport

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person
    from grants.models import Grant


def stop(grant: Grant, *, actor: Person, at: datetime, reason: str) -> None:
    """Suspend what the granting authority has to pay or to answer."""
    for payment in _locked_payments(grant, Payment.State.DUE):
        lifecycle = PaymentLifecycle(payment, at=at)
        gate.fire(lifecycle, "suspend", actor=actor, at=at, reason=reason)
    for report in _locked_reports(grant, PeriodicReport.State.SUBMITTED):
        clock = PeriodicReportLifecycle(report, at=at)
        gate.fire(clock, "suspend", actor=actor, at=at, reason=reason)


def restart(grant: Grant, *, actor: Person, at: datetime, reason: str) -> None:
    """Resume what the suspension of the grant had stopped, and nothing else."""
    since = grant.transitions.filter(event="suspend").latest("pk").at
    for payment in _locked_payments(grant, Payment.State.SUSPENDED):
        if payment.transitions.latest("pk").at == since:
            lifecycle = PaymentLifecycle(payment, at=at)
            gate.fire(lifecycle, "resume", actor=actor, at=at, reason=reason)
    for report in _locked_reports(grant, PeriodicReport.State.SUSPENDED):
        if report.transitions.latest("pk").at == since:
            clock = PeriodicReportLifecycle(report, at=at)
            gate.fire(clock, "resume", actor=actor, at=at, reason=reason)


def _locked_payments(grant: Grant, state: str) -> list[Payment]:
    return locked_all(grant.payments.filter(state=state, payer__isnull=True))


def _locked_reports(grant: Grant, state: str) -> list[PeriodicReport]:
    return locked_all(grant.reports.filter(state=state))
