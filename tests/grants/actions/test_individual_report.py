"""Declare, write, finish, reopen, void: docs/domain.md, Evaluation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from grants.actions import assignment, individual_report
from grants.lifecycle.individual_report import IndividualReportLifecycle
from grants.models import Consensus, IndividualReport
from grants.queries.marks import Scored, criteria_of
from parties.models import ExpertProfile
from tests.factories.evaluation import (
    ASKED,
    MEETING,
    READING,
    a_ready_consensus,
    a_report,
    an_evaluating_call,
    declared,
    experts,
    finished,
    marks,
    written,
)
from tests.factories.grants import officer
from tests.factories.parties import a_member, a_person

pytestmark = pytest.mark.django_db
R, C = IndividualReport.State, Consensus.State


def test_declaring_opens_the_report_and_keeps_when() -> None:
    _call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    assert (report.state, report.declared_at) == (R.OPEN, READING)


@pytest.mark.parametrize(("no_conflict", "secret"), [(False, True), (True, False), (False, False)])
def test_both_declarations_are_needed(no_conflict: bool, secret: bool) -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    with pytest.raises(Refused, match="Declare both"):
        individual_report.declare(
            report.pk,
            no_conflict=no_conflict,
            confidentiality=secret,
            actor=report.expert,
            at=READING,
        )
    report.refresh_from_db()
    assert (report.state, report.declared_at) == (R.ASSIGNED, None)


def test_nobody_declares_for_another() -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    for actor in (a_person(), officer(proposal.call, "CC"), officer(proposal.call, "MOD")):
        with pytest.raises(NotAllowed):
            individual_report.declare(
                report.pk, no_conflict=True, confidentiality=True, actor=actor, at=READING
            )


def test_an_expert_who_joins_a_partner_meanwhile_cannot_open_its_proposal() -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    partner = proposal.partners.get(position=2).organisation
    assert partner is not None
    a_member(partner, person=report.expert)
    with pytest.raises(Refused, match="bound to"):
        declared(report)
    lifecycle = IndividualReportLifecycle(report, at=READING)
    lifecycle.declares_no_conflict = lifecycle.declares_confidentiality = True
    with pytest.raises(Refused, match="organisation of this consortium"), transaction.atomic():
        fire(lifecycle, "declare", actor=report.expert, at=READING)


def test_a_tie_that_came_on_record_since_stops_the_declaration() -> None:
    _call, [own, rival] = an_evaluating_call(2)
    report = a_report(rival)
    partner = own.partners.get(position=2).organisation
    assert partner is not None
    ExpertProfile.objects.filter(person=report.expert).update(employer=partner)
    with pytest.raises(Refused, match=f"bound to {partner.legal_name}"):
        declared(report)


def test_declining_needs_a_reason_and_gives_the_place_back() -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    with pytest.raises(Refused, match="Write why"):
        individual_report.decline(report.pk, actor=report.expert, at=READING, reason=" ")
    individual_report.decline(report.pk, actor=report.expert, at=READING, reason="No time.")
    report.refresh_from_db()
    assert report.state == R.DECLINED
    assert report.transitions.get(event="decline").reason == "No time."
    other = experts(1)[0]
    assignment.assign(proposal.pk, expert_id=other.pk, actor=officer(call, "CC"), at=READING)


def test_marks_are_saved_incomplete_and_again() -> None:
    call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    first = criteria_of(call)[0]
    for score, comment in ((None, "Half a thought"), (Decimal("3.5"), "A whole one")):
        individual_report.save(
            report.pk, marks={first.pk: Scored(score, comment)}, actor=report.expert, at=READING
        )
    mark = report.marks.get()
    assert (mark.score, mark.comment) == (Decimal("3.5"), "A whole one")
    report.refresh_from_db()
    assert report.saved_at == READING


@pytest.mark.parametrize("score", ["3.25", "5.5", "-0.5"])
def test_a_mark_off_the_scale_is_refused_with_the_scale(score: str) -> None:
    call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    first = criteria_of(call)[0]
    with pytest.raises(DomainError, match=r"is not a mark of its scale\. It goes from 0 to 5"):
        individual_report.save(
            report.pk,
            marks={first.pk: Scored(Decimal(score), "x")},
            actor=report.expert,
            at=READING,
        )
    assert not report.marks.exists()


def test_a_criterion_of_another_call_is_no_criterion() -> None:
    _call, [proposal] = an_evaluating_call()
    other, _proposals = an_evaluating_call()
    report = declared(a_report(proposal))
    with pytest.raises(NotAllowed):
        individual_report.save(report.pk, marks=marks(other), actor=report.expert, at=READING)


def test_nobody_writes_in_anothers_report_or_in_a_closed_one() -> None:
    call, [proposal] = an_evaluating_call()
    report = written(a_report(proposal))
    with pytest.raises(NotAllowed):
        individual_report.save(report.pk, marks={}, actor=officer(call, "CC"), at=READING)
    individual_report.finish(report.pk, actor=report.expert, at=READING)
    with pytest.raises(Refused, match="was not saved"):
        individual_report.save(report.pk, marks=marks(call, "1"), actor=report.expert, at=READING)
    assert {mark.score for mark in report.marks.all()} == {Decimal(4)}


def test_finishing_needs_every_mark_and_every_comment() -> None:
    call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    with pytest.raises(Refused, match="has no mark yet"):
        individual_report.finish(report.pk, actor=report.expert, at=READING)
    silent = marks(call, "4", comment="  ")
    individual_report.save(report.pk, marks=silent, actor=report.expert, at=READING)
    with pytest.raises(Refused, match="say why"):
        individual_report.finish(report.pk, actor=report.expert, at=READING)
    individual_report.save(report.pk, marks=marks(call), actor=report.expert, at=READING)
    done = individual_report.finish(report.pk, actor=report.expert, at=READING)
    assert (done.state, done.finished_at) == (R.FINISHED, READING)


def test_the_comment_must_be_as_long_as_the_call_asks() -> None:
    call, [proposal] = an_evaluating_call(comment_chars_min=40)
    report = declared(a_report(proposal))
    short = marks(call, "4", comment="x" * 39)
    individual_report.save(report.pk, marks=short, actor=report.expert, at=READING)
    with pytest.raises(Refused, match="at least 40 characters; there are 39"):
        individual_report.finish(report.pk, actor=report.expert, at=READING)


def test_the_last_report_opens_the_consensus_and_names_a_rapporteur() -> None:
    _call, [proposal] = an_evaluating_call()
    people = experts(3)
    reports = [a_report(proposal, expert) for expert in people]
    for report in reports[:2]:
        finished(report)
    waiting = Consensus.objects.get(proposal=proposal)
    assert (waiting.state, waiting.rapporteur) == (C.NOT_READY, None)
    finished(reports[2])
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rapporteur in people) == (C.READY, True)


def test_the_quorum_waits_for_an_expert_who_is_still_writing() -> None:
    _call, [proposal] = an_evaluating_call()
    people = experts(4)
    reports = [a_report(proposal, expert) for expert in people]
    for report in reports[:3]:
        finished(report)
    consensus = Consensus.objects.get(proposal=proposal)
    assert consensus.state == C.NOT_READY
    individual_report.decline(reports[3].pk, actor=people[3], at=READING, reason="Ill.")
    consensus.refresh_from_db()
    assert consensus.state == C.READY


def test_reopening_is_for_the_coordinator_and_ends_with_the_consensus() -> None:
    call, [proposal] = an_evaluating_call()
    report = finished(a_report(proposal))
    with pytest.raises(NotAllowed):
        individual_report.reopen(report.pk, actor=report.expert, at=READING)
    again = individual_report.reopen(report.pk, actor=officer(call, "CC"), at=READING)
    assert (again.state, again.finished_at) == (R.OPEN, None)
    individual_report.finish(report.pk, actor=report.expert, at=READING)
    for expert in experts(2):
        finished(a_report(proposal, expert))
    with pytest.raises(Refused, match="The consensus has started"):
        individual_report.reopen(report.pk, actor=officer(call, "CC"), at=MEETING)


def test_voiding_a_finished_report_loses_the_quorum_and_asks_for_a_replacement() -> None:
    call, [proposal] = an_evaluating_call()
    consensus = a_ready_consensus(proposal)
    report = proposal.reports.order_by("pk")[0]
    individual_report.void(
        report.pk, actor=officer(call, "CC"), at=MEETING, reason="Works for a partner."
    )
    consensus.refresh_from_db()
    assert consensus.state == C.NOT_READY
    finished(a_report(proposal))
    consensus.refresh_from_db()
    assert consensus.state == C.READY
    assert proposal.reports.finished().count() == 3


def test_voiding_needs_a_reason_and_the_coordinator() -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    with pytest.raises(Refused, match="Write why"):
        individual_report.void(report.pk, actor=officer(call, "CC"), at=ASKED)
    with pytest.raises(NotAllowed):
        individual_report.void(report.pk, actor=officer(call, "MOD"), at=ASKED, reason="x")


def test_finishing_twice_is_one_effect_and_a_sentence() -> None:
    _call, [proposal] = an_evaluating_call()
    report = finished(a_report(proposal))
    with pytest.raises(Refused, match="is now: finished"):
        individual_report.finish(report.pk, actor=report.expert, at=READING)
    assert report.transitions.filter(event="finish").count() == 1


def test_a_report_that_does_not_exist_is_not_allowed() -> None:
    with pytest.raises(NotAllowed):
        individual_report.finish(999_999, actor=a_person(), at=READING)
