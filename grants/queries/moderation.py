"""The moderation desk: where each consensus stands and what holds it up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from core.history import kept_until_grown
from core.presentation.parts import Pill
from grants.models import (
    Consensus,
    ConsensusApproval,
    ConsensusTransition,
    IndividualReport,
    Mark,
    Proposal,
    ProposalTransition,
)
from grants.queries.marks import criteria_of, plain, scale_of
from grants.rules.scoring import is_divergent, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from grants.models import Call, Criterion

PAGE_ROWS = 50
C = Consensus.State
GROUPS: dict[str, tuple[str, ...]] = {
    "reports": (C.NOT_READY,),
    "drafting": (C.READY, C.DRAFTING),
    "approval": (C.FOR_APPROVAL,),
    "panel": (C.APPROVED, C.DISSENT, C.PANEL),
    "final": (C.FINAL,),
}


Marks = dict["UUID", "Decimal"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked of one expert; ``marks`` by criterion once it is finished."""

    expert_id: UUID
    marks: Marks | None


@dataclass(frozen=True, slots=True)
class Moderated:
    """One line of the desk."""

    consensus: Consensus
    finished: int
    asked: int
    approved: int
    spread: str
    is_divergent: bool

    @property
    def total(self) -> str:
        """The consensus total, or a dash."""
        total = self.consensus.total
        return plain(total) if total is not None else "–"


def pages(call: Call, found: Mapping[str, int], *, group: str) -> Paginator[Consensus]:
    """Consensus reports in the order of their proposals; the filters know how many there are."""
    said = ConsensusApproval.objects.filter(decision=ConsensusApproval.Decision.APPROVED)
    rows = _standing(call.pk)
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group])
    rows = (
        rows.select_related("proposal__strand", "rapporteur")
        .defer("summary", "dissent")
        .prefetch_related(Prefetch("approvals", said.defer("text")))
        .order_by("proposal__number", "round")
    )
    shown = Paginator(rows, PAGE_ROWS)
    shown.count = found[group] if group in found else sum(found.values())
    return shown


def _standing(call_id: UUID) -> QuerySet[Consensus]:
    withdrawn = Proposal.State.WITHDRAWN
    return Consensus.objects.filter(proposal__call=call_id).exclude(proposal__state=withdrawn)


@kept_until_grown(ConsensusTransition, ProposalTransition)
def counts(call_id: UUID) -> Mapping[str, int]:
    """How many consensus reports stand in each group (one query)."""
    by_state = _standing(call_id).values_list("state").annotate(number=Count("*")).order_by()
    found = dict(by_state)
    return {name: sum(found.get(s, 0) for s in states) for name, states in GROUPS.items()}


def lines(rows: Iterable[Consensus], call: Call) -> list[Moderated]:
    """Desk lines of a page of consensus reports (three queries)."""
    page, criteria = list(rows), criteria_of(call)
    reports = _reports(page)
    return [_line(one, reports[one.pk], criteria, call.spread_max) for one in page]


def _reports(page: Iterable[Consensus]) -> dict[UUID, list[Report]]:
    """What was asked of experts for each consensus, with the marks of what is finished."""
    marks: dict[int, Marks] = defaultdict(dict)
    asked = IndividualReport.objects.counting().filter(proposal__in=[c.proposal_id for c in page])
    given = Mark.objects.filter(report__in=asked.values("pk"))
    for report, criterion, score in given.values_list("report", "criterion", "score"):
        if score is not None:
            marks[report][criterion] = score
    found: dict[tuple[UUID, int], list[Report]] = defaultdict(list)
    for key, proposal, round_, expert, state in asked.values_list(
        "pk", "proposal", "round", "expert", "state"
    ):
        is_finished = state == IndividualReport.State.FINISHED
        found[proposal, round_].append(Report(expert, marks[key] if is_finished else None))
    return {one.pk: found[one.proposal_id, one.round] for one in page}


def _line(
    consensus: Consensus,
    reports: list[Report],
    criteria: Iterable[Criterion],
    spread_max: Decimal | None,
) -> Moderated:
    finished = [report.marks for report in reports if report.marks is not None]
    by_criterion = [
        (criterion, [marks[criterion.pk] for marks in finished if criterion.pk in marks])
        for criterion in criteria
    ]
    widest = max((spread(scores) for _criterion, scores in by_criterion), default=None)
    group = {report.expert_id for report in reports if report.marks is not None}
    version = consensus.draft_version
    return Moderated(
        consensus=consensus,
        finished=len(finished),
        asked=len(reports),
        approved=sum(
            one.draft_version == version and one.expert_id in group
            for one in consensus.approvals.all()
        ),
        spread=plain(widest) if widest is not None and finished else "–",
        is_divergent=any(
            is_divergent(scores, scale_of(criterion), spread_max=spread_max)
            for criterion, scores in by_criterion
        ),
    )


def pills(found: Mapping[str, int], *, current: str) -> list[Pill]:
    """The groups as filters, each with its number."""
    words = {
        "reports": _("Wait for reports"),
        "drafting": _("Drafting"),
        "approval": _("For approval"),
        "panel": _("Before the panel"),
        "final": _("Final"),
    }
    everything = Pill(_("All"), "?", current=current not in GROUPS, count=sum(found.values()))
    return [everything] + [
        Pill(words[name], f"?state={name}", current=name == current, count=found[name])
        for name in GROUPS
    ]
