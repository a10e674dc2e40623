"""The authorising officer awards: outcomes and letters in one go, later the reserve list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.gate import fire
from core.jobs import enqueue
from core.locks import locked, locked_all
from grants.actions import letter
from grants.lifecycle.call import CallLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Call, Consensus, Letter, Proposal, RankedProposal
from grants.permissions import holds
from grants.queries.award import Awarded, frozen_list, outcomes, promotable
from grants.queries.marks import criteria_of
from grants.queries.ranking import failed_words
from grants.rules.quota import Outcome
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

EVENT_OF = {
    Outcome.MAIN: "place_main",
    Outcome.RESERVE: "place_reserve",
    Outcome.NO_BUDGET: "place_no_budget",
}
LETTER_OF = {
    Outcome.MAIN: Letter.Kind.MAIN_LIST,
    Outcome.RESERVE: Letter.Kind.RESERVE_LIST,
    Outcome.NO_BUDGET: Letter.Kind.NO_BUDGET,
}


@transaction.atomic
def award(call_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> list[Letter]:
    """Turn the frozen list into outcomes; every coordinator gets the letter with their reason.

    The Evaluation Summary Report follows by a job and is enclosed. Refused for anybody but the
    authorising officer of the call, and for one whose organisation applies.
    """
    call = _locked_call(call_id, actor, at=at)
    ranking = frozen_list(call)
    if ranking is None or call.state != Call.State.RANKED:
        raise Refused(_("There is no frozen list to award, or the call is awarded already."))
    locked_all(Proposal.objects.filter(ranked__ranking=ranking))
    criteria = criteria_of(call)
    letters = []
    for awarded in outcomes(ranking):
        names = failed_words(awarded.row.failed_thresholds, criteria)
        letters.append(_settle(awarded, names, call=call, actor=actor, at=at))
    fire(CallLifecycle(call, at=at), "award", actor=actor, at=at, reason=reason)
    return letters


@transaction.atomic
def invite(proposal_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Proposal:
    """Invite a proposal of the main list to prepare its grant; its letter leaves."""
    proposal = locked(Proposal, proposal_id)
    if proposal.state == Proposal.State.RESERVE_LIST:
        raise Refused(_("The reserve list is invited in its order, once money frees."))
    lifecycle = ProposalLifecycle(proposal, at=at)
    fire(lifecycle, "invite", actor=actor, at=at, reason=reason)
    row = RankedProposal.objects.filter(proposal=proposal).order_by("-ranking__number")[0]
    _write(proposal, Letter.Kind.INVITATION, row, actor=actor, at=at)
    return proposal


@transaction.atomic
def promote(call_id: UUID, *, actor: Person, at: datetime) -> list[Proposal]:
    """Invite from the reserve list whom the freed money carries, strictly in rank order.

    Refused before the award, and when the first of the list needs more than is free.
    """
    call = _locked_call(call_id, actor, at=at)
    if call.state != Call.State.AWARDED:
        raise Refused(_("The reserve list counts only once the call is awarded."))
    rows = promotable(call)
    if not rows:
        raise Refused(_("The free money does not carry the first of the reserve list."))
    for row in rows:
        proposal = locked(Proposal, row.proposal_id)
        fire(ProposalLifecycle(proposal, at=at), "invite", actor=actor, at=at)
        _write(proposal, Letter.Kind.INVITATION, row, actor=actor, at=at, from_reserve=True)
    return [row.proposal for row in rows]


def _locked_call(call_id: UUID, actor: Person, *, at: datetime) -> Call:
    call = locked(Call, call_id)
    if not holds(actor, call.pk, "AO", on=day_of(at)):
        raise NotAllowed(f"{actor} does not authorise {call}")
    return call


def _settle(
    awarded: Awarded, failed: list[str], *, call: Call, actor: Person, at: datetime
) -> Letter:
    proposal = awarded.row.proposal
    proposal.call = call
    if awarded.award is None:
        kind = Letter.Kind.BELOW_THRESHOLD
    else:
        outcome = awarded.award.outcome
        event, kind = EVENT_OF[outcome], LETTER_OF[outcome]
        fire(ProposalLifecycle(proposal, at=at), event, actor=actor, at=at)
    _enclose_summary(proposal, at=at)
    place = awarded.award.reserve_place if awarded.award else None
    return _write(
        proposal, kind, awarded.row, actor=actor, at=at, failed=failed, reserve_place=place
    )


def _write(
    proposal: Proposal,
    kind: str,
    row: RankedProposal,
    *,
    actor: Person,
    at: datetime,
    **reason: object,
) -> Letter:
    text = render_to_string(
        f"grants/letters/{kind}.txt",
        {
            "proposal": proposal,
            "call": proposal.call,
            "row": row,
            "signed_by": actor,
            **reason,
        },
    )
    return letter.send(proposal, kind=kind, text=text, signed_by=actor, at=at)


def _enclose_summary(proposal: Proposal, *, at: datetime) -> None:
    """Ask for the Evaluation Summary Report, made from the consensus and frozen with the letter."""
    consensus = Consensus.objects.filter(proposal=proposal).order_by("-round").first()
    if consensus is not None:
        enqueue(
            "evaluation_summary_report",
            key=f"evaluation-summary-report:{consensus.pk}",
            payload={"consensus": str(consensus.pk), "proposal": str(proposal.pk)},
            at=at,
        )
