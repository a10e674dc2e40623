"""What the clock does to grants: start them, open their reports, remind of overdue ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from core import gate
from core.locks import locked
from core.models import Person
from grants.actions.grant import activate
from grants.lifecycle.grant import GrantLifecycle
from grants.models import Grant, PeriodicReport, Statement
from grants.notices import report as notices
from grants.rules import agreement, payment_clock
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

S = Grant.State
UNFINISHED = (
    PeriodicReport.State.OPEN,
    PeriodicReport.State.PARTS_LOCKED,
    PeriodicReport.State.RETURNED,
)


def start_grants(at: datetime) -> int:
    """Start signed grants whose first day has come and whose partners have all acceded."""
    waiting = Grant.objects.filter(state=S.SIGNED, starts_on__lte=day_of(at)).exclude(
        pk__in=Grant.objects.filter(
            beneficiaries__acceded_at__isnull=True, beneficiaries__is_coordinator=False
        )
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for grant_id in ids:
        activate(grant_id=grant_id, actor=Person.objects.system(), at=at)
    return len(ids)


def open_reports(at: datetime) -> int:
    """Open every report whose period has ended; the last one moves its grant to reporting."""
    running = Grant.objects.filter(state__in=(S.ACTIVE, S.TERMINATED))
    ids = list(running.order_by("pk").values_list("pk", flat=True))
    return sum(open_due(grant_id=grant_id, at=at) for grant_id in ids)


@transaction.atomic
def open_due(*, grant_id: UUID, at: datetime) -> int:
    """Open the grant's reports that are due on this day; returns how many."""
    grant, opened = locked(Grant, grant_id), 0
    while (period := _next_period(grant)) and period.end_date < day_of(at):
        _open(grant, period=period, at=at)
        opened += 1
    return opened


def _next_period(grant: Grant) -> agreement.Period | None:
    """The first period without a report; a terminated grant has one more, up to its last day."""
    if grant.state not in (S.ACTIVE, S.TERMINATED):
        return None
    last = grant.reports.order_by("number").last()
    number = last.number + 1 if last else 1
    start = last.ends_on + timedelta(days=1) if last else grant.starts_on
    if grant.terminated_on is not None:
        return agreement.Period(number, start, max(start, grant.terminated_on), is_final=True)
    planned = agreement.periods(grant.starts_on, end_date=grant.ends_on, months=grant.report_months)
    return planned[number - 1]


def _open(grant: Grant, *, period: agreement.Period, at: datetime) -> PeriodicReport:
    system = Person.objects.system()
    report = PeriodicReport.objects.create(
        grant=grant,
        number=period.number,
        is_final=period.is_final,
        starts_on=period.start_date,
        ends_on=period.end_date,
        due_on=payment_clock.due_on(period.end_date, days=grant.report_days),
        opened_at=at,
    )
    Statement.objects.bulk_create(
        Statement(report=report, beneficiary=partner) for partner in grant.beneficiaries.all()
    )
    gate.begin(report, actor=system, at=at)
    if period.is_final:
        gate.fire(GrantLifecycle(grant, at=at), "open_final_report", actor=system, at=at)
    notices.opened(report, at=at)
    return report


def remind_overdue(at: datetime) -> int:
    """Remind coordinators once of each report that is past its day."""
    late = PeriodicReport.objects.filter(state__in=UNFINISHED, due_on__lt=day_of(at))
    reports = list(late.select_related("grant").order_by("pk"))
    with transaction.atomic():
        return sum(notices.overdue(report, at=at) for report in reports)
