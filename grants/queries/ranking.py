"""The ranked list of a call: live until it is frozen, then as it was sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.presentation import formats
from grants.models import Consensus, ConsensusMark, Proposal, TieBreakKey
from grants.queries.marks import criteria_of, scale_of
from grants.rules.quota import Award, Outcome, Purse, Request, fund, shortfalls
from grants.rules.ranking import By, Place, open_ties, order
from grants.rules.scoring import TOTAL, failed_thresholds
from grants.rules.tie_breaks import Entrant, Kind, Rung

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grants.models import Call, Criterion

C = Consensus.State
COUNTED = (C.APPROVED, C.FINAL)
IN_EVALUATION = (Proposal.State.TO_EVALUATE, Proposal.State.EVALUATED)


@dataclass(slots=True)
class Candidate:
    """A proposal with its consensus marks; ``failed`` names the thresholds it missed."""

    proposal: Proposal
    consensus: Consensus
    scores: list[Decimal]
    total: Decimal
    failed: tuple[str, ...]

    @property
    def requested_cents(self) -> int:
        """The EU contribution asked for in the version that counts."""
        version = self.proposal.version
        return version.requested_cents if version is not None else 0


@dataclass(slots=True)
class Line:
    """One line of the list as it is shown."""

    candidate: Candidate
    rank: int | None
    decided_by: str
    is_tied: bool = False
    award: Award | None = None


@dataclass(slots=True)
class Standing:
    """The list as it stands now, with what still keeps it from being frozen."""

    call: Call
    criteria: list[Criterion]
    ladder: list[TieBreakKey]
    lines: list[Line]
    below: list[Line]
    waiting: list[Proposal]
    ties: tuple[tuple[Entrant, ...], ...]
    purse: Purse
    missing_quota: dict[str, int] = field(default_factory=dict)

    @property
    def committed_cents(self) -> int:
        """Sum of the main list."""
        return sum(
            line.candidate.requested_cents
            for line in self.lines
            if line.award is not None and line.award.outcome is Outcome.MAIN
        )

    @property
    def left_cents(self) -> int:
        """What the main list leaves of the budget."""
        return self.purse.budget_cents - self.committed_cents

    @property
    def can_freeze(self) -> bool:
        """Every report is final and every tie decided."""
        return not self.waiting and not self.ties and bool(self.lines or self.below)


def standing(call: Call) -> Standing:
    """The live list of a call; a fixed number of queries whatever its length."""
    criteria = criteria_of(call)
    ladder = ladder_of(call)
    found = _candidates(call, criteria)
    ready = [c for c in found if c.consensus.state in COUNTED]
    places = _places([c for c in ready if not c.failed], ladder, call)
    lines = _lines(places, ready, ladder)
    purse = purse_of(call)
    requests = [_request(line.candidate) for line in lines]
    awards = fund(requests, purse)
    for line, award in zip(lines, awards, strict=True):
        line.award = award
    return Standing(
        call=call,
        criteria=criteria,
        ladder=ladder,
        lines=lines,
        below=[_below(candidate, criteria) for candidate in ready if candidate.failed],
        waiting=_waiting(call, found),
        ties=open_ties(places),
        purse=purse,
        missing_quota=shortfalls(requests, awards, purse),
    )


def live_places(call: Call) -> tuple[Place, ...]:
    """The order of what is above the thresholds now, with open ties marked."""
    found = _candidates(call, criteria_of(call))
    fundable = [c for c in found if c.consensus.state in COUNTED and not c.failed]
    return _places(fundable, ladder_of(call), call)


def ladder_of(call: Call) -> list[TieBreakKey]:
    """The rungs of the call's tie-break ladder, first one first (one query)."""
    return list(call.tie_break_keys.select_related("criterion").order_by("position"))


def purse_of(call: Call) -> Purse:
    """Budget, quotas and limits of the call (one query)."""
    strands = list(call.strands.all())
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


def _candidates(call: Call, criteria: Sequence[Criterion]) -> list[Candidate]:
    rows = (
        Consensus.objects.filter(proposal__call=call, proposal__state__in=IN_EVALUATION)
        .select_related("proposal__version", "proposal__strand")
        .defer("summary", "proposal__version__content")
        .prefetch_related(Prefetch("marks", ConsensusMark.objects.defer("comment")))
        .order_by("proposal__acronym", "proposal", "round")
    )
    latest = {consensus.proposal_id: consensus for consensus in rows}
    return [
        candidate(consensus, criteria, total_min=Decimal(call.score_total_min))
        for consensus in latest.values()
        if consensus.total is not None
    ]


def candidate(
    consensus: Consensus, criteria: Sequence[Criterion], *, total_min: Decimal
) -> Candidate:
    """A counted consensus as the list sees it."""
    given = {mark.criterion_id: mark.score or Decimal(0) for mark in consensus.marks.all()}
    marks = {str(criterion.pk): given[criterion.pk] for criterion in criteria}
    scales = [scale_of(criterion) for criterion in criteria]
    return Candidate(
        proposal=consensus.proposal,
        consensus=consensus,
        scores=[given[criterion.pk] for criterion in criteria],
        total=consensus.total or Decimal(0),
        failed=failed_thresholds(marks, scales, total_min=total_min),
    )


def _places(
    candidates: Sequence[Candidate], ladder: Sequence[TieBreakKey], call: Call
) -> tuple[Place, ...]:
    rungs = [Rung(Kind(key.kind), str(key.criterion_id or "")) for key in ladder]
    decisions = [
        [str(place.proposal_id) for place in decision.places.all()]
        for decision in call.tie_decisions.order_by("decided_at").prefetch_related("places")
    ]
    return order([_entrant(c) for c in candidates], rungs, decisions)


def _entrant(candidate: Candidate) -> Entrant:
    proposal, version = candidate.proposal, candidate.proposal.version
    assert version is not None, "only a proposal with a version is evaluated"
    return Entrant(
        ref=str(proposal.pk),
        name=proposal.acronym,
        total=candidate.total,
        marks={
            str(mark.criterion_id): mark.score or Decimal(0)
            for mark in candidate.consensus.marks.all()
        },
        strand=str(proposal.strand_id),
        sme_cents=version.sme_cents,
        requested_cents=version.requested_cents,
        countries=version.country_count,
    )


def _lines(
    places: Sequence[Place], candidates: Sequence[Candidate], ladder: Sequence[TieBreakKey]
) -> list[Line]:
    by_ref = {str(candidate.proposal.pk): candidate for candidate in candidates}
    return [
        Line(
            candidate=by_ref[place.entrant.ref],
            rank=place.rank,
            decided_by=decider_words(place, ladder),
            is_tied=place.is_tied,
        )
        for place in places
    ]


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


def _request(candidate: Candidate) -> Request:
    proposal = candidate.proposal
    return Request(str(proposal.pk), str(proposal.strand_id), candidate.requested_cents)


def _below(candidate: Candidate, criteria: Sequence[Criterion]) -> Line:
    names = failed_words(candidate.failed, criteria)
    return Line(candidate, rank=None, decided_by=", ".join(names))


def _waiting(call: Call, found: Sequence[Candidate]) -> list[Proposal]:
    """Proposals of the call whose consensus is not final yet."""
    final = [c.proposal.pk for c in found if c.consensus.state == C.FINAL]
    rows = call.proposals.filter(state__in=IN_EVALUATION).exclude(pk__in=final)
    return list(rows.order_by("acronym"))
