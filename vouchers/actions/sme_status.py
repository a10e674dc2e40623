"""The SME declaration of an application: kept with every input, computed, and settled."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.locks import locked
from parties.rules.days import day_of
from vouchers.actions.application import locked_draft
from vouchers.models import Application, LinkedEnterprise, SmeStatus, SmeYear
from vouchers.models.choices import SizeClass
from vouchers.permissions import holds, is_own
from vouchers.rules.sme_declaration import finding_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person
    from vouchers.rules.sme_declaration import Declaration
    from vouchers.rules.sme_status import Finding

STEP = Decimal("0.0001")


@transaction.atomic
def declare(
    application_id: UUID,
    *,
    declared: str,
    declaration: Declaration,
    is_estimate: bool = False,
    actor: Person,
    at: datetime,
) -> SmeStatus:
    """Keep the declaration with all its figures and what the rules make of them.

    Raises ``DomainError`` when the SME declares no size class.
    """
    application = locked_draft(application_id, actor=actor, at=at)
    if declared not in SizeClass.values:
        raise DomainError(_("Choose the size that you declare."), field="declared")
    finding = finding_of(declaration)
    _forget(application)
    own = declaration.own
    status = SmeStatus.objects.create(
        application=application,
        year=own.year,
        headcount=own.headcount,
        turnover_cents=own.turnover_cents,
        balance_cents=own.balance_cents,
        is_estimate=is_estimate,
        by_acquisition=declaration.by_acquisition,
        declared=declared,
        computed=finding.size,
        of_the_year=finding.of_the_year,
        computed_at=at,
        total_headcount=_headcount(finding),
        total_turnover_cents=math.floor(finding.totals.turnover),
        total_balance_cents=math.floor(finding.totals.balance),
        grounds=[ground.value for ground in finding.grounds],
    )
    _keep_inputs(status, declaration=declaration, finding=finding)
    application.saved_at = at
    application.save(update_fields=["saved_at"])
    return status


def _headcount(finding: Finding) -> Decimal:
    exact = finding.totals.headcount
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(STEP)


def _forget(application: Application) -> None:
    """A draft's earlier declaration; what was sent is never touched."""
    old = SmeStatus.objects.filter(application=application).first()
    if old is None:
        return
    old.earlier_years.all().delete()
    for tie in old.ties.order_by("-position"):
        tie.delete()
    old.delete()


def _keep_inputs(status: SmeStatus, *, declaration: Declaration, finding: Finding) -> None:
    for year in declaration.earlier:
        SmeYear.objects.create(
            status=status,
            year=year.year,
            headcount=year.headcount,
            turnover_cents=year.turnover_cents,
            balance_cents=year.balance_cents,
        )
    counted = {one.name: one.tie.value for one in finding.counted}
    rows: list[LinkedEnterprise] = []
    for position, tie in enumerate(declaration.ties, start=1):
        through = None if tie.through is None else rows[tie.through]
        rows.append(
            LinkedEnterprise.objects.create(
                status=status,
                through=through,
                position=position,
                name=tie.name,
                direction=tie.direction,
                capital_bp=tie.capital_bp,
                votes_bp=tie.votes_bp,
                controls=tie.controls,
                investor=tie.investor,
                is_public=tie.is_public,
                acts_with=tie.acts_with,
                invested_cents=tie.invested_cents,
                budget_cents=tie.budget_cents,
                inhabitants=tie.inhabitants,
                headcount=tie.headcount,
                turnover_cents=tie.turnover_cents,
                balance_cents=tie.balance_cents,
                counted_as=counted.get(tie.name, "") if through is None else "",
            )
        )


@transaction.atomic
def settle(
    application_id: UUID, *, settled_as: str, note: str, actor: Person, at: datetime
) -> SmeStatus:
    """Settle a difference between the declared and the computed size, with the reason.

    A fund manager decides, before the application is found eligible; never on the own firm.
    """
    application = locked(Application, application_id)
    grant_id = application.sme_call.grant_id
    if not holds(actor, grant_id, "FM", on=day_of(at)) or is_own(application, actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not settle the size of {application}")
    if application.state != Application.State.SUBMITTED:
        raise Refused(_("The size is settled while the application is being checked, not later."))
    if not note.strip():
        raise DomainError(_("Write what settles the difference."), field="note")
    status = application.sme_status
    status.settled_as, status.settled_note = settled_as, note
    status.settled_by, status.settled_at = actor, at
    status.save(update_fields=["settled_as", "settled_note", "settled_by", "settled_at"])
    return status
