"""Forty experts declare, read and mark; groups agree; a panel settles what they could not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from demo import names, words
from grants.actions import assignment, conflict, consensus, individual_report, panel
from grants.models import Consensus, Criterion, Proposal
from grants.queries.marks import Scored
from parties.actions import expert
from parties.models import ExpertProfile, Keyword

if TYPE_CHECKING:
    from core.models import Person
    from demo.stage import Stage

ASKED = datetime(2021, 12, 13, 8, 0, tzinfo=UTC)
WRITTEN = datetime(2022, 1, 20, 17, 0, tzinfo=UTC)
AGREED = datetime(2022, 2, 14, 10, 0, tzinfo=UTC)
EXPERTS, CONFLICTED = 40, 4
HALF = Decimal("0.5")


def play(stage: Stage) -> None:
    """Experts, three reports a proposal, a consensus each; then the panel."""
    invite_experts(stage)
    pending = [p for p in stage.proposals if p.state == Proposal.State.TO_EVALUATE]
    criteria = list(stage.call.criteria.order_by("position"))
    for index, proposal in enumerate(pending):
        evaluate(stage, proposal, criteria, index=index)
        stage.tell("Evaluation", index + 1, len(pending))
    hold_panel(stage)


def hold_panel(stage: Stage) -> None:
    """What was agreed becomes final; where the experts stayed divided the panel decides."""
    chair, at = stage.officer("CC"), AGREED + timedelta(days=5)
    panel.finalise_all(stage.call.pk, actor=chair, at=at)
    divided = Consensus.objects.filter(proposal__call=stage.call, state=Consensus.State.PANEL)
    for paper in divided:
        mark = paper.marks.select_related("criterion").order_by("-criterion__position")[0]
        panel.change_mark(
            paper.pk,
            criterion_id=mark.criterion_id,
            score=(mark.score or HALF) - HALF,
            why="Measured as in the other proposals of this strand.",
            actor=chair,
            at=at,
        )
        panel.finalise(paper.pk, actor=chair, at=at, reason="The panel follows the two who agree.")


def invite_experts(stage: Stage) -> None:
    """Invented experts with countries and keywords; the first is the demo evaluator's."""
    countries = tuple(names.TOWNS)
    keywords = list(Keyword.objects.order_by("code"))
    for index in range(EXPERTS):
        person = stage.person(
            "Nuria Romero" if index == 0 else names.person_name(index + 300),
            mailbox="evaluator" if index == 0 else "",
        )
        expert.save_profile(
            actor=person,
            at=ASKED - timedelta(days=30),
            country=countries[(index * 5) % len(countries)],
            languages=["en"],
            keywords=stage.die.sample(keywords, 4),
            past_work="Twenty years with small firms and their suppliers.",
        )
        expert.contract(
            ExpertProfile.objects.get(person=person),
            start_date=date(2021, 12, 1),
            end_date=date(2026, 12, 31),
            at=ASKED - timedelta(days=20),
        )
        stage.experts.append(person)


def group(stage: Stage, *, index: int, size: int = 3) -> list[Person]:
    """Experts in turn, so that loads are even; the last four turn out to have a conflict."""
    pool = stage.experts[:-CONFLICTED]
    start = index * size
    return [pool[(start + place * 13) % len(pool)] for place in range(size)]


