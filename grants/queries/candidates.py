"""What the ranked list is made of: every evaluated proposal with the marks of its consensus.

Plain values instead of records: a call may have thousands of proposals, and a page shows fifty.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from grants.models import Consensus, ConsensusMark, Proposal
from grants.queries.marks import scale_of
from grants.rules.scoring import failed_thresholds
from grants.rules.tie_breaks import Entrant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from grants.models import Call, Criterion
    from grants.rules.scoring import Scale

IN_EVALUATION = (Proposal.State.TO_EVALUATE, Proposal.State.EVALUATED)
NO_MARK = Decimal(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with its consensus marks; ``failed`` names the thresholds it missed."""

    proposal_id: UUID
    number: int
    acronym: str
    strand_id: UUID | None
    consensus_id: UUID
    state: str
    total: Decimal
    marks: dict[str, Decimal]
    failed: tuple[str, ...]
    requested_cents: int
    sme_cents: int
    countries: int

    @property
    def scores(self) -> list[Decimal]:
        """The marks in the order of the criteria."""
        return list(self.marks.values())

    def entrant(self) -> Entrant:
        """What the tie-break ladder compares."""
        return Entrant(
            ref=str(self.proposal_id),
            name=self.acronym,
            total=self.total,
            marks=self.marks,
            strand=str(self.strand_id),
            sme_cents=self.sme_cents,
            requested_cents=self.requested_cents,
            countries=self.countries,
        )


def candidates(call: Call, criteria: Sequence[Criterion]) -> list[Candidate]:
    """Proposals whose latest consensus has a total, by acronym (one statement)."""
    rows = (
        Consensus.objects.filter(proposal__call=call, proposal__state__in=IN_EVALUATION)
        .order_by("proposal__acronym", "proposal", "round")
        .values(
            "pk",
            "state",
            "total",
            "proposal_id",
            "proposal__number",
            "proposal__acronym",
            "proposal__strand_id",
            "proposal__version__requested_cents",
            "proposal__version__sme_cents",
            "proposal__version__country_count",
            **{f"mark_{place}": _mark(one) for place, one in enumerate(criteria)},
        )
    )
    latest = {row["proposal_id"]: row for row in rows}
    scales, least = [scale_of(criterion) for criterion in criteria], Decimal(call.score_total_min)
    counted = (row for row in latest.values() if row["total"] is not None)
    return [_candidate(row, scales, total_min=least) for row in counted]


def _mark(criterion: Criterion) -> Subquery:
    marks = ConsensusMark.objects.filter(consensus=OuterRef("pk"), criterion=criterion)
    return Subquery(marks.values("score"))


def _candidate(row: Mapping[str, Any], scales: Sequence[Scale], *, total_min: Decimal) -> Candidate:
    marks = {scale.code: row[f"mark_{place}"] or NO_MARK for place, scale in enumerate(scales)}
    return Candidate(
        proposal_id=row["proposal_id"],
        number=row["proposal__number"],
        acronym=row["proposal__acronym"],
        strand_id=row["proposal__strand_id"],
        consensus_id=row["pk"],
        state=row["state"],
        total=row["total"],
        marks=marks,
        failed=failed_thresholds(marks, scales, total_min=total_min),
        requested_cents=row["proposal__version__requested_cents"],
        sme_cents=row["proposal__version__sme_cents"],
        countries=row["proposal__version__country_count"],
    )
