"""The consensus page: the reports side by side, the spread, the draft, who has said what."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.parts import Fact, Step
from grants.models import Consensus, ConsensusApproval, IndividualReport
from grants.queries.marks import Scored, criteria_of, plain, scale_of, scored
from grants.queries.spread import Spread, drawn
from grants.rules.scoring import is_divergent, mean, spread, total, total_max

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.models import Person
    from grants.models import Criterion, PanelChange
    from grants.models.evaluation import IndividualReportQuerySet

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TONES = ("", "c", "b", "d")  # green, amber, violet, blue, as the circles of the spread


@dataclass(frozen=True, slots=True)
class Voice:
    """One expert of the group; other experts see a letter, officers the name as well."""

    letter: str
    report: IndividualReport
    label: str
    is_own: bool
    is_rapporteur: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one expert gave for one criterion."""

    voice: Voice
    score: Decimal
    comment: str

    @property
    def shown(self) -> str:
        """The mark without idle zeros."""
        return plain(self.score)


@dataclass(slots=True)
class Row:
    """One criterion: the experts' marks, how far apart they are, and the draft."""

    criterion: Criterion
    opinions: list[Opinion]
    draft: Scored
    spread: Decimal
    is_divergent: bool
    picture: Spread

    @property
    def draft_shown(self) -> str:
        """The draft's mark, or a dash."""
        return plain(self.draft.score) if self.draft.score is not None else "–"

    @property
    def spread_shown(self) -> str:
        """The spread without idle zeros."""
        return plain(self.spread)


@dataclass(slots=True)
class Sheet:
    """Everything the page shows; a fixed number of queries."""

    consensus: Consensus
    criteria: list[Criterion]
    voices: list[Voice]
    rows: list[Row]
    approvals: list[Step]
    objections: list[ConsensusApproval]
    changes: list[PanelChange]
    totals: list[Fact] = field(default_factory=list)
    total: str = ""
    total_max: str = ""
    is_under: bool = False
    awaited: int = 0


def sheet(consensus: Consensus, person: Person, *, on: date) -> Sheet:
    """The consensus as ``person`` may see it: members see letters, officers see names."""
    call = consensus.proposal.call
    criteria = criteria_of(call)
    shown = _group(consensus).finished().visible_to(person, on=on)
    reports = list(shown.select_related("expert").prefetch_related("marks"))
    voices = _voices(reports, consensus, person)
    draft = scored(consensus.marks.all())
    rows = [_row(criterion, voices, draft, call.spread_max) for criterion in criteria]
    said = list(consensus.approvals.select_related("expert").order_by("decided_at"))
    found = Sheet(
        consensus=consensus,
        criteria=criteria,
        voices=voices,
        rows=rows,
        approvals=_approvals(voices, said, consensus),
        objections=[one for one in said if one.decision == ConsensusApproval.Decision.OBJECTED],
        changes=list(
            consensus.panel_changes.select_related("criterion", "changed_by").order_by("changed_at")
        ),
        awaited=_group(consensus).outstanding().count(),
    )
    _add_totals(found, draft, Decimal(call.score_total_min))
    return found


def _group(consensus: Consensus) -> IndividualReportQuerySet:
    return IndividualReport.objects.filter(
        proposal=consensus.proposal_id, round=consensus.round
    ).order_by("pk")


def _voices(reports: list[IndividualReport], consensus: Consensus, person: Person) -> list[Voice]:
    by_member = any(report.expert_id == person.pk for report in reports)
    return [
        Voice(
            letter=letter,
            report=report,
            label=_label(letter, report, person, by_member=by_member),
            is_own=report.expert_id == person.pk,
            is_rapporteur=report.expert_id == consensus.rapporteur_id,
            tone=TONES[index % len(TONES)],
        )
        for index, (letter, report) in enumerate(zip(LETTERS, reports, strict=False))
    ]


def _label(letter: str, report: IndividualReport, person: Person, *, by_member: bool) -> str:
    if report.expert_id == person.pk:
        return _("Expert %(letter)s, you") % {"letter": letter}
    if by_member:
        return _("Expert %(letter)s") % {"letter": letter}
    return f"{letter} · {report.expert.full_name}"


def _row(
    criterion: Criterion,
    voices: list[Voice],
    draft: dict[UUID, Scored],
    spread_max: Decimal | None,
) -> Row:
    opinions = [
        Opinion(voice, mark.score, mark.comment)
        for voice in voices
        for mark in voice.report.marks.all()
        if mark.criterion_id == criterion.pk and mark.score is not None
    ]
    scores = [opinion.score for opinion in opinions]
    drafted = draft.get(criterion.pk, Scored())
    return Row(
        criterion=criterion,
        opinions=opinions,
        draft=drafted,
        spread=spread(scores),
        is_divergent=is_divergent(scores, scale_of(criterion), spread_max=spread_max),
        picture=drawn(
            criterion, [(o.voice.letter, o.score) for o in opinions], draft=drafted.score
        ),
    )


def _approvals(
    voices: list[Voice], said: list[ConsensusApproval], consensus: Consensus
) -> list[Step]:
    """Who has said what about the current version."""
    now = {one.expert_id: one for one in said if one.draft_version == consensus.draft_version}
    return [_word(voice, now.get(voice.report.expert_id)) for voice in voices]


def _word(voice: Voice, said: ConsensusApproval | None) -> Step:
    title = voice.label
    if voice.is_rapporteur:
        title = _("%(label)s, rapporteur") % {"label": title}
    if said is None:
        return Step(title, kind="next", note=_("Not yet"))
    if said.decision == ConsensusApproval.Decision.APPROVED:
        return Step(title, when=said.decided_at, note=_("Approved"))
    return Step(title, kind="bad", when=said.decided_at, note=f"“{said.text}”")


def _add_totals(found: Sheet, draft: dict[UUID, Scored], total_min: Decimal) -> None:
    scales = [scale_of(criterion) for criterion in found.criteria]
    found.total_max = plain(total_max(scales))
    singles = [_total_of(voice, found.criteria) for voice in found.voices]
    whole = [one for one in singles if one is not None]
    if whole:
        found.totals.append(
            Fact(_("Mean of the reports"), plain(mean(whole).quantize(Decimal(".1"))))
        )
    marks = {str(pk): mark.score for pk, mark in draft.items() if mark.score is not None}
    if len(marks) == len(scales):
        now = total(marks, scales)
        found.total, found.is_under = plain(now), now < total_min
        found.totals.append(Fact(_("Consensus"), plain(now), total=True))


def _total_of(voice: Voice, criteria: list[Criterion]) -> Decimal | None:
    marks = {str(m.criterion_id): m.score for m in voice.report.marks.all() if m.score is not None}
    scales = [scale_of(criterion) for criterion in criteria]
    return total(marks, scales) if len(marks) == len(scales) else None


def group_people(consensus: Consensus) -> list[Person]:
    """Experts of the round who could be rapporteur."""
    reports = _group(consensus).counting().select_related("expert")
    return [report.expert for report in reports]
