"""What is under way on the demo's last day, so that every role finds something to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo import words
from demo.chapters import evaluation, proposals
from demo.chapters.call import set_up
from grants.actions import assignment, consensus, eligibility, individual_report, submission
from grants.actions import call as calls
from grants.models import Call, Consensus, Proposal
from grants.queries.marks import Scored

if TYPE_CHECKING:
    from decimal import Decimal

    from core.models import Person
    from demo.stage import Stage
    from grants.models import Criterion

ANNOUNCED = datetime(2024, 9, 16, 8, 0, tzinfo=UTC)
OPENED = datetime(2024, 10, 1, 8, 0, tzinfo=UTC)
WRITTEN = datetime(2024, 11, 4, 8, 0, tzinfo=UTC)
CLOSED = datetime(2024, 12, 10, 16, 0, tzinfo=UTC)
CHECKED = datetime(2024, 12, 13, 9, 0, tzinfo=UTC)
ASKED = datetime(2024, 12, 18, 9, 0, tzinfo=UTC)
AGREED = datetime(2025, 1, 8, 9, 0, tzinfo=UTC)
ANNOUNCED_NEXT = datetime(2025, 1, 13, 16, 0, tzinfo=UTC)
DUE = datetime(2025, 1, 24, 16, 0, tzinfo=UTC)


def play(stage: Stage) -> None:
    """The first call is over; one is drafted, one open, one checked, one evaluated."""
    calls.finish(stage.call.pk, actor=stage.officer("AO"), at=ANNOUNCED)
    in_preparation(stage)
    open_call(stage)
    in_checks(stage)
    in_evaluation(stage)


def published(stage: Stage, slug: str, **changes: object) -> Call:
    """A call of the catalogue under its own or another name, open on its day."""
    made = set_up(stage, slug, at=ANNOUNCED, **changes)
    calls.publish(made.pk, actor=stage.officer("AO"), at=ANNOUNCED + timedelta(days=1))
    calls.open_due(max(made.opens_at, OPENED))
    made.refresh_from_db()
    return made


def rehearsal(stage: Stage, name: str, title: str) -> Call:
    """An invented call with the real rules of the first one; its text says so."""
    return published(
        stage,
        "smp-cosme-2021-cluster-01",
        identifier=f"REHEARSAL-2024-{name}",
        title=title,
        summary="An invented call: it lets you try this step with the rules of the first real one.",
        opens_at=OPENED,
        deadline_at=CLOSED,
        budget_cents=420_000_000,
        projects_max=3,
        report_due_at=DUE,
    )


def in_preparation(stage: Stage) -> None:
    """A call that is written down and waits for its publication."""
    set_up(
        stage,
        "smp-cosme-2024-cluster-01",
        at=AGREED,
        identifier="REHEARSAL-2025-PUBLISH",
        title="Rehearsal of the publication",
        summary="An invented call: it lets you try this step with the rules of a real one.",
        opens_at=ANNOUNCED_NEXT + timedelta(days=21),
        deadline_at=ANNOUNCED_NEXT + timedelta(days=120),
    )


def open_call(stage: Stage) -> None:
    """The real call of 2024, open: the demo applicant has a draft, and is asked to join another."""
    call = published(stage, "smp-cosme-2024-cluster-01")
    clusters = stage.notes["clusters"]
    for index, confirmed in ((0, True), (len(clusters) - 7, False)):
        proposals.write(stage, call, clusters, index=index, began=WRITTEN, confirmed=confirmed)
        stage.tell("Call of 2024", (index and 2) or 1, 2)


def _submitted(stage: Stage, call: Call, *, number: int, first: int) -> list[Proposal]:
    clusters, made = stage.notes["clusters"], []
    for index in range(first, first + number):
        one = proposals.write(stage, call, clusters, index=index, began=WRITTEN)
        submission.submit(one.pk, actor=one.created_by, at=CLOSED - timedelta(days=2))
        made.append(one)
    return made


def in_checks(stage: Stage) -> None:
    """Three proposals to check; a refusal of one waits for the second officer."""
    call = rehearsal(stage, "CHECKS", "Rehearsal of the checks")
    made = _submitted(stage, call, number=3, first=20)
    calls.close_due(CLOSED + timedelta(minutes=1))
    eligibility.decide(
        made[0].pk,
        verdict="ineligible",
        reasons=["off_topic"],
        note="The text answers another call.",
        actor=stage.officers["PO"][1],
        at=CHECKED,
    )


def in_evaluation(stage: Stage) -> None:
    """Six proposals on their way: to declare, to mark, to draft, to approve, to close."""
    call = rehearsal(stage, "EVALUATION", "Rehearsal of the evaluation")
    made = _submitted(stage, call, number=6, first=30)
    calls.close_due(CLOSED + timedelta(minutes=1))
    for one in made:
        eligibility.decide(
            one.pk, verdict="admit", reasons=[], note="", actor=stage.officer("PO"), at=CHECKED
        )
    calls.start_evaluation(call.pk, actor=stage.officer("CC"), at=ASKED)
    criteria = list(call.criteria.order_by("position"))
    for number, one in enumerate(made[:5]):
        people = [stage.experts[0], *stage.experts[5 + number * 2 : 7 + number * 2]]
        for person in people:
            assignment.assign(one.pk, expert_id=person.pk, actor=stage.officer("CC"), at=ASKED)
        go_on(stage, one, people, criteria, step=number)
        stage.tell("Rehearsal", number + 1, 5)


def go_on(
    stage: Stage, one: Proposal, people: list[Person], criteria: list[Criterion], *, step: int
) -> None:
    """0: to declare · 1: to mark · 2: to draft · 3: to approve · 4: for the moderator to close."""
    if step == 0:
        return
    marks = evaluation.marks_wanted(criteria, index=step)
    for person in people[1 if step == 1 else 0 :]:
        mark(stage, one, person, marks)
    if step == 1:
        report = one.reports.get(expert=people[0])
        individual_report.declare(
            report.pk, no_conflict=True, confidentiality=True, actor=people[0], at=ASKED
        )
        return
    paper = Consensus.objects.get(proposal=one)
    rapporteur = people[0 if step == 2 else 1]
    assignment.name_rapporteur(
        paper.pk, expert_id=rapporteur.pk, actor=stage.officer("CC"), at=AGREED
    )
    if step > 2:
        evaluation.draft(stage, paper, rapporteur, marks, at=AGREED)
    if step > 3:
        for person in people:
            if person != rapporteur:
                consensus.approve(paper.pk, actor=person, at=AGREED + timedelta(days=1))


def mark(stage: Stage, one: Proposal, person: Person, marks: dict[Criterion, Decimal]) -> None:
    """Declare, mark, finish."""
    report = one.reports.get(expert=person)
    individual_report.declare(
        report.pk, no_conflict=True, confidentiality=True, actor=person, at=ASKED
    )
    individual_report.save(
        report.pk,
        marks={
            criterion.pk: Scored(score, words.comment(stage.die, criterion.name))
            for criterion, score in marks.items()
        },
        actor=person,
        at=ASKED + timedelta(days=5),
    )
    individual_report.finish(report.pk, actor=person, at=ASKED + timedelta(days=6))
