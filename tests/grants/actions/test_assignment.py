"""Who may be asked, and what keeps an expert away: docs/domain.md, Evaluation."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import DomainError, NotAllowed, Refused
from grants.actions import assignment, conflict
from grants.models import Consensus, IndividualReport
from grants.queries.assignment import proposed_assignment
from parties.models import Employment, ExpertProfile
from tests.factories.evaluation import (
    ASKED,
    MEETING,
    READING,
    a_ready_consensus,
    a_report,
    a_submitted_consensus,
    an_evaluating_call,
    declared,
    experts,
    finished,
)
from tests.factories.grants import a_frozen_proposal, officer
from tests.factories.parties import a_link, a_member, a_person, an_expert, an_organisation

pytestmark = pytest.mark.django_db
R, C = IndividualReport.State, Consensus.State


def test_asking_makes_a_report_a_consensus_and_a_mail() -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    assert (report.state, report.round, report.assigned_by) == (R.ASSIGNED, 1, officer(call, "CC"))
    assert proposal.consensuses.get().state == C.NOT_READY
    mail = report.expert.mails.get()
    assert proposal.reference in mail.subject
    assert proposal.title not in mail.text


@pytest.mark.parametrize("role", ["AO", "MOD", "FO", "AUD"])
def test_only_coordinator_and_programme_officer_assign(role: str) -> None:
    call, [proposal] = an_evaluating_call()
    expert = experts(1)[0]
    with pytest.raises(NotAllowed):
        assignment.assign(proposal.pk, expert_id=expert.pk, actor=officer(call, role), at=ASKED)


def test_an_officer_of_a_partner_cannot_assign_its_proposal() -> None:
    call, [proposal] = an_evaluating_call()
    partner = proposal.partners.get(position=2).organisation
    assert partner is not None
    a_member(partner, person=officer(call, "CC"))
    with pytest.raises(NotAllowed):
        a_report(proposal)


def test_a_proposal_that_is_not_in_evaluation_gets_no_experts() -> None:
    proposal = a_frozen_proposal()
    with pytest.raises(Refused, match="is not being evaluated"):
        a_report(proposal)


def test_people_without_a_profile_or_with_an_office_are_not_asked() -> None:
    call, [proposal] = an_evaluating_call()
    moderator = officer(call, "MOD")
    an_expert(person=moderator)
    with pytest.raises(DomainError, match="is not an expert"):
        a_report(proposal, a_person())
    with pytest.raises(DomainError, match="gives no marks"):
        a_report(proposal, moderator)


def test_nobody_is_asked_twice_even_after_declining() -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    with pytest.raises(DomainError, match="already asked"):
        a_report(proposal, report.expert)


def test_the_load_of_the_call_is_kept() -> None:
    _call, [first, second] = an_evaluating_call(2, load_max=1)
    expert = experts(1)[0]
    a_report(first, expert)
    with pytest.raises(DomainError, match="already has 1 proposals"):
        a_report(second, expert)


@pytest.mark.parametrize("tie", ["member", "employer", "former employer", "group"])
def test_whoever_is_bound_to_a_partner_is_refused_for_the_whole_list(tie: str) -> None:
    _call, [own, rival] = an_evaluating_call(2)
    partner = own.partners.get(position=2).organisation
    assert partner is not None
    person = a_person()
    profile = an_expert(person=person)
    if tie == "employer":
        ExpertProfile.objects.filter(pk=profile.pk).update(employer=partner)
    if tie == "member":
        a_member(partner, person=person)
    if tie == "former employer":
        Employment.objects.create(
            profile=profile,
            organisation=partner,
            name="Former",
            start_date=date(2015, 1, 1),
            end_date=date(2019, 6, 1),
        )
    if tie == "group":
        daughter = an_organisation()
        a_link(partner, daughter)
        a_member(daughter, person=person)
    for proposal in (own, rival):
        with pytest.raises(DomainError, match="is bound to"):
            a_report(proposal, person)


def test_an_employment_that_ended_over_three_years_ago_binds_no_more() -> None:
    _call, [proposal] = an_evaluating_call()
    profile = an_expert(person=a_person())
    Employment.objects.create(
        profile=profile,
        organisation=proposal.partners.get(position=2).organisation,
        name="Long ago",
        start_date=date(2010, 1, 1),
        end_date=date(2019, 1, 9),
    )
    assert a_report(proposal, profile.person).state == R.ASSIGNED


def test_declaring_a_conflict_ends_all_work_on_the_list() -> None:
    call, [*proposals, fourth] = an_evaluating_call(4)
    expert = experts(1)[0]
    asked, opened, done = (a_report(proposal, expert) for proposal in proposals)
    declared(opened)
    finished(done)
    made = conflict.declare(
        asked.pk, relation="family", evidence="My sister leads it.", actor=expert, at=READING
    )
    assert (made.origin, made.recorded_by) == ("declared", expert)
    states = [IndividualReport.objects.get(pk=r.pk).state for r in (asked, opened, done)]
    assert states == [R.DECLINED, R.VOIDED, R.VOIDED]
    with pytest.raises(DomainError, match="conflict of interest"):
        assignment.assign(fourth.pk, expert_id=expert.pk, actor=officer(call, "CC"), at=MEETING)


def test_a_conflict_found_late_voids_the_marks_and_reopens_the_quorum() -> None:
    call, [proposal] = an_evaluating_call()
    consensus = a_submitted_consensus(proposal)
    expert = proposal.reports.order_by("pk")[0].expert
    conflict.record_found(
        proposal.pk,
        expert=expert,
        relation="employment",
        evidence="Adviser of the coordinator until 2021.",
        actor=officer(call, "CC"),
        at=MEETING,
    )
    consensus.refresh_from_db()
    assert (consensus.state, consensus.total) == (C.NOT_READY, None)
    assert proposal.reports.get(expert=expert).state == R.VOIDED
    assert consensus.transitions.filter(event="lose_quorum").count() == 1


def test_a_conflict_found_while_others_suffice_makes_the_group_agree_again() -> None:
    call, [proposal] = an_evaluating_call()
    people = experts(4)
    consensus = a_submitted_consensus(proposal, people=people, scores=("4",) * 4)
    outsider = next(p for p in people if p != consensus.rapporteur)
    conflict.record_found(
        proposal.pk,
        expert=outsider,
        relation="family",
        evidence="Married to a partner's director.",
        actor=officer(call, "CC"),
        at=MEETING,
    )
    consensus.refresh_from_db()
    assert (consensus.state, consensus.transitions.last().event) == (C.READY, "regroup")  # type: ignore[union-attr]  # there is one


def test_a_conflict_needs_evidence_and_the_coordinator() -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    given = {"relation": "family", "at": READING, "expert": report.expert}
    with pytest.raises(DomainError, match="Say in a sentence"):
        conflict.record_found(proposal.pk, evidence=" ", actor=officer(call, "CC"), **given)  # type: ignore[arg-type]  # test data
    with pytest.raises(NotAllowed):
        conflict.record_found(proposal.pk, evidence="x", actor=officer(call, "PO"), **given)  # type: ignore[arg-type]  # test data
    with pytest.raises(NotAllowed):
        conflict.declare(report.pk, relation="family", evidence="x", actor=a_person(), at=READING)
    report.refresh_from_db()
    assert report.state == R.ASSIGNED


def test_the_same_conflict_is_recorded_once() -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    conflict.declare(report.pk, relation="family", evidence="x", actor=report.expert, at=READING)
    with pytest.raises(Refused, match="already on record"):
        conflict.record_found(
            proposal.pk,
            expert=report.expert,
            relation="family",
            evidence="again",
            actor=officer(call, "CC"),
            at=READING,
        )


def test_the_rapporteur_is_one_of_the_experts_and_named_in_time() -> None:
    call, [proposal] = an_evaluating_call()
    consensus = a_ready_consensus(proposal)
    other = proposal.reports.exclude(expert=consensus.rapporteur)[0].expert
    moderator = officer(call, "MOD")
    with pytest.raises(Refused, match="one of the experts"):
        assignment.name_rapporteur(
            consensus.pk, expert_id=a_person().pk, actor=moderator, at=MEETING
        )
    named = assignment.name_rapporteur(
        consensus.pk, expert_id=other.pk, actor=moderator, at=MEETING
    )
    assert named.rapporteur == other
    with pytest.raises(NotAllowed):
        assignment.name_rapporteur(consensus.pk, expert_id=other.pk, actor=other, at=MEETING)


def test_the_proposed_assignment_can_be_accepted_whole() -> None:
    call, proposals = an_evaluating_call(2)
    people = experts(4)
    plan = proposed_assignment(call, on=ASKED.date())
    assert plan.gaps == []
    assert {proposal for proposal, _expert in plan.pairs} == set(proposals)
    made = assignment.assign_all(
        call.pk,
        pairs=[(proposal.pk, expert.pk) for proposal, expert in plan.pairs],
        actor=officer(call, "CC"),
        at=ASKED,
    )
    assert len(made) == 6
    assert {report.expert for report in made} <= set(people)
    assert proposed_assignment(call, on=ASKED.date()).pairs == []


def test_an_assignment_with_one_wrong_pair_asks_nobody() -> None:
    call, [proposal] = an_evaluating_call()
    pairs = [(proposal.pk, experts(1)[0].pk), (proposal.pk, a_person().pk)]
    with pytest.raises(DomainError):
        assignment.assign_all(call.pk, pairs=pairs, actor=officer(call, "CC"), at=ASKED)
    assert not IndividualReport.objects.exists()


def test_the_proposed_assignment_names_what_is_lacking() -> None:
    call, [proposal] = an_evaluating_call()
    experts(2)
    plan = proposed_assignment(call, on=ASKED.date())
    assert len(plan.pairs) == 2
    assert plan.gaps == [(proposal, "1 missing: there are no more experts in the pool.")]


def test_a_voided_rapporteur_is_replaced_while_the_others_suffice() -> None:
    call, [proposal] = an_evaluating_call()
    people = experts(4)
    consensus = a_ready_consensus(proposal, people=people, scores=("4",) * 4)
    gone = consensus.rapporteur
    assert gone is not None
    conflict.record_found(
        proposal.pk,
        expert=gone,
        relation="other",
        evidence="Advises a competitor.",
        actor=officer(call, "CC"),
        at=MEETING,
    )
    consensus.refresh_from_db()
    assert consensus.state == C.READY
    assert consensus.rapporteur in set(people) - {gone}