def evaluate(stage: Stage, proposal: Proposal, criteria: list[Criterion], *, index: int) -> None:
    """Assign, declare, mark, agree. Some proposals go a longer way."""
    officer = stage.officer("CC")
    people = group(stage, index=index)
    if index % 19 == 4:
        find_conflict(stage, proposal, stage.experts[index // 19 - CONFLICTED])
    for person in people:
        assignment.assign(proposal.pk, expert_id=person.pk, actor=officer, at=ASKED)
    wanted = marks_wanted(criteria, index=index)
    for place, person in enumerate(people):
        report = proposal.reports.get(expert=person, round=proposal.round)
        individual_report.declare(
            report.pk, no_conflict=True, confidentiality=True, actor=person, at=ASKED
        )
        individual_report.save(
            report.pk,
            marks={
                criterion.pk: Scored(
                    _near(score, criterion, offset=place - 1),
                    words.comment(stage.die, criterion.name),
                )
                for criterion, score in wanted.items()
            },
            actor=person,
            at=WRITTEN,
        )
        individual_report.finish(report.pk, actor=person, at=WRITTEN)
    agree(stage, proposal, people, wanted, index=index)


def find_conflict(stage: Stage, proposal: Proposal, person: Person) -> None:
    """An expert finds that a former employer takes part: others judge, on the whole list."""
    report = assignment.assign(
        proposal.pk, expert_id=person.pk, actor=stage.officer("CC"), at=ASKED
    )
    conflict.declare(
        report.pk,
        relation="employment",
        evidence="A former employer is a partner.",
        actor=person,
        at=ASKED,
    )


def marks_wanted(criteria: list[Criterion], *, index: int) -> dict[Criterion, Decimal]:
    """Most are good, every seventh is not; the tenth and eleventh are equal in every mark."""
    index = 9 if index == 10 else index
    if index % 7 == 6:
        return dict.fromkeys(criteria, Decimal("2.5"))
    return {
        criterion: Decimal("3.5") + HALF * ((index * 5 + place * 3 + index // 4) % 4)
        for place, criterion in enumerate(criteria)
    }


def _near(score: Decimal, criterion: Criterion, *, offset: int) -> Decimal:
    return max(Decimal(0), min(score + HALF * offset, Decimal(criterion.score_max)))


def agree(
    stage: Stage,
    proposal: Proposal,
    people: list[Person],
    wanted: dict[Criterion, Decimal],
    *,
    index: int,
) -> None:
    """The rapporteur drafts, the others approve; one group stays divided and the panel decides."""
    paper = Consensus.objects.get(proposal=proposal, round=proposal.round)
    rapporteur = people[1]
    assignment.name_rapporteur(
        paper.pk, expert_id=rapporteur.pk, actor=stage.officer("CC"), at=AGREED - timedelta(days=7)
    )
    draft(stage, paper, rapporteur, wanted)
    others = [person for person in people if person != rapporteur]
    if index % 23 == 6:
        words_of_dissent = "The plan for vouchers in the second year is not thought through."
        consensus.object_to(paper.pk, actor=others[0], at=AGREED, reason=words_of_dissent)
        draft(stage, paper, rapporteur, wanted, again=True)
    if index == 27:
        moderate_dissent(stage, paper)
        return
    for person in others:
        consensus.approve(paper.pk, actor=person, at=AGREED)
    consensus.close(paper.pk, actor=stage.officer("MOD"), at=AGREED + timedelta(days=1))


def draft(
    stage: Stage,
    paper: Consensus,
    rapporteur: Person,
    wanted: dict[Criterion, Decimal],
    *,
    again: bool = False,
    at: datetime = AGREED - timedelta(days=2),
) -> None:
    """Marks and words per criterion, laid before the group."""
    if not again:
        consensus.draft(paper.pk, actor=rapporteur, at=at)
    consensus.save(
        paper.pk,
        marks={
            criterion.pk: Scored(score, words.comment(stage.die, criterion.name))
            for criterion, score in wanted.items()
        },
        summary="The group agrees on these marks and on the words beside them.",
        actor=rapporteur,
        at=at,
    )
    consensus.submit(paper.pk, actor=rapporteur, at=at + timedelta(hours=8))


def moderate_dissent(stage: Stage, paper: Consensus) -> None:
    """No agreement: the moderator says so, and the panel takes it up."""
    moderator = stage.officer("MOD")
    text = "Two experts stand by their marks on impact; the third does not follow."
    consensus.dissent(paper.pk, actor=moderator, at=AGREED, reason=text)
    consensus.refer(paper.pk, actor=moderator, at=AGREED + timedelta(days=1))
