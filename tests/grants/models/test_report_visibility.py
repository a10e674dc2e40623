"""Who sees whose report, and when: hidden until the consensus opens (docs/domain.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grants.actions import individual_report
from grants.models import Consensus, IndividualReport
from grants.models.evaluation_states import OPENED, ConsensusState
from grants.queries.consensus import sheet
from grants.queries.evaluator import pile
from parties.rules.days import day_of
from tests.factories.evaluation import (
    MEETING,
    READING,
    a_ready_consensus,
    a_report,
    an_evaluating_call,
    experts,
    finished,
    written,
)
from tests.factories.grants import officer, the_applicant
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from core.models import Person
    from grants.models import Proposal

pytestmark = pytest.mark.django_db
DAY = day_of(MEETING)


def seen(person: Person, proposal: Proposal) -> set[str]:
    rows = IndividualReport.objects.visible_to(person, on=DAY).filter(proposal=proposal)
    return set(rows.values_list("expert__full_name", flat=True))


def test_before_the_consensus_an_expert_sees_only_the_own_report() -> None:
    _call, [proposal] = an_evaluating_call()
    first, second, third = experts(3)
    finished(a_report(proposal, first))
    finished(a_report(proposal, second))
    written(a_report(proposal, third))
    for person in (first, second, third):
        assert seen(person, proposal) == {person.full_name}


def test_from_the_consensus_on_the_group_sees_itself() -> None:
    _call, [proposal] = an_evaluating_call()
    group = experts(3)
    a_ready_consensus(proposal, people=group)
    for person in group:
        assert seen(person, proposal) == {one.full_name for one in group}


def test_a_late_expert_sees_nothing_of_an_open_consensus_until_finished() -> None:
    _call, [proposal] = an_evaluating_call()
    *group, late = experts(4)
    a_ready_consensus(proposal, people=group)
    report = written(a_report(proposal, late))
    assert seen(late, proposal) == {late.full_name}
    assert not Consensus.objects.visible_to(late, on=DAY).exists()
    assert late.full_name not in seen(group[0], proposal)
    individual_report.finish(report.pk, actor=late, at=READING)
    assert len(seen(late, proposal)) == 4


def test_a_voided_expert_sees_nothing_of_the_others_any_more() -> None:
    call, [proposal] = an_evaluating_call()
    group = experts(4)
    a_ready_consensus(proposal, people=group, scores=("4",) * 4)
    out = group[0]
    individual_report.void(
        proposal.reports.get(expert=out).pk, actor=officer(call, "CC"), at=MEETING, reason="x"
    )
    assert seen(out, proposal) == {out.full_name}
    assert seen(group[1], proposal) == {one.full_name for one in group[1:]}
    assert not Consensus.objects.visible_to(out, on=DAY).exists()


def test_losing_the_quorum_hides_the_reports_again() -> None:
    call, [proposal] = an_evaluating_call()
    group = experts(3)
    a_ready_consensus(proposal, people=group)
    individual_report.void(
        proposal.reports.get(expert=group[0]).pk, actor=officer(call, "CC"), at=MEETING, reason="x"
    )
    assert seen(group[1], proposal) == {group[1].full_name}


@pytest.mark.parametrize(
    ("role", "sees"),
    [("CC", True), ("PO", True), ("MOD", True), ("AO", True), ("AUD", True), ("FO", False)],
)
def test_officers_see_finished_reports_as_their_office_allows(role: str, sees: bool) -> None:
    call, [proposal] = an_evaluating_call()
    first, second = experts(2)
    finished(a_report(proposal, first))
    written(a_report(proposal, second))
    assert seen(officer(call, role), proposal) == ({first.full_name} if sees else set())


def test_nobody_else_sees_a_report() -> None:
    _call, [proposal] = an_evaluating_call()
    group = experts(3)
    a_ready_consensus(proposal, people=group)
    other, _proposals = an_evaluating_call()
    for person in (a_person(), the_applicant(proposal), officer(other, "CC"), experts(1)[0]):
        assert seen(person, proposal) == set()
        assert not Consensus.objects.visible_to(person, on=DAY).exists()


def test_an_office_that_has_ended_shows_nothing() -> None:
    call, [proposal] = an_evaluating_call()
    a_ready_consensus(proposal)
    moderator = officer(call, "MOD")
    call.roles.filter(person=moderator).update(end_date=DAY.replace(year=2021, month=12))
    assert seen(moderator, proposal) == set()


def test_the_pile_tells_nothing_about_the_others_before_the_consensus() -> None:
    """Twin worlds: one other report more or less changes no byte of the pile."""
    _call, [proposal] = an_evaluating_call(experts_min=4)
    me, *rest = experts(4)
    finished(a_report(proposal, me))
    before = repr([(e.phase, e.total, e.marked) for e in pile(me).finished])
    for other in rest[:2]:
        finished(a_report(proposal, other), "1")
        after = repr([(e.phase, e.total, e.marked) for e in pile(me).finished])
        assert after == before


def test_the_sheet_shows_only_marks_that_count() -> None:
    call, [proposal] = an_evaluating_call()
    group = experts(4)
    made = a_ready_consensus(proposal, people=group, scores=("4", "4", "4", "1"))
    individual_report.void(
        proposal.reports.get(expert=group[3]).pk, actor=officer(call, "CC"), at=MEETING, reason="x"
    )
    made = Consensus.objects.select_related("proposal__call").get(pk=made.pk)
    shown = sheet(made, officer(call, "MOD"), on=DAY)
    assert {opinion.shown for row in shown.rows for opinion in row.opinions} == {"4"}
    assert [voice.letter for voice in shown.voices] == ["A", "B", "C"]


def test_opened_means_every_state_but_waiting() -> None:
    assert set(OPENED) == set(ConsensusState) - {ConsensusState.NOT_READY}
