"""Whose turn it is on the road of a proposal: tables written by hand, a row for each step."""

from __future__ import annotations

import pytest

from grants.actions import (
    assignment,
    budget,
    consensus,
    eligibility,
    individual_report,
    panel,
    partner,
    ranking,
)
from grants.models import Consensus, EligibilityDecision
from tests.factories import evaluation as made
from tests.factories import grant as grants
from tests.factories import grants as proposals
from tests.workflows.lists import asked, changed

pytestmark = pytest.mark.django_db


def test_from_the_first_line_to_the_evaluation() -> None:
    call = proposals.a_call()
    assert asked(call) == ["closing: clock"]
    one = proposals.a_proposal(of=call)
    assert asked(one) == ["write: organisation"]
    actor, guest = proposals.the_applicant(one), proposals.a_cluster("DE")
    partner.add(one.pk, organisation=guest, actor=actor, at=proposals.WRITING)
    assert asked(one) == ["confirm_part: organisation", "write: organisation"]
    row = one.partners.get(organisation=guest)
    partner.remove(one.pk, partner_id=row.pk, actor=actor, at=proposals.WRITING)
    assert asked(one) == ["write: organisation"]
    other = proposals.a_complete_proposal(of=call)
    leads = proposals.the_applicant(other)
    costs = {proposals.the_partner(other).pk: {"A": 7_100_000}}
    budget.save_budget(other.pk, amounts=costs, actor=leads, at=proposals.WRITING)
    assert asked(other) == ["confirm_part: organisation", "write: organisation"]
    proposals.confirm_all(other)
    assert asked(other) == ["write: organisation"]
    proposals.submit(other)
    assert asked(other) == ["deadline: clock"]
    proposals.close(call)
    assert asked(one) == []
    assert asked(other) == ["check: PO"]
    assert asked(call) == ["evaluate: CC"]
    proposals.admit(changed(other))
    assert asked(other) == ["wait_for_call: clock"]
    proposals.start_evaluation(call)
    assert asked(other) == ["assign: CC"]
    assert asked(call) == ["rank: CC"]


def test_a_refusal_is_confirmed_by_a_second_officer() -> None:
    one = proposals.a_frozen_proposal()
    first = proposals.officer(one.call, "PO")
    second = proposals.officer(one.call, "PO", second=True)
    for actor, answer in ((first, "return"), (second, "confirm")):
        eligibility.decide(
            one.pk,
            verdict="ineligible",
            reasons=["consortium"],
            note="Only two countries.",
            actor=actor,
            at=proposals.CHECKING,
        )
        assert asked(one) == ["confirm: PO"]
        refusal = EligibilityDecision.objects.get(confirmed_at=None, returned_at=None)
        if answer == "return":
            eligibility.return_refusal(
                refusal.pk, note="Three countries.", actor=second, at=proposals.CHECKING
            )
            assert asked(one) == ["check: PO"]
        else:
            eligibility.confirm_refusal(refusal.pk, actor=first, at=proposals.CHECKING)
            assert asked(one) == []


def test_three_experts_one_consensus_one_panel() -> None:
    call, (one,) = made.an_evaluating_call(1)
    group = made.experts(3)
    reports = [made.a_report(one, expert) for expert in group]
    assert asked(one) == ["declare: person"] * 3
    made.finished(reports[0])
    assert asked(one) == ["declare: person"] * 2
    made.written(reports[1])
    assert asked(one) == ["declare: person", "report: person"]
    individual_report.finish(reports[1].pk, actor=group[1], at=made.READING)
    made.finished(reports[2])
    assert asked(one) == ["draft: person"]
    draft = Consensus.objects.select_related("rapporteur", "proposal__call").get(proposal=one)
    heir = next(expert for expert in group if expert != draft.rapporteur)
    assignment.name_rapporteur(
        draft.pk, expert_id=heir.pk, actor=proposals.officer(call, "CC"), at=made.MEETING
    )
    assert asked(one) == ["draft: person"]
    draft = made.redraft(changed(draft))
    assert draft.rapporteur == heir
    consensus.submit(draft.pk, actor=heir, at=made.MEETING)
    assert asked(one) == ["approve: person"] * 2
    first, second = made.others(draft)
    consensus.approve(draft.pk, actor=first, at=made.MEETING)
    assert asked(one) == ["approve: person"]
    consensus.object_to(draft.pk, actor=second, at=made.MEETING, reason="Too kind.")
    assert asked(one) == ["draft: person"]
    made.redraft(draft)
    consensus.submit(draft.pk, actor=heir, at=made.MEETING)
    for expert in (first, second):
        consensus.approve(draft.pk, actor=expert, at=made.MEETING)
    assert asked(one) == ["moderate: MOD"]
    consensus.close(draft.pk, actor=proposals.officer(call, "MOD"), at=made.MEETING)
    assert asked(one) == ["panel: CC"]
    panel.finalise(draft.pk, actor=proposals.officer(call, "CC"), at=made.PANEL_DAY)
    assert asked(one) == ["wait_for_list: clock"]


def test_from_the_list_to_the_signed_grant() -> None:
    call, (one, low) = made.an_evaluated_call(["5", "1"])
    ranking.freeze(call.pk, actor=proposals.officer(call, "CC"), at=made.PANEL_DAY)
    assert asked(low) == []
    assert asked(one) == ["award: AO"]
    assert asked(call) == ["award: AO"]


def test_a_grant_is_signed_in_order() -> None:
    grant = grants.a_grant()
    assert asked(grant.proposal) == ["grant: clock"]
    partners = grants.partners(grant)
    assert asked(grant) == ["declare: LSIGN"] * len(partners) + ["make_ready: PO"]
    grants.declare_all(grant)
    assert asked(grant) == ["make_ready: PO"]
    ready = grants.a_ready_grant()
    assert asked(ready) == ["sign: LSIGN"]
    signed = grants.a_signed_grant()
    assert asked(signed) == ["accede: LSIGN"] * 2 + ["begin: clock"]
    assert asked(signed.proposal) == []
    grants.accede_all(signed)
    assert asked(signed) == ["begin: clock"]
