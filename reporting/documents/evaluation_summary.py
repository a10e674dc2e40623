"""The Evaluation Summary Report: the consensus report's marks and words, as the applicant gets it.

It names no expert: the link between an expert and a proposal stays confidential.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import documents, jobs
from core.models import Person
from core.presentation.formats import day
from grants.models import Consensus
from reporting.pdf import paper

if TYPE_CHECKING:
    from decimal import Decimal

    from core.models import Job
    from grants.models import ConsensusMark


@jobs.job("evaluation_summary_report")
def make(row: Job) -> jobs.LastStep:
    """Print the summary of a final consensus; the job keeps the print."""
    consensus = Consensus.objects.select_related("proposal__call").get(pk=row.payload["consensus"])
    return partial(
        documents.store,
        draw(consensus),
        kind="evaluation_summary_report",
        name=f"evaluation-summary-{consensus.proposal.reference}.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=row.at,
    )


def draw(consensus: Consensus) -> bytes:
    """Marks, thresholds, total and comments of a consensus report."""
    proposal, call = consensus.proposal, consensus.proposal.call
    marks = list(consensus.marks.select_related("criterion").order_by("criterion__position"))
    head = paper.Heading(
        title=_("Evaluation Summary Report"), about=proposal.reference, foot=call.title
    )
    facts: list[tuple[object, object]] = [
        (_("Proposal"), f"{proposal.acronym} · {proposal.title}"),
        (_("Call"), call.identifier),
        (_("Deadline"), day(call.deadline_at)),
        (_("Result"), _result(consensus)),
    ]
    story = [paper.title(head.title), paper.gap(), paper.facts(facts), *_marks(consensus, marks)]
    for mark in marks:
        story += [paper.heading(mark.criterion.name), paper.text(mark.comment)]
    if consensus.summary:
        story += [paper.heading(_("Overall")), paper.text(consensus.summary)]
    return paper.print_paper(head, story)


def _marks(consensus: Consensus, marks: list[ConsensusMark]) -> list[Any]:
    rows = [
        [
            mark.criterion.name,
            plain(mark.score),
            plain(mark.criterion.score_max),
            plain(mark.criterion.threshold),
            plain(mark.criterion.weight),
        ]
        for mark in marks
    ]
    least = plain(consensus.proposal.call.score_total_min)
    table = paper.grid(
        [_("Criterion"), _("Mark"), _("Of"), _("Threshold"), _("Weight")],
        rows,
        widths=[5, 1, 1, 1.3, 1],
        right={1, 2, 3, 4},
        total=[_("Total"), plain(consensus.total), "", least, ""],
    )
    return [paper.heading(_("Marks")), table]


def plain(score: Decimal | None) -> str:
    """A mark without trailing zeros."""
    return "–" if score is None else f"{score.normalize():f}"


def _result(consensus: Consensus) -> str:
    if consensus.is_above_thresholds:
        return _("All thresholds are met.")
    return _("At least one threshold is not met; the proposal cannot be funded.")
