"""Conflicts of interest: declared by the expert or found by others; each ends the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked_all
from grants.actions.evaluation_round import locked_consensus, recount
from grants.lifecycle.individual_report import IndividualReportLifecycle
from grants.models import Call, Conflict, IndividualReport, Proposal
from grants.permissions import holds, is_in_consortium
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

R = IndividualReport.State


@transaction.atomic
def declare(
    report_id: int, *, relation: str, evidence: str, actor: Person, at: datetime
) -> Conflict:
    """The expert says that there is a conflict.

    All their reports in this call are declined or voided: the proposals compete in one list.
    Refused for a report that is not the expert's own, and once the list is frozen.
    """
    report = IndividualReport.objects.filter(pk=report_id, expert=actor).first()
    if report is None:
        raise NotAllowed(f"{actor} has no report {report_id}")
    conflict = _record(
        report.proposal_id,
        actor,
        origin=Conflict.Origin.DECLARED,
        relation=relation,
        evidence=evidence,
        actor=actor,
        at=at,
    )
    _stop(conflict, actor=actor, at=at)
    return conflict


@transaction.atomic
def record_found(
    proposal_id: UUID,
    *,
    expert: Person,
    relation: str,
    evidence: str,
    actor: Person,
    at: datetime,
) -> Conflict:
    """The call coordinator records a conflict that was found; the expert's marks count no more.

    Refused without evidence, for anybody else, and once the ranked list is frozen.
    """
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotAllowed(f"no proposal {proposal_id}")
    day = day_of(at)
    if not holds(actor, proposal.call_id, "CC", on=day) or is_in_consortium(
        actor, proposal, on=day
    ):
        raise NotAllowed(f"{actor} may not record a conflict on {proposal}")
    conflict = _record(
        proposal_id,
        expert,
        origin=Conflict.Origin.FOUND,
        relation=relation,
        evidence=evidence,
        actor=actor,
        at=at,
    )
    _stop(conflict, actor=actor, at=at)
    return conflict


def _record(
    proposal_id: UUID,
    expert: Person,
    *,
    origin: str,
    relation: str,
    evidence: str,
    actor: Person,
    at: datetime,
) -> Conflict:
    if not evidence.strip():
        raise DomainError(_("Say in a sentence what the conflict is."), field="evidence")
    proposal = Proposal.objects.select_related("call").get(pk=proposal_id)
    if proposal.call.state != Call.State.EVALUATING:
        raise Refused(_("The evaluation of this call is over."))
    conflict, created = Conflict.objects.get_or_create(
        proposal=proposal,
        expert=expert,
        relation=relation,
        defaults={
            "origin": origin,
            "evidence": evidence,
            "recorded_by": actor,
            "recorded_at": at,
        },
    )
    if not created:
        raise Refused(_("This conflict is already on record."))
    return conflict


def _stop(conflict: Conflict, *, actor: Person, at: datetime) -> None:
    """Take every report of the expert in this call out, from the top down."""
    own = IndividualReport.objects.counting().filter(
        expert=conflict.expert, proposal__call=conflict.proposal.call_id
    )
    proposals = locked_all(Proposal.objects.filter(pk__in=own.values("proposal")))
    for proposal in proposals:
        consensus = locked_consensus(proposal, at=at)
        for report in locked_all(own.filter(proposal=proposal)):
            report.proposal = proposal
            voided = _take_out(report, conflict, actor=actor, at=at)
            recount(consensus, at=at, voided=voided)


def _take_out(report: IndividualReport, conflict: Conflict, *, actor: Person, at: datetime) -> bool:
    """Decline what was not begun, void what was; says whether finished marks were lost."""
    was = report.state
    by_expert = actor.pk == report.expert_id
    event = "decline" if was == R.ASSIGNED else "recuse" if by_expert else "void"
    words = _("Conflict of interest with %(proposal)s: %(evidence)s") % {
        "proposal": conflict.proposal.reference,
        "evidence": conflict.evidence,
    }
    lifecycle = IndividualReportLifecycle(report, at=at)
    fire(lifecycle, event, actor=actor, at=at, reason=words)
    return was == R.FINISHED
