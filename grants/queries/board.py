"""The ranking board: a page of the list, live or as it was sealed, under the sums of the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation import formats
from core.presentation.parts import Step, Tile
from core.tags import BAD, GOOD, IDLE, OVER, WARN, Tag
from grants.models import Consensus, RankedProposal
from grants.queries.award import frozen_list
from grants.queries.marks import criteria_of, plain
from grants.queries.ranking import Line, Standing, failed_words, ladder_of, latest_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from django.core.paginator import Page

    from grants.models import Call, Criterion, Ranking, TieBreakKey
    from grants.rules.tie_breaks import Entrant

Listed = RankedProposal.Outcome
PAGE_ROWS = 50
TIE_NAMES = 6


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One proposal of the board."""

    acronym: str
    strand: str
    consensus_id: UUID | None
    rank: str
    scores: list[str]
    total: str
    decided_by: str
    requested_cents: int
    running_cents: int | None
    tag: Tag
    draws_line: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """What the tiles count: the whole list, whichever page is shown."""

    ranked: int
    below: int
    main: int
    by_quota: int
    left_cents: int
    budget_cents: int


@dataclass(slots=True)
class Board:
    """The whole page."""

    call: Call
    criteria: list[Criterion]
    ladder: str
    page: Page[Any]
    rows: list[BoardRow]
    below: list[BoardRow]
    sums: Sums
    ranking: Ranking | None = None
    tiles: list[Tile] = field(default_factory=list)
    ties: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    missing_quota: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    can_freeze: bool = False


def board(call: Call, *, number: str | None) -> Board:
    """The list that counts: the one that was sealed last, or else the live one."""
    ranking = frozen_list(call)
    if ranking is not None:
        return sealed(ranking, number=number)
    return live(latest_standing(call.pk), number=number)


def live(found: Standing, *, number: str | None = None) -> Board:
    """The list as it stands now, with what keeps it from being sealed."""
    page = Paginator([*found.lines, *found.below], PAGE_ROWS).get_page(number)
    shown = Board(
        call=found.call,
        criteria=found.criteria,
        ladder=ladder_words(found.ladder),
        page=page,
        rows=[_live_row(line, found) for line in page if line.place],
        below=[_live_row(line, found) for line in page if not line.place],
        sums=Sums(
            ranked=len(found.lines),
            below=len(found.below),
            main=len(found.main),
            by_quota=sum(1 for line in found.main if line.award and line.award.is_by_quota),
            left_cents=found.left_cents,
            budget_cents=found.purse.budget_cents,
        ),
        ties=[_tie_words(tie) for tie in found.ties],
        waiting=found.waiting,
        missing_quota=_missing(found),
        can_freeze=found.can_freeze,
    )
    shown.tiles, shown.steps = _tiles(shown), _steps(shown)
    return shown


def sealed(ranking: Ranking, *, number: str | None = None) -> Board:
    """The list as it was frozen (a fixed number of queries, whatever its length)."""
    call, ranked = ranking.call, Q(rank__isnull=False)
    criteria = criteria_of(call)
    stored = ranking.rows.select_related("proposal__strand").order_by(
        F("rank").asc(nulls_last=True), "-total", "pk"
    )
    page = Paginator(stored, PAGE_ROWS).get_page(number)
    first_out = stored.filter(ranked).exclude(outcome=Listed.MAIN).values_list("pk").first()
    marked = _consensuses(page.object_list)
    rows = [
        (row.rank, _sealed_row(row, marked.get(row.proposal_id), criteria, first_out=first_out))
        for row in page
    ]
    counts = ranking.rows.aggregate(
        ranked=Count("pk", filter=ranked),
        below=Count("pk", filter=~ranked),
        main=Count("pk", filter=Q(outcome=Listed.MAIN)),
        by_quota=Count("pk", filter=Q(outcome=Listed.MAIN, is_by_quota=True)),
    )
    left = ranking.budget_cents - ranking.committed_cents
    shown = Board(
        call=call,
        criteria=criteria,
        ladder=ladder_words(ladder_of(call)),
        page=page,
        rows=[row for rank, row in rows if rank is not None],
        below=[row for rank, row in rows if rank is None],
        sums=Sums(**counts, left_cents=left, budget_cents=ranking.budget_cents),
        ranking=ranking,
    )
    shown.tiles = _tiles(shown)
    return shown


def ladder_words(ladder: Iterable[TieBreakKey]) -> str:
    """The tie-break ladder in a line."""
    return " → ".join(str(key.criterion or key.label) for key in ladder)


def _tie_words(tie: Sequence[Entrant]) -> str:
    """The names of a tie; of a long one the first few."""
    names = [entrant.name for entrant in tie[:TIE_NAMES]]
    if len(tie) > TIE_NAMES:
        names.append(_("%(count)s more") % {"count": len(tie) - TIE_NAMES})
    return _(" and ").join(names)


