"""An expert's pile: what waits to be declared, written, drafted or approved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.parts import Due, Fact
from core.tags import GOOD, IDLE, INFO, MOVE, OVER, WARN, Tag
from grants.models import Call, Consensus, ConsensusApproval, Criterion, IndividualReport
from grants.queries.marks import Scored, plain, scale_of
from grants.queries.wording import wording
from grants.rules.scoring import total, total_max

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from core.models import Person

R, C = IndividualReport.State, Consensus.State


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A criterion with its mark, for reading."""

    criterion: Criterion
    score: str
    words: str
    comment: str


@dataclass(slots=True)
class Entry:
    """A report on the pile with the consensus it leads to."""

    report: IndividualReport
    consensus: Consensus | None
    criteria: list[Criterion]
    has_approved: bool = False

    @property
    def is_rapporteur(self) -> bool:
        """Whether the owner of the pile drafts the consensus."""
        return self.consensus is not None and self.consensus.rapporteur_id == self.report.expert_id

    @property
    def marked(self) -> int:
        """Criteria that have both a mark and a comment."""
        marks = self.report.marks.all()
        return sum(mark.score is not None and bool(mark.comment.strip()) for mark in marks)

    @property
    def phase(self) -> str:
        """The consensus's state, or nothing while it waits for reports."""
        return self.consensus.state if self.consensus is not None else C.NOT_READY

    @property
    def total(self) -> Decimal | None:
        """The own total, once every criterion has a mark."""
        marks = {
            str(m.criterion_id): m.score for m in self.report.marks.all() if m.score is not None
        }
        scales = [scale_of(criterion) for criterion in self.criteria]
        if {scale.code for scale in scales} - marks.keys():
            return None
        return total(marks, scales)


@dataclass(slots=True)
class Pile:
    """All reports of an expert in calls being evaluated, sorted by what they wait for."""

    to_do: list[Entry] = field(default_factory=list)
    consensus: list[Entry] = field(default_factory=list)
    finished: list[Entry] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Reports asked for and not given back."""
        return len(self.to_do) + len(self.consensus) + len(self.finished)

    @property
    def done(self) -> int:
        """Reports that are finished."""
        return len(self.consensus) + len(self.finished)

    @property
    def own_totals(self) -> list[Fact]:
        """The expert's own totals so far, highest first: for the expert's eyes only."""
        done = [e for e in (*self.finished, *self.consensus) if e.total is not None]
        done.sort(key=lambda entry: entry.total or 0, reverse=True)
        return [Fact(entry.report.proposal.acronym, total_words(entry)) for entry in done]

    @property
    def waiting(self) -> int:
        """How many wait for the expert now."""
        return len(self.to_do) + sum(1 for entry in self.consensus if waits(entry))


def pile(person: Person) -> Pile:
    """The pile, with a fixed number of queries: reports, marks, criteria, consensus, approvals."""
    reports = (
        IndividualReport.objects.of_expert(person)
        .counting()
        .filter(proposal__call__state=Call.State.EVALUATING)
        .exclude(proposal__state="withdrawn")
        .select_related("proposal__call", "proposal__strand")
        .prefetch_related("marks", Prefetch("proposal__call__criteria", _criteria()))
        .order_by("due_at", "proposal__number")
    )
    found, by_round = Pile(), _consensuses(person)
    for report in reports:
        consensus, approved = by_round.get((report.proposal_id, report.round), (None, False))
        criteria = list(report.proposal.call.criteria.all())
        _sort_in(found, Entry(report, consensus, criteria, approved))
    return found


def _criteria() -> QuerySet[Criterion]:
    return Criterion.objects.order_by("position")


def _consensuses(person: Person) -> dict[tuple[object, int], tuple[Consensus, bool]]:
    rows = Consensus.objects.filter(proposal__reports__expert=person).distinct()
    said = {
        (approval.consensus_id, approval.draft_version)
        for approval in ConsensusApproval.objects.filter(
            expert=person, decision=ConsensusApproval.Decision.APPROVED
        )
    }
    return {
        (row.proposal_id, row.round): (row, (row.pk, row.draft_version) in said) for row in rows
    }


def _sort_in(found: Pile, entry: Entry) -> None:
    if entry.report.state != R.FINISHED:
        found.to_do.append(entry)
    elif entry.phase == C.NOT_READY:
        found.finished.append(entry)
    else:
        found.consensus.append(entry)


def waits(entry: Entry) -> bool:
    """Whether the consensus waits for this expert: to draft or to approve."""
    if entry.phase in {C.READY, C.DRAFTING}:
        return entry.is_rapporteur
    return entry.phase == C.FOR_APPROVAL and not entry.has_approved


def to_do_rows(found: Pile) -> list[Due]:
    """Reports to declare and to write, what is begun first."""
    begun_first = sorted(found.to_do, key=lambda e: (e.report.state != R.OPEN, e.marked == 0))
    return [_to_do(entry) for entry in begun_first]


def _to_do(entry: Entry) -> Due:
    report = entry.report
    if report.state == R.ASSIGNED:
        url = reverse("grants:individual_report_declare", args=[report.pk])
        why = _("Say whether you have a conflict of interest before the text opens")
        return Due(title(entry), url, why, when=report.due_at, tag=Tag(WARN, _("Declare first")))
    url = reverse("grants:individual_report_write", args=[report.pk])
    words = ngettext(
        "%(done)s of %(n)s criterion marked",
        "%(done)s of %(n)s criteria marked",
        len(entry.criteria),
    ) % {"done": entry.marked, "n": len(entry.criteria)}
    begun = report.saved_at is not None
    tag = Tag(MOVE, _("In progress")) if begun else Tag(IDLE, _("To read"))
    return Due(title(entry), url, words, when=report.due_at, tag=tag)


def consensus_rows(found: Pile) -> list[Due]:
    """Consensus reports of the expert's proposals, those that wait for the expert first."""
    return [_consensus(entry) for entry in sorted(found.consensus, key=lambda e: not waits(e))]


