"""The moderation desk: where each consensus stands and what holds it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from core.presentation.parts import Pill
from grants.models import Consensus, ConsensusApproval, IndividualReport, Proposal
from grants.queries.marks import criteria_of, plain, scale_of
from grants.rules.scoring import is_divergent, spread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.db.models import QuerySet

    from grants.models import Call, Criterion

C = Consensus.State
GROUPS: dict[str, tuple[str, ...]] = {
    "reports": (C.NOT_READY,),
    "drafting": (C.READY, C.DRAFTING),
    "approval": (C.FOR_APPROVAL,),
    "panel": (C.APPROVED, C.DISSENT, C.PANEL),
    "final": (C.FINAL,),
}


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


def moderated(call: Call, *, group: str = "") -> QuerySet[Consensus]:
    """Consensus reports of the call, those nearest to their end first."""
    reports = IndividualReport.objects.counting().prefetch_related("marks")
    said = ConsensusApproval.objects.filter(decision=ConsensusApproval.Decision.APPROVED)
    rows = Consensus.objects.filter(proposal__call=call).exclude(
        proposal__state=Proposal.State.WITHDRAWN
    )
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group])
    return (
        rows.select_related("proposal__strand", "rapporteur")
        .prefetch_related(Prefetch("proposal__reports", reports), Prefetch("approvals", said))
        .order_by("proposal__number", "round")
    )


def counts(call: Call) -> dict[str, int]:
    """How many consensus reports stand in each group (one query)."""
    return (
        Consensus.objects.filter(proposal__call=call)
        .exclude(proposal__state=Proposal.State.WITHDRAWN)
        .aggregate(
            **{name: Count("pk", filter=Q(state__in=states)) for name, states in GROUPS.items()}
        )
    )


def lines(rows: Iterable[Consensus], call: Call) -> list[Moderated]:
    """Desk lines of a page of consensus reports (one query, for the criteria)."""
    criteria = criteria_of(call)
    return [_line(row, criteria, call.spread_max) for row in rows]


def _line(
    consensus: Consensus, criteria: Iterable[Criterion], spread_max: Decimal | None
) -> Moderated:
    reports = [r for r in consensus.proposal.reports.all() if r.round == consensus.round]
    finished = [r for r in reports if r.state == IndividualReport.State.FINISHED]
    by_criterion = [(criterion, _scores(finished, criterion)) for criterion in criteria]
    widest = max((spread(scores) for _criterion, scores in by_criterion), default=None)
    version, group = consensus.draft_version, {report.expert_id for report in finished}
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


def _scores(reports: Iterable[IndividualReport], criterion: Criterion) -> list[Decimal]:
    return [
        mark.score
        for report in reports
        for mark in report.marks.all()
        if mark.criterion_id == criterion.pk and mark.score is not None
    ]


def pills(call: Call, *, current: str) -> list[Pill]:
    """The groups as filters, each with its number."""
    found = counts(call)
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