def _live_row(line: Line, found: Standing) -> BoardRow:
    one, award = line.candidate, line.award
    return BoardRow(
        acronym=one.acronym,
        strand=found.strand_names.get(one.strand_id, ""),
        consensus_id=one.consensus_id,
        rank=str(line.rank) if line.rank is not None else "–",
        scores=[plain(score) for score in one.scores],
        total=plain(one.total),
        decided_by=found.decided_by(line),
        requested_cents=one.requested_cents,
        running_cents=award.running_cents if award else None,
        tag=_live_tag(line),
        draws_line=line is found.first_out,
    )


def _live_tag(line: Line) -> Tag:
    if line.award is None:
        return Tag(OVER, _("Below threshold"))
    if line.is_tied:
        return Tag(BAD, _("Tie, open"))
    place = line.award.reserve_place
    return _tag(line.award.outcome.value, place=place, by_quota=line.award.is_by_quota)


def _tag(outcome: str, *, place: int | None, by_quota: bool) -> Tag:
    if outcome == Listed.MAIN:
        return Tag(GOOD, _("Main list, by quota") if by_quota else _("Main list"))
    if outcome == Listed.RESERVE:
        return Tag(WARN, _("Reserve %(place)s") % {"place": place})
    return Tag(OVER if outcome == Listed.BELOW else IDLE, str(Listed(outcome).label))


def _sealed_row(
    row: RankedProposal,
    consensus: Consensus | None,
    criteria: list[Criterion],
    *,
    first_out: tuple[UUID] | None,
) -> BoardRow:
    marks = {mark.criterion_id: mark.score for mark in consensus.marks.all()} if consensus else {}
    under = ", ".join(failed_words(row.failed_thresholds, criteria))
    return BoardRow(
        acronym=row.proposal.acronym,
        strand=str(row.proposal.strand or ""),
        consensus_id=consensus.pk if consensus else None,
        rank=str(row.rank) if row.rank is not None else "–",
        scores=[_shown(marks.get(criterion.pk)) for criterion in criteria],
        total=plain(row.total),
        decided_by=row.decided_by or under,
        requested_cents=row.requested_cents,
        running_cents=row.running_cents,
        tag=_tag(row.outcome, place=row.reserve_place, by_quota=row.is_by_quota),
        draws_line=(row.pk,) == first_out,
    )


def _shown(score: Decimal | None) -> str:
    return plain(score) if score is not None else "–"


def _consensuses(rows: Iterable[RankedProposal]) -> dict[UUID, Consensus]:
    shown = [row.proposal_id for row in rows]
    found = Consensus.objects.filter(proposal__in=shown).order_by("round")
    return {one.proposal_id: one for one in found.defer("summary").prefetch_related("marks")}


def _missing(found: Standing) -> list[str]:
    strands = {str(strand.pk): strand for strand in found.strands}
    return [
        _("%(strand)s lacks %(missing)s of %(least)s")
        % {"strand": strands[key], "missing": number, "least": strands[key].quota_min}
        for key, number in found.missing_quota.items()
    ]


def _tiles(shown: Board) -> list[Tile]:
    sums = shown.sums
    fits = ngettext("%(n)s grant fits", "%(n)s grants fit", sums.main) % {"n": sums.main}
    return [
        Tile(_("Budget of the call"), formats.money(sums.budget_cents), fits),
        Tile(_("Left under the line"), formats.money(sums.left_cents), _("EUR")),
        Tile(
            _("Thresholds"),
            _("%(passed)s of %(all)s pass")
            % {"passed": sums.ranked, "all": sums.ranked + sums.below},
            _("each criterion and the total"),
        ),
        Tile(_("Quotas"), _quota_words(shown), _quota_note(shown)),
        Tile(_("Ties open"), str(len(shown.ties)), "; ".join(shown.ties)),
    ]


def _quota_words(shown: Board) -> str:
    return _("Not met") if shown.missing_quota else _("Met")


def _quota_note(shown: Board) -> str:
    if shown.missing_quota:
        return "; ".join(shown.missing_quota)
    if shown.sums.by_quota:
        return _("%(n)s lifted by a quota") % {"n": shown.sums.by_quota}
    return _("met by rank; nobody was displaced")


def _steps(shown: Board) -> list[Step]:
    """What has to be done before the list can be sealed."""
    waits = len(shown.waiting)
    reports = ngettext(
        "%(n)s consensus report is not final", "%(n)s consensus reports are not final", waits
    )
    ties = ngettext("%(n)s tie needs the panel", "%(n)s ties need the panel", len(shown.ties))
    return [
        Step(reports % {"n": waits}, kind="bad")
        if waits
        else Step(_("All consensus reports are final")),
        Step(ties % {"n": len(shown.ties)}, kind="bad")
        if shown.ties
        else Step(_("Every place is decided")),
        Step(_("Quotas and budget line computed")),
        Step(_("The list is sealed with its fingerprint"), kind="next"),
    ]