def _consensus(entry: Entry) -> Due:
    assert entry.consensus is not None, "only an opened consensus is listed"
    words, tag = _phase(entry)
    return Due(
        title(entry),
        reverse("grants:consensus_detail", args=[entry.consensus.pk]),
        words,
        note=total_words(entry),
        tag=tag,
    )


def _phase(entry: Entry) -> tuple[str, Tag]:
    if entry.phase in {C.READY, C.DRAFTING} and entry.is_rapporteur:
        return _("You are the rapporteur: write the draft"), Tag(WARN, _("Draft it"))
    if entry.phase == C.FOR_APPROVAL and not entry.has_approved:
        return _("The draft waits for your word"), Tag(WARN, _("Approve or object"))
    if entry.phase in {C.READY, C.DRAFTING, C.FOR_APPROVAL}:
        words = _("Your report is locked; the others’ are visible now")
        return words, Tag(INFO, _("In consensus"))
    if entry.phase in {C.DISSENT, C.PANEL}:
        return _("The panel decides between the views"), Tag(INFO, _("Before the panel"))
    return _("The marks are agreed"), Tag(GOOD, _("Agreed"))


def finished_rows(found: Pile) -> list[Due]:
    """Reports that wait for the others."""
    return [
        Due(
            title(entry),
            reverse("grants:individual_report_detail", args=[entry.report.pk]),
            _("Can be reopened by the call coordinator until its consensus starts"),
            note=total_words(entry),
            tag=Tag(OVER, _("Finished")),
        )
        for entry in found.finished
    ]


def title(entry: Entry) -> str:
    """How a proposal is called on the pile."""
    proposal = entry.report.proposal
    return f"{proposal.acronym} · {proposal.title}" if proposal.title else proposal.acronym


def total_words(entry: Entry) -> str:
    """The own total, "13.5 of 15"."""
    own = entry.total
    if own is None:
        return ""
    highest = total_max([scale_of(criterion) for criterion in entry.criteria])
    return _("%(total)s of %(highest)s") % {"total": plain(own), "highest": plain(highest)}


def mark_rows(criteria: list[Criterion], marks: dict[UUID, Scored]) -> list[MarkRow]:
    """Every criterion with the mark and the comment given, for reading."""
    return [
        MarkRow(
            criterion,
            plain(mark.score) if mark.score is not None else "–",
            wording(criterion, mark.score) if mark.score is not None else "",
            mark.comment,
        )
        for criterion in criteria
        for mark in [marks.get(criterion.pk, Scored())]
    ]


def own_total(criteria: list[Criterion], marks: dict[UUID, Scored]) -> str:
    """The total, "13.5 of 15", or nothing while a mark is missing."""
    given = {str(pk): mark.score for pk, mark in marks.items() if mark.score is not None}
    scales = [scale_of(criterion) for criterion in criteria]
    if {scale.code for scale in scales} - given.keys():
        return ""
    words = _("%(total)s of %(highest)s")
    return words % {"total": plain(total(given, scales)), "highest": plain(total_max(scales))}
