"""The ranked list is frozen: computed a last time, sealed with its fingerprint, never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents
from core.errors import NotAllowed, Refused
from core.gate import fire
from core.locks import locked, locked_all
from core.models import Person
from grants.lifecycle.call import CallLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Call, Proposal, RankedProposal, Ranking
from grants.permissions import holds
from grants.queries.marks import plain
from grants.queries.ranking import Line, Standing, standing
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@transaction.atomic
def freeze(call_id: UUID, *, actor: Person, at: datetime, reason: str = "") -> Ranking:
    """Seal the list: every proposal above the thresholds gets its place, the others their reason.

    Refused while a consensus is not final or a tie is open; only the call coordinator may.
    """
    call = locked(Call, call_id)
    if not holds(actor, call.pk, "CC", on=day_of(at)):
        raise NotAllowed(f"{actor} does not coordinate {call}")
    proposals = locked_all(Proposal.objects.filter(call=call, state=Proposal.State.EVALUATED))
    found = standing(call)
    _check(found)
    ranking = _seal(found, actor=actor, at=at)
    _move(ranking, {proposal.pk: proposal for proposal in proposals}, at=at)
    fire(CallLifecycle(call, at=at), "rank", actor=actor, at=at, reason=reason)
    return ranking


def _check(found: Standing) -> None:
    if found.call.state != Call.State.EVALUATING:
        raise Refused(_("This call is not being evaluated: its list is frozen or not yet begun."))
    if found.waiting:
        names = ", ".join(found.waiting[:5])
        raise Refused(_("No final consensus yet: %(names)s.") % {"names": names})
    if found.ties:
        names = _(" and ").join(entrant.name for entrant in found.ties[0])
        raise Refused(
            _("%(names)s are equal on every key of the ladder. The panel must decide.")
            % {"names": names}
        )
    if not found.can_freeze:
        raise Refused(_("There is no evaluated proposal to rank."))


def _seal(found: Standing, *, actor: Person, at: datetime) -> Ranking:
    lines = found.lines + found.below
    content = sealed_content(found, lines, at=at)
    number = found.call.rankings.count() + 1
    document = documents.store(
        content,
        kind="ranked_list",
        name=f"{found.call.identifier}-ranked-list-{number}.json",
        media_type="application/json",
        actor=actor,
        at=at,
    )
    ranking = Ranking.objects.create(
        call=found.call,
        number=number,
        budget_cents=found.purse.budget_cents,
        committed_cents=found.committed_cents,
        document=document,
        sha256=document.sha256,
        frozen_at=at,
        frozen_by=actor,
    )
    RankedProposal.objects.bulk_create(_row(ranking, line, found) for line in lines)
    return ranking


def sealed_content(found: Standing, lines: list[Line], *, at: datetime) -> bytes:
    """The list as canonical JSON: the same list always has the same fingerprint."""
    content = {
        "call": found.call.identifier,
        "frozen_at": at.isoformat(),
        "budget_cents": found.purse.budget_cents,
        "ladder": [str(key) for key in found.ladder],
        "criteria": [criterion.name for criterion in found.criteria],
        "lines": [_sealed_line(line, found) for line in lines],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()


def _sealed_line(line: Line, found: Standing) -> dict[str, Any]:
    candidate, award = line.candidate, line.award
    return {
        "proposal": candidate.number,
        "acronym": candidate.acronym,
        "rank": line.rank,
        "marks": [plain(score) for score in candidate.scores],
        "total": plain(candidate.total),
        "decided_by": found.decided_by(line),
        "requested_cents": candidate.requested_cents,
        "outcome": award.outcome.value if award else RankedProposal.Outcome.BELOW.value,
        "by_quota": bool(award and award.is_by_quota),
        "reserve_place": award.reserve_place if award else None,
    }


def _row(ranking: Ranking, line: Line, found: Standing) -> RankedProposal:
    candidate, award = line.candidate, line.award
    return RankedProposal(
        ranking=ranking,
        proposal_id=candidate.proposal_id,
        rank=line.rank,
        total=candidate.total,
        decided_by=found.decided_by(line),
        outcome=award.outcome.value if award else RankedProposal.Outcome.BELOW,
        reserve_place=award.reserve_place if award else None,
        is_by_quota=bool(award and award.is_by_quota),
        requested_cents=candidate.requested_cents,
        running_cents=award.running_cents if award else None,
        failed_thresholds=list(candidate.failed),
    )


def _move(ranking: Ranking, proposals: dict[UUID, Proposal], *, at: datetime) -> None:
    system = Person.objects.system()
    for row in ranking.rows.order_by("rank", "pk"):
        proposal = proposals[row.proposal_id]
        event = "below_threshold" if row.rank is None else "rank"
        fire(ProposalLifecycle(proposal, at=at), event, actor=system, at=at)
