"""The panel: changes of marks with their reason, reports made final, ties decided in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked, locked_all
from grants.actions.consensus import count_total, settle
from grants.actions.evaluation_round import locked_draft
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.models import (
    Call,
    Consensus,
    ConsensusMark,
    PanelChange,
    Proposal,
    TieDecision,
    TiePlace,
)
from grants.permissions import holds, is_in_consortium
from grants.queries.marks import scale_of, step_sentence
from grants.queries.ranking import live_places
from grants.rules.ranking import open_ties
from grants.rules.scoring import is_in_step
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from core.models import Person

C = Consensus.State
BEFORE_PANEL = (C.APPROVED, C.PANEL)


@transaction.atomic
def change_mark(
    consensus_id: UUID,
    *,
    criterion_id: UUID | str,
    score: Decimal,
    why: str,
    actor: Person,
    at: datetime,
    comment: str | None = None,
) -> PanelChange:
    """Change one mark; the old one, the new one and the reason are kept.

    Refused without a reason, outside the scale, for the same mark, and once the report is final.
    """
    consensus = locked_draft(consensus_id)
    _chairs(actor, consensus.proposal, at=at)
    if consensus.state not in BEFORE_PANEL:
        raise Refused(_("The panel can change marks only before the report is final."))
    mark = ConsensusMark.objects.select_related("criterion").filter(
        consensus=consensus, criterion__pk=criterion_id
    )
    standing = mark.first()
    if standing is None:
        raise NotAllowed(f"no mark of criterion {criterion_id}")
    change = _change(standing, score, why, actor=actor, at=at)
    standing.score = score
    standing.comment = comment or standing.comment
    standing.save(update_fields=["score", "comment"])
    count_total(consensus)
    return change


def _change(
    mark: ConsensusMark, score: Decimal, why: str, *, actor: Person, at: datetime
) -> PanelChange:
    if not why.strip():
        raise DomainError(_("Write why the panel changes this mark."), field="why")
    if not is_in_step(score, scale_of(mark.criterion)):
        raise DomainError(step_sentence(mark.criterion, score), field="score")
    if mark.score is None or mark.score == score:
        raise DomainError(_("That is the mark it already has."), field="score")
    return PanelChange.objects.create(
        consensus=mark.consensus,
        criterion=mark.criterion,
        old_score=mark.score,
        new_score=score,
        why=why,
        changed_by=actor,
        changed_at=at,
    )


@transaction.atomic
def finalise(consensus_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Consensus:
    """The panel has looked at the report; its marks stand. After a dissent it says why."""
    consensus = locked_draft(consensus_id)
    _finalise(consensus, actor=actor, at=at, reason=reason)
    return consensus


@transaction.atomic
def finalise_all(call_id: UUID, *, actor: Person, at: datetime) -> int:
    """Make every approved report of the call final in one go; returns how many."""
    locked(Call, call_id)
    waiting = Consensus.objects.filter(proposal__call=call_id, state=C.APPROVED)
    proposals = {
        proposal.pk: proposal
        for proposal in locked_all(Proposal.objects.filter(consensuses__in=waiting))
    }
    found = locked_all(waiting)
    for consensus in found:
        consensus.proposal = proposals[consensus.proposal_id]
        _finalise(consensus, actor=actor, at=at, reason="")
    return len(found)


def _finalise(consensus: Consensus, *, actor: Person, at: datetime, reason: str) -> None:
    if consensus.state == C.PANEL and not reason.strip():
        raise DomainError(_("Write how the panel decided between the views."), field="reason")
    lifecycle = ConsensusLifecycle(consensus, at=at)
    fire(lifecycle, "finalise", actor=actor, at=at, reason=reason)
    settle(consensus, at=at)


@transaction.atomic
def decide_tie(
    call_id: UUID, *, proposals: Sequence[UUID], reason: str, actor: Person, at: datetime
) -> TieDecision:
    """Put proposals that are equal on every rung in order, best first.

    Refused without a reason, and unless exactly one open tie is named whole.
    """
    call = locked(Call, call_id)
    if not holds(actor, call.pk, "CC", on=day_of(at)):
        raise NotAllowed(f"{actor} does not chair the panel of {call}")
    if call.state != Call.State.EVALUATING:
        raise Refused(_("The ranked list is frozen."))
    if not reason.strip():
        raise DomainError(_("Write why the panel prefers this order."), field="reason")
    named = [str(pk) for pk in proposals]
    ties = [{entrant.ref for entrant in tie} for tie in open_ties(live_places(call))]
    if len(set(named)) != len(named) or set(named) not in ties:
        raise DomainError(_("Name every proposal of one open tie exactly once."))
    decision = TieDecision.objects.create(call=call, reason=reason, decided_by=actor, decided_at=at)
    for position, proposal in enumerate(proposals, start=1):
        TiePlace.objects.create(decision=decision, proposal_id=proposal, position=position)
    return decision


def _chairs(actor: Person, proposal: Proposal, *, at: datetime) -> None:
    day = day_of(at)
    if not holds(actor, proposal.call_id, "CC", on=day) or is_in_consortium(
        actor, proposal, on=day
    ):
        raise NotAllowed(f"{actor} does not chair the panel of {proposal}")


EVENTS = {"finalise": finalise}
