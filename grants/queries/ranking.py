"""The ranked list of a call: live until it is frozen, then as it was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.history import kept_until_grown
from core.presentation import formats
from grants.models import (
    Call,
    CallTransition,
    CallVersion,
    Consensus,
    ConsensusTransition,
    PanelChange,
    ProposalTransition,
    TieBreakKey,
    TieDecision,
)
from grants.queries.candidates import IN_EVALUATION, Candidate, candidates
from grants.queries.marks import criteria_of
from grants.rules.quota import Award, Outcome, Purse, Request, fund, shortfalls
from grants.rules.ranking import By, Place, open_ties, order
from grants.rules.scoring import TOTAL
from grants.rules.tie_breaks import Entrant, Kind, Rung

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from grants.models import Criterion, Strand

C = Consensus.State
COUNTED = (C.APPROVED, C.FINAL)


@dataclass(slots=True)
class Line:
    """One line of the list; without a place it is under a threshold."""

    candidate: Candidate
    place: Place | None = None
    award: Award | None = None

    @property
    def rank(self) -> int | None:
        """Its place in the list; tied proposals share one."""
        return self.place.rank if self.place else None

    @property
    def is_tied(self) -> bool:
        """Whether only the panel can say where it stands."""
        return self.place is not None and self.place.is_tied


@dataclass(frozen=True)
class Standing:
    """The list as it stands now, with what still keeps it from being frozen."""

    call: Call
    criteria: list[Criterion]
    ladder: list[TieBreakKey]
    strands: list[Strand]
    lines: list[Line]
    below: list[Line]
    waiting: list[str]
    ties: tuple[tuple[Entrant, ...], ...]
    purse: Purse
    missing_quota: dict[str, int]

    @cached_property
    def main(self) -> list[Line]:
        """The lines of the main list."""
        return [one for one in self.lines if one.award and one.award.outcome is Outcome.MAIN]

    @cached_property
    def first_out(self) -> Line | None:
        """The line above which the funding line is drawn."""
        main = {line.candidate.proposal_id for line in self.main}
        out = (line for line in self.lines if line.candidate.proposal_id not in main)
        return next(out, None)

    @cached_property
    def strand_names(self) -> dict[UUID | None, str]:
        """The strands' names by key."""
        return {strand.pk: str(strand) for strand in self.strands}

    @property
    def committed_cents(self) -> int:
        """Sum of the main list."""
        return sum(line.candidate.requested_cents for line in self.main)

    @property
    def left_cents(self) -> int:
        """What the main list leaves of the budget."""
        return self.purse.budget_cents - self.committed_cents

    @property
    def can_freeze(self) -> bool:
        """Every report is final and every tie decided."""
        return not self.waiting and not self.ties and bool(self.lines or self.below)

    def decided_by(self, line: Line) -> str:
        """What decided the place, or the thresholds that were missed, in words."""
        if line.place is None:
            return ", ".join(failed_words(line.candidate.failed, self.criteria))
        return decider_words(line.place, self.ladder)


@kept_until_grown(
    ConsensusTransition, ProposalTransition, PanelChange, TieDecision, CallTransition, CallVersion
)
def latest_standing(call_id: UUID) -> Standing:
    """The live list as a page shows it; actions work it out themselves."""
    return standing(Call.objects.get(pk=call_id))


def standing(call: Call) -> Standing:
    """The live list of a call; a fixed number of queries whatever its length."""
    criteria, ladder, strands = criteria_of(call), ladder_of(call), list(call.strands.all())
    found = candidates(call, criteria)
    ready = [one for one in found if one.state in COUNTED]
    places = _places([one for one in ready if not one.failed], ladder, call)
    by_ref = {str(candidate.proposal_id): candidate for candidate in ready}
    lines = [Line(by_ref[place.entrant.ref], place) for place in places]
    purse, requests = _purse(call, strands), [_request(line.candidate) for line in lines]
    awards = fund(requests, purse)
    for line, award in zip(lines, awards, strict=True):
        line.award = award
    return Standing(
        call=call,
        criteria=criteria,
        ladder=ladder,
        strands=strands,
        lines=lines,
        below=[Line(candidate) for candidate in ready if candidate.failed],
        waiting=_waiting(call, found),
        ties=open_ties(places),
        purse=purse,
        missing_quota=shortfalls(requests, awards, purse),
    )


def live_places(call: Call) -> tuple[Place, ...]:
    """The order of what is above the thresholds now, with open ties marked."""
    found = candidates(call, criteria_of(call))
    fundable = [one for one in found if one.state in COUNTED and not one.failed]
    return _places(fundable, ladder_of(call), call)


def ladder_of(call: Call) -> list[TieBreakKey]:
    """The rungs of the call's tie-break ladder, first one first (one query)."""
    return list(call.tie_break_keys.select_related("criterion").order_by("position"))


def purse_of(call: Call) -> Purse:
    """Budget, quotas and limits of the call (one query)."""
    return _purse(call, list(call.strands.all()))


def _purse(call: Call, strands: Sequence[Strand]) -> Purse:
    return Purse(
        budget_cents=call.budget_cents,
        quotas={str(strand.pk): strand.quota_min for strand in strands if strand.quota_min},
        strand_budgets={
            str(strand.pk): strand.budget_cents
            for strand in strands
            if strand.budget_cents is not None
        },
        projects_max=call.projects_max,
        reserve_max=call.reserve_max,
    )


def failed_words(failed: Iterable[str], criteria: Sequence[Criterion]) -> list[str]:
    """The missed thresholds by name."""
    names = {str(criterion.pk): criterion.name for criterion in criteria} | {TOTAL: _("Total")}
    return [names[code] for code in failed]


def _places(
    found: Sequence[Candidate], ladder: Sequence[TieBreakKey], call: Call
) -> tuple[Place, ...]:
    rungs = [Rung(Kind(key.kind), str(key.criterion_id or "")) for key in ladder]
    decisions = [
        [str(place.proposal_id) for place in decision.places.all()]
        for decision in call.tie_decisions.order_by("decided_at").prefetch_related("places")
    ]
    return order([candidate.entrant() for candidate in found], rungs, decisions)


def decider_words(place: Place, ladder: Sequence[TieBreakKey]) -> str:
    """What decided the place, in words: the total, a rung with its value, the panel, or nothing."""
    decider = place.decided_by
    if decider.by is not By.RUNG:
        return {
            By.TOTAL: _("Total"),
            By.PANEL: _("Panel decision"),
            By.OPEN: _("Tie, open"),
        }[decider.by]
    key, entrant = ladder[decider.rung - 1], place.entrant
    match key.kind:
        case TieBreakKey.Kind.SME_SHARE:
            bp = entrant.sme_cents * 10_000 // max(entrant.requested_cents, 1)
            words = _("SMEs’ share %(share)s") % {"share": formats.share(bp)}
        case TieBreakKey.Kind.COUNTRIES:
            words = _("%(count)s countries") % {"count": entrant.countries}
        case TieBreakKey.Kind.STRAND:
            words = _("Strand not covered yet")
        case _:
            words = str(key.criterion)
    return f"{decider.rung} · {words}"


def _request(one: Candidate) -> Request:
    return Request(str(one.proposal_id), str(one.strand_id), one.requested_cents)


def _waiting(call: Call, found: Sequence[Candidate]) -> list[str]:
    """Names of the call's proposals whose consensus is not final yet."""
    final = {one.proposal_id for one in found if one.state == C.FINAL}
    rows = call.proposals.filter(state__in=IN_EVALUATION).order_by("acronym")
    return [acronym for key, acronym in rows.values_list("pk", "acronym") if key not in final]
