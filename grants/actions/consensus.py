"""The group agrees: a rapporteur drafts, each expert approves or objects, the moderator closes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.gate import Move, fire, tell
from core.models import Person
from grants.actions.evaluation_round import locked_draft
from grants.actions.marks import write_marks
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.lifecycle.evaluation_conditions import member
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Consensus, ConsensusApproval, ConsensusMark, Proposal
from grants.notices import evaluation as notices
from grants.queries.marks import Scored, criteria_of, gaps, scale_of, scored
from grants.rules.scoring import failed_thresholds, total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

C = Consensus.State
Decision = ConsensusApproval.Decision


@transaction.atomic
def draft(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """The rapporteur begins to write."""
    consensus = locked_draft(consensus_id)
    fire(ConsensusLifecycle(consensus, at=at), "draft", actor=actor, at=at, reason=reason)
    return consensus


@transaction.atomic
def save(
    consensus_id: UUID,
    *,
    marks: Mapping[UUID, Scored],
    actor: Person,
    at: datetime,
    summary: str | None = None,
) -> Consensus:
    """Keep the draft as it is, complete or not; ``marks`` by criterion.

    Refused for anybody but the rapporteur, outside drafting, and for a mark outside the scale.
    """
    consensus = locked_draft(consensus_id)
    if consensus.rapporteur_id != actor.pk:
        raise NotAllowed(f"{actor} does not draft {consensus}")
    if consensus.state != C.DRAFTING:
        raise Refused(_("This draft is closed. What you typed was not saved."))
    write_marks(ConsensusMark, marks, call=consensus.proposal.call, consensus=consensus)
    if summary is not None:
        consensus.summary = summary
    consensus.saved_at = at
    consensus.save(update_fields=["saved_at", "summary"])
    return consensus


@transaction.atomic
def submit(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """Lay the draft before the group; the rapporteur's own approval goes with it.

    Refused while a criterion has no mark or no text, or while an expert is still writing.
    """
    consensus = locked_draft(consensus_id)
    call = consensus.proposal.call
    lifecycle = ConsensusLifecycle(consensus, at=at)
    lifecycle.gaps = gaps(
        scored(consensus.marks.all()), criteria_of(call), comment_chars_min=call.comment_chars_min
    )
    fire(lifecycle, "submit", actor=actor, at=at, reason=reason)
    count_total(consensus)
    _say(consensus, Decision.APPROVED, actor=actor, at=at)
    notices.approval_due(consensus, at=at)
    return consensus


@transaction.atomic
def approve(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """An expert approves marks and text of this version."""
    consensus = locked_draft(consensus_id)
    _check_voice(consensus, actor, at=at)
    _say(consensus, Decision.APPROVED, actor=actor, at=at, text=reason)
    tell(Move(consensus, "approve", consensus.state, consensus.state, actor, at))
    return consensus


@transaction.atomic
def object_to(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """An expert objects, in words; the draft goes back to the rapporteur."""
    consensus = locked_draft(consensus_id)
    _check_voice(consensus, actor, at=at)
    fire(ConsensusLifecycle(consensus, at=at), "object", actor=actor, at=at, reason=reason)
    _say(consensus, Decision.OBJECTED, actor=actor, at=at, text=reason)
    notices.drafting_due(consensus, at=at)
    return consensus


@transaction.atomic
def close(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """The moderator closes what all experts approved; the proposal counts as evaluated."""
    consensus = locked_draft(consensus_id)
    count_total(consensus)
    fire(ConsensusLifecycle(consensus, at=at), "close", actor=actor, at=at, reason=reason)
    settle(consensus, at=at)
    return consensus


@transaction.atomic
def dissent(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """The moderator records what the experts cannot agree on. Refused without words."""
    consensus = locked_draft(consensus_id)
    fire(ConsensusLifecycle(consensus, at=at), "dissent", actor=actor, at=at, reason=reason)
    return consensus


@transaction.atomic
def refer(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """The moderator brings the dissent before the panel."""
    consensus = locked_draft(consensus_id)
    fire(ConsensusLifecycle(consensus, at=at), "refer", actor=actor, at=at, reason=reason)
    return consensus


def count_total(consensus: Consensus) -> None:
    """Total and thresholds of the marks as they stand, kept with the consensus."""
    call = consensus.proposal.call
    scales = [scale_of(criterion) for criterion in criteria_of(call)]
    marks = {
        str(mark.criterion_id): mark.score
        for mark in consensus.marks.all()
        if mark.score is not None
    }
    if {scale.code for scale in scales} - marks.keys():
        consensus.total = consensus.is_above_thresholds = None
    else:
        consensus.total = total(marks, scales)
        failed = failed_thresholds(marks, scales, total_min=Decimal(call.score_total_min))
        consensus.is_above_thresholds = not failed
    consensus.save(update_fields=["total", "is_above_thresholds"])


def settle(consensus: Consensus, *, at: datetime) -> None:
    """Tell the proposal that its evaluation is done, once."""
    proposal = consensus.proposal
    if proposal.state == Proposal.State.TO_EVALUATE:
        system = Person.objects.system()
        fire(ProposalLifecycle(proposal, at=at), "evaluate", actor=system, at=at)


def _check_voice(consensus: Consensus, actor: Person, *, at: datetime) -> None:
    if not member(ConsensusLifecycle(consensus, at=at), actor):
        raise NotAllowed(f"{actor} does not belong to the group of {consensus}")
    if consensus.state != C.FOR_APPROVAL:
        raise Refused(
            _("This version is no longer before the experts: %(state)s.")
            % {"state": consensus.get_state_display().lower()}
        )


def _say(
    consensus: Consensus, decision: str, *, actor: Person, at: datetime, text: str = ""
) -> None:
    said, created = ConsensusApproval.objects.get_or_create(
        consensus=consensus,
        expert=actor,
        draft_version=consensus.draft_version,
        defaults={"decision": decision, "text": text, "decided_at": at},
    )
    if not created and said.decision == decision:
        raise Refused(_("You have already said so about this version."))
    if not created:
        said.decision, said.text, said.decided_at = decision, text, at
        said.save(update_fields=["decision", "text", "decided_at"])


EVENTS = {
    "draft": draft,
    "submit": submit,
    "approve": approve,
    "object": object_to,
    "close": close,
    "dissent": dissent,
    "refer": refer,
}
