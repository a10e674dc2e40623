"""The Evaluation Summary Report of a proposal: where it is, and who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Job
from grants.models import Letter, Proposal
from grants.permissions import holds, is_in_consortium
from grants.queries.offices import EVALUATION_READERS

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Document, Person

OUTCOMES = (
    Letter.Kind.MAIN_LIST,
    Letter.Kind.RESERVE_LIST,
    Letter.Kind.NO_BUDGET,
    Letter.Kind.BELOW_THRESHOLD,
)


def readable() -> QuerySet[Proposal]:
    """Proposals whose evaluation can have a report."""
    return Proposal.objects.filter(consensuses__isnull=False).distinct()


def may_read(person: Person, proposal: Proposal, *, on: date) -> bool:
    """Officers of the call; the consortium from the moment its letter has left."""
    if holds(person, proposal.call_id, *EVALUATION_READERS, on=on):
        return True
    told = Letter.objects.filter(proposal=proposal, kind__in=OUTCOMES).exists()
    return told and is_in_consortium(person, proposal, on=on)


def summary_report(proposal: Proposal) -> Document | None:
    """The report as the job made it, or nothing yet."""
    consensus = proposal.consensuses.order_by("-round").first()
    if consensus is None:
        return None
    job = Job.objects.filter(key=f"evaluation-summary-report:{consensus.pk}")
    row = job.select_related("result").first()
    return row.result if row is not None else None
