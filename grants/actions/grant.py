"""A grant's own verbs: prepare, make ready, end, suspend, resume, terminate, start."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate, jobs
from core.errors import NotAllowed, Refused
from core.locks import locked
from grants.actions import eu_payment, grant_clocks
from grants.actions.grant_roles import appoint_from_memberships
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Beneficiary, Grant, Proposal
from grants.notices import grant as notices
from grants.permissions import grant_officer
from grants.rules import agreement
from grants.rules.plan import PartnerPlan, Requested, plan
from parties.queries import payable_account
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.models import Document, Person

NUMBER_MAX = 40


@transaction.atomic
def prepare(
    *,
    proposal_id: UUID,
    starts_on: date,
    report_months: int = 12,
    actor: Person,
    at: datetime,
) -> Grant:
    """Open the grant of an invited proposal: terms of the call, partners and plan as handed in.

    Refused when the proposal is not invited. Only a programme officer of the call who belongs to
    none of the partners may.
    """
    proposal = locked(Proposal, proposal_id)
    gate.fire(ProposalLifecycle(proposal, at=at), "prepare", actor=actor, at=at)
    parts = _plan_of(proposal)
    grant = _open(proposal, parts=parts, starts_on=starts_on, months=report_months, at=at)
    Beneficiary.objects.bulk_create(
        Beneficiary(
            grant=grant,
            organisation_id=UUID(part.organisation),
            is_coordinator=part.is_coordinator,
            coordination_planned_cents=part.coordination,
            sme_planned_cents=part.sme,
        )
        for part in parts
    )
    appoint_from_memberships(grant, on=day_of(at))
    gate.begin(grant, actor=actor, at=at)
    notices.preparation_begun(grant, at=at)
    return grant


def _plan_of(proposal: Proposal) -> tuple[PartnerPlan, ...]:
    assert proposal.version is not None, "an invited proposal was handed in"
    rates = dict(proposal.call.cost_rates.values_list("category", "rate_bp"))
    rows = [
        Requested(
            organisation=row["organisation"],
            is_coordinator=row["is_coordinator"],
            contribution=row["contribution"],
            sme_cost=row["costs"]["D1"],
        )
        for row in proposal.version.content["partners"]
    ]
    return plan(
        rows, requested_cents=proposal.version.requested_cents, sme_rate_bp=rates.get("D1", 0)
    )


def _open(
    proposal: Proposal,
    *,
    parts: tuple[PartnerPlan, ...],
    starts_on: date,
    months: int,
    at: datetime,
) -> Grant:
    call, version = proposal.call, proposal.version
    assert version is not None, "an invited proposal was handed in"
    duration = version.content["duration_months"] or call.duration_months_max
    coordinator = next(part for part in parts if part.is_coordinator)
    return Grant.objects.create(
        number=number_of(proposal),
        call=call,
        proposal=proposal,
        version=version,
        coordinator_id=UUID(coordinator.organisation),
        created_at=at,
        grant_max_cents=version.requested_cents,
        sme_planned_cents=sum(part.sme for part in parts),
        starts_on=starts_on,
        ends_on=agreement.last_day(starts_on, months=duration),
        rates_bp=dict(call.cost_rates.values_list("category", "rate_bp")),
        report_months=months,
        share_n=call.share_n,
        share_d=call.share_d,
        indirect_bp=call.indirect_rate_bp,
        prefinancing_bp=call.prefinancing_rate_bp,
        ceiling_bp=call.payment_ceiling_bp,
        prefinancing_days=call.prefinancing_days,
        payment_days=call.payment_days,
        report_days=call.report_days,
        signature_months=call.sign_months_max,
        cfs_threshold_cents=call.cfs_threshold_cents,
    )


def number_of(proposal: Proposal) -> str:
    """The grant's number: the proposal's reference, its head cut where it is too long."""
    return proposal.reference[-NUMBER_MAX:]


@transaction.atomic
def record_exclusion_check(*, grant_id: UUID, source: str, actor: Person, at: datetime) -> Grant:
    """Write down that no partner is excluded, and where it was looked up.

    Refused once the preparation is over. Programme officers only.
    """
    grant = locked(Grant, grant_id)
    lifecycle = GrantLifecycle(grant, at=at)
    if not grant_officer("PO")(lifecycle, actor):
        raise NotAllowed(f"{actor} may not check exclusion for {grant}")
    if grant.state != Grant.State.PREPARATION:
        raise Refused(_("The preparation of this grant is over."))
    if not source.strip():
        raise Refused(_("Say where and when it was looked up."), field="source")
    grant.exclusion_checked_at, grant.exclusion_checked_by = at, actor
    grant.exclusion_source = source.strip()
    grant.save()
    return grant


@transaction.atomic
def make_ready(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """End the preparation: the agreement is printed and can be signed.

    Refused while a declaration, the bank account or the exclusion check is missing, or when the
    plan gives SMEs less than the call's share.
    """
    grant = locked(Grant, grant_id)
    grant.account = payable_account(grant.coordinator, on_date=day_of(at))
    grant.preparations += 1
    gate.fire(GrantLifecycle(grant, at=at), "make_ready", actor=actor, at=at, reason=reason)
    jobs.enqueue(
        "grant_agreement",
        key=f"grant_agreement:{grant.pk}:{grant.preparations}",
        payload={"grant": str(grant.pk)},
        at=at,
    )
    return grant


@transaction.atomic
def attach_agreement(*, grant_id: UUID, document: Document, at: datetime) -> Grant:
    """Keep the printed agreement: from now on its fingerprint is what is signed.

    Printing twice changes nothing; a print that comes too late is dropped.
    """
    grant = locked(Grant, grant_id)
    if grant.state == Grant.State.READY_TO_SIGN and grant.agreement is None:
        grant.agreement = document
        grant.save()
        notices.ready_to_sign(grant, at=at)
    return grant


@transaction.atomic
def reopen_preparation(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """Take an unsigned agreement back to correct it. Refused without a reason."""
    grant = locked(Grant, grant_id)
    lifecycle = GrantLifecycle(grant, at=at)
    gate.fire(lifecycle, "reopen_preparation", actor=actor, at=at, reason=reason)
    return grant


@transaction.atomic
def fail_preparation(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """End a preparation without agreement: the place goes to the reserve list."""
    proposal = locked(Proposal, _proposal_id(grant_id))
    grant = locked(Grant, grant_id)
    gate.fire(GrantLifecycle(grant, at=at), "fail_preparation", actor=actor, at=at, reason=reason)
    lifecycle = ProposalLifecycle(proposal, at=at)
    gate.fire(lifecycle, "fail_preparation", actor=actor, at=at, reason=reason)
    return grant


def _proposal_id(grant_id: UUID) -> UUID:
    try:
        return Grant.objects.values_list("proposal_id", flat=True).get(pk=grant_id)
    except Grant.DoesNotExist as missing:
        raise NotAllowed(f"grant {grant_id} does not exist") from missing


@transaction.atomic
def suspend(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """Stop the grant: its clocks stand still. Refused without a reason."""
    grant = locked(Grant, grant_id)
    gate.fire(GrantLifecycle(grant, at=at), "suspend", actor=actor, at=at, reason=reason)
    grant_clocks.stop(grant, actor=actor, at=at, reason=reason)
    notices.suspended(grant, reason=reason, at=at)
    return grant


@transaction.atomic
def resume(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """Let the grant go on, each clock with the days it had left. Refused without a reason."""
    grant = locked(Grant, grant_id)
    gate.fire(GrantLifecycle(grant, at=at), "resume", actor=actor, at=at, reason=reason)
    grant_clocks.restart(grant, actor=actor, at=at, reason=reason)
    return grant


@transaction.atomic
def terminate(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """End the grant before its time: what was done until now is reported and settled."""
    grant = locked(Grant, grant_id)
    was_suspended = grant.state == Grant.State.SUSPENDED
    grant.terminated_on = day_of(at)
    gate.fire(GrantLifecycle(grant, at=at), "terminate", actor=actor, at=at, reason=reason)
    if was_suspended:
        grant_clocks.restart(grant, actor=actor, at=at, reason=reason)
    eu_payment.drop_unpaid(grant, reason=reason, at=at)
    notices.terminated(grant, reason=reason, at=at)
    return grant


@transaction.atomic
def activate(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """Start a signed grant on its first day, once all partners acceded; prefinancing falls due."""
    grant = locked(Grant, grant_id)
    gate.fire(GrantLifecycle(grant, at=at), "activate", actor=actor, at=at, reason=reason)
    eu_payment.order_prefinancing(grant, actor=actor, at=at)
    notices.active(grant, at=at)
    return grant


EVENTS = {
    "make_ready": make_ready,
    "reopen_preparation": reopen_preparation,
    "fail_preparation": fail_preparation,
    "suspend": suspend,
    "resume": resume,
    "terminate": terminate,
}
