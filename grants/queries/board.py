"""The ranking board and the award page: one shape for the live list and for the sealed one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation import formats
from core.presentation.parts import Step, Tile
from core.tags import BAD, GOOD, IDLE, OVER, WARN, Tag
from grants.models import Consensus, Letter, Proposal, RankedProposal
from grants.queries import award as awards
from grants.queries.marks import criteria_of, plain
from grants.queries.ranking import Line, Standing, failed_words, ladder_of
from grants.queries.summary import OUTCOMES
from grants.rules.quota import Outcome

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


@dataclass(slots=True)
class BoardRow:
    """One proposal of the board."""

    proposal: Proposal
    consensus_id: UUID | None
    rank: str
    scores: list[str]
    total: str
    decided_by: str
    requested_cents: int
    running_cents: int | None
    tag: Tag
    is_tied: bool = False
    is_main: bool = False
    draws_line: bool = False


@dataclass(slots=True)
class Board:
    """The whole page."""

    call: Call
    criteria: list[Criterion]
    ladder: str
    rows: list[BoardRow]
    below: list[BoardRow]
    tiles: list[Tile]
    left_cents: int
    budget_cents: int
    ties: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    missing_quota: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    can_freeze: bool = False


def live(found: Standing) -> Board:
    """The list as it stands now, with what keeps it from being sealed."""
    rows = [_live_row(line) for line in found.lines]
    board = Board(
        call=found.call,
        criteria=found.criteria,
        ladder=ladder_words(found.ladder),
        rows=_with_line(rows),
        below=[_live_row(line) for line in found.below],
        tiles=[],
        left_cents=found.left_cents,
        budget_cents=found.purse.budget_cents,
        ties=[_tie_words(tie) for tie in found.ties],
        waiting=[proposal.acronym for proposal in found.waiting],
        missing_quota=_missing(found),
        can_freeze=found.can_freeze,
    )
    board.tiles, board.steps = _tiles(board), _steps(board)
    return board


def turn_to(board: Board, *, number: str | None) -> Page[BoardRow]:
    """Leave on the board the rows of one page; what is counted above them counts all."""
    page = Paginator([*board.rows, *board.below], PAGE_ROWS).get_page(number)
    first, last, ranked = max(page.start_index() - 1, 0), page.end_index(), len(board.rows)
    board.below = board.below[max(first - ranked, 0) : max(last - ranked, 0)]
    board.rows = board.rows[first:last]
    return page


def _tie_words(tie: Sequence[Entrant]) -> str:
    """The names of a tie; of a long one the first few."""
    names = [entrant.name for entrant in tie[:TIE_NAMES]]
    if len(tie) > TIE_NAMES:
        names.append(_("%(count)s more") % {"count": len(tie) - TIE_NAMES})
    return _(" and ").join(names)


def sealed(ranking: Ranking) -> Board:
    """The list as it was frozen (five queries, whatever its length)."""
    call = ranking.call
    criteria = criteria_of(call)
    by_proposal = _consensuses(ranking)
    stored = ranking.rows.select_related("proposal__strand").order_by("rank", "-total", "pk")
    rows = [_sealed_row(row, by_proposal.get(row.proposal_id), criteria) for row in stored]
    board = Board(
        call=call,
        criteria=criteria,
        ladder=ladder_words(ladder_of(call)),
        rows=_with_line([row for row in rows if row.rank != "–"]),
        below=[row for row in rows if row.rank == "–"],
        tiles=[],
        left_cents=ranking.budget_cents - ranking.committed_cents,
        budget_cents=ranking.budget_cents,
    )
    board.tiles = _tiles(board)
    return board


def award(call: Call) -> dict[str, Any]:
    """The award page: what would be sent, or what was; the money that is free; the reserve."""
    ranking = awards.frozen_list(call)
    if ranking is None:
        return {"ranking": None}
    listed = awards.outcomes(ranking) if call.state == call.State.RANKED else []
    waiting, free = awards.reserve(ranking), awards.free_cents(call)
    letters = Letter.objects.filter(call=call, kind__in=OUTCOMES).select_related("proposal")
    return {
        "ranking": ranking,
        "groups": _groups(listed),
        "letters": letters.order_by("proposal__number"),
        "free_cents": free,
        "reserve": waiting,
        "promotable": awards.carried(waiting, free_cents=free),
    }


def _groups(listed: Iterable[awards.Awarded]) -> list[tuple[str, int, int]]:
    """Outcome, number and sum of what is about to be awarded."""
    words = {
        Outcome.MAIN: _("Main list"),
        Outcome.RESERVE: _("Reserve list"),
        Outcome.NO_BUDGET: _("Above threshold, no budget"),
        None: _("Below threshold"),
    }
    found: dict[Outcome | None, list[int]] = {}
    for one in listed:
        key = one.award.outcome if one.award is not None else None
        found.setdefault(key, []).append(one.row.requested_cents)
    return [(words[key], len(cents), sum(cents)) for key, cents in found.items()]


def ladder_words(ladder: Iterable[TieBreakKey]) -> str:
    """The tie-break ladder in a line."""
    return " → ".join(str(key.criterion or key.label) for key in ladder)


def _live_row(line: Line) -> BoardRow:
    candidate, award = line.candidate, line.award
    return BoardRow(
        proposal=candidate.proposal,
        consensus_id=candidate.consensus.pk,
        rank=str(line.rank) if line.rank is not None else "–",
        scores=[plain(score) for score in candidate.scores],
        total=plain(candidate.total),
        decided_by=line.decided_by,
        requested_cents=candidate.requested_cents,
        running_cents=award.running_cents if award else None,
        tag=_live_tag(line),
        is_tied=line.is_tied,
        is_main=award is not None and award.outcome is Outcome.MAIN,
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
    row: RankedProposal, consensus: Consensus | None, criteria: list[Criterion]
) -> BoardRow:
    marks = {mark.criterion_id: mark.score for mark in consensus.marks.all()} if consensus else {}
    under = ", ".join(failed_words(row.failed_thresholds, criteria))
    return BoardRow(
        proposal=row.proposal,
        consensus_id=consensus.pk if consensus else None,
        rank=str(row.rank) if row.rank is not None else "–",
        scores=[_shown(marks.get(c.pk)) for c in criteria],
        total=plain(row.total),
        decided_by=row.decided_by or under,
        requested_cents=row.requested_cents,
        running_cents=row.running_cents,
        tag=_tag(row.outcome, place=row.reserve_place, by_quota=row.is_by_quota),
        is_main=row.outcome == Listed.MAIN,
    )


def _shown(score: Decimal | None) -> str:
    return plain(score) if score is not None else "–"


def _consensuses(ranking: Ranking) -> dict[UUID, Consensus]:
    rows = Consensus.objects.filter(proposal__ranked__ranking=ranking).order_by("round")
    return {row.proposal_id: row for row in rows.prefetch_related("marks")}


def _with_line(rows: list[BoardRow]) -> list[BoardRow]:
    """The funding line is drawn above the first that is not on the main list."""
    first = next((row for row in rows if not row.is_main), None)
    if first is not None:
        first.draws_line = True
    return rows


def _missing(found: Standing) -> list[str]:
    if not found.missing_quota:
        return []
    names = {str(strand.pk): strand for strand in found.call.strands.all()}
    return [
        _("%(strand)s lacks %(missing)s of %(least)s")
        % {"strand": names[pk], "missing": number, "least": names[pk].quota_min}
        for pk, number in found.missing_quota.items()
    ]


def _tiles(board: Board) -> list[Tile]:
    main = sum(row.is_main for row in board.rows)
    fits = ngettext("%(n)s grant fits", "%(n)s grants fit", main) % {"n": main}
    passed, all_of = len(board.rows), len(board.rows) + len(board.below)
    return [
        Tile(_("Budget of the call"), formats.money(board.budget_cents), fits),
        Tile(_("Left under the line"), formats.money(board.left_cents), _("EUR")),
        Tile(
            _("Thresholds"),
            _("%(passed)s of %(all)s pass") % {"passed": passed, "all": all_of},
            _("each criterion and the total"),
        ),
        Tile(_("Quotas"), _quota_words(board), _quota_note(board)),
        Tile(_("Ties open"), str(len(board.ties)), "; ".join(board.ties)),
    ]


def _quota_words(board: Board) -> str:
    return _("Not met") if board.missing_quota else _("Met")


def _quota_note(board: Board) -> str:
    by_quota = sum(row.tag.words == _("Main list, by quota") for row in board.rows)
    if board.missing_quota:
        return "; ".join(board.missing_quota)
    if by_quota:
        return _("%(n)s lifted by a quota") % {"n": by_quota}
    return _("met by rank; nobody was displaced")


def _steps(board: Board) -> list[Step]:
    """What has to be done before the list can be sealed."""
    waits = len(board.waiting)
    reports = ngettext(
        "%(n)s consensus report is not final", "%(n)s consensus reports are not final", waits
    )
    ties = ngettext("%(n)s tie needs the panel", "%(n)s ties need the panel", len(board.ties))
    return [
        Step(reports % {"n": waits}, kind="bad")
        if waits
        else Step(_("All consensus reports are final")),
        Step(ties % {"n": len(board.ties)}, kind="bad")
        if board.ties
        else Step(_("Every place is decided")),
        Step(_("Quotas and budget line computed")),
        Step(_("The list is sealed with its fingerprint"), kind="next"),
    ]
