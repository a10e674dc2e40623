"""What every act of an evaluation shares: the locks, and the count after a report moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.gate import Move, begin, fire, tell
from core.locks import locked, locked_one
from core.models import Person
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.lifecycle.evaluation_conditions import quorum_lost, quorum_reached
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Consensus, IndividualReport, Proposal
from grants.notices import evaluation as notices

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


C = Consensus.State


def locked_consensus(proposal: Proposal, *, at: datetime) -> Consensus:
    """The proposal's current consensus, locked; born with its first assignment.

    The caller holds the lock of the proposal.
    """
    rounds = proposal.consensuses.order_by("-round")
    consensus = rounds.select_for_update(of=("self",)).first()
    if consensus is None:
        consensus = Consensus.objects.create(proposal=proposal, created_at=at)
        begin(consensus, actor=Person.objects.system(), at=at)
    consensus.proposal = proposal
    return consensus


def locked_report(report_id: int, *, at: datetime) -> tuple[IndividualReport, Consensus, Proposal]:
    """A report with its consensus and proposal: locked from the top down."""
    proposal = locked_one(Proposal.objects.filter(reports=report_id))
    consensus = locked_consensus(proposal, at=at)
    report = locked(IndividualReport, report_id)
    report.proposal = proposal
    return report, consensus, proposal


def locked_draft(consensus_id: UUID) -> Consensus:
    """A consensus with its proposal, locked from the top down."""
    proposal = locked_one(Proposal.objects.filter(consensuses=consensus_id))
    consensus = locked(Consensus, consensus_id)
    consensus.proposal = proposal
    return consensus


def recount(consensus: Consensus, *, at: datetime, voided: bool = False) -> None:
    """Open the consensus when its quorum is complete; take it back when a report was voided.

    ``voided`` says that a finished report has just lost its marks.
    """
    lifecycle = ConsensusLifecycle(consensus, at=at)
    if consensus.state == C.NOT_READY:
        if quorum_reached(lifecycle) and consensus.proposal.state == Proposal.State.TO_EVALUATE:
            _open(consensus, at=at)
    elif voided:
        _take_back(consensus, "lose_quorum" if quorum_lost(lifecycle) else "regroup", at=at)


def _open(consensus: Consensus, *, at: datetime) -> None:
    if consensus.rapporteur_id is None:
        consensus.rapporteur = least_busy(consensus)
    fire(ConsensusLifecycle(consensus, at=at), "open", actor=Person.objects.system(), at=at)
    notices.drafting_due(consensus, at=at)


def _take_back(consensus: Consensus, event: str, *, at: datetime) -> None:
    """Marks that a voided report had a part in do not stand: the group agrees again."""
    system = Person.objects.system()
    if consensus.proposal.state == Proposal.State.EVALUATED:
        again = ProposalLifecycle(consensus.proposal, at=at)
        fire(again, "reopen_evaluation", actor=system, at=at, reason=_("A report was voided."))
    consensus.total = consensus.is_above_thresholds = None
    if not _is_still_member(consensus):
        consensus.rapporteur = least_busy(consensus)
    if event == "lose_quorum" or consensus.state != C.READY:
        fire(ConsensusLifecycle(consensus, at=at), event, actor=system, at=at)
    else:
        consensus.save()
        tell(Move(consensus, "name_rapporteur", consensus.state, consensus.state, system, at))


def _is_still_member(consensus: Consensus) -> bool:
    finished = consensus.proposal.reports.finished().filter(round=consensus.round)
    return finished.filter(expert=consensus.rapporteur_id).exists()


def least_busy(consensus: Consensus) -> Person | None:
    """Of the experts who finished, the one who is rapporteur least often in this call."""
    reports = consensus.proposal.reports.finished().filter(round=consensus.round)
    experts = [report.expert for report in reports.select_related("expert")]
    drafts = Consensus.objects.filter(proposal__call=consensus.proposal.call_id)
    return min(
        experts,
        key=lambda expert: (drafts.filter(rapporteur=expert).count(), expert.full_name, expert.pk),
        default=None,
    )
