"""Ties, freezing, awarding, the reserve list: docs/domain.md, Evaluation and Grant."""

from __future__ import annotations

import hashlib
import json

import pytest

from core.documents import read
from core.errors import DomainError, NotAllowed, Refused
from core.models import Job
from grants.actions import award, panel, proposal, ranking
from grants.models import Call, Letter, Proposal, RankedProposal
from grants.queries.award import free_cents
from grants.queries.ranking import standing
from tests.factories.evaluation import (
    AWARDING,
    PANEL_DAY,
    a_frozen_ranking,
    an_approved_consensus,
    an_awarded_call,
    an_evaluated_call,
    an_evaluating_call,
)
from tests.factories.grants import officer, the_applicant
from tests.factories.parties import a_member

pytestmark = pytest.mark.django_db
P, Outcome = Proposal.State, RankedProposal.Outcome
REQUEST = 140_000_000  # cents, what every proposal of the factory asks for
BUDGET_OF_TWO = {"budget_cents": 300_000_000}


def states(call: Call) -> dict[str, str]:
    return dict(call.proposals.order_by("acronym").values_list("acronym", "state"))


def test_the_frozen_list_is_sealed_with_its_fingerprint() -> None:
    frozen = a_frozen_ranking(["4.5", "2.5", "3.5"])
    content = read(frozen.document)
    assert frozen.sha256 == hashlib.sha256(content).hexdigest()
    sealed = json.loads(content)
    assert [(line["acronym"], line["rank"], line["outcome"]) for line in sealed["lines"]] == [
        ("PLANT-1", 1, "main"),
        ("PLANT-3", 2, "main"),
        ("PLANT-2", None, "below"),
    ]
    assert states(frozen.call) == {
        "PLANT-1": P.RANKED,
        "PLANT-2": P.BELOW_THRESHOLD,
        "PLANT-3": P.RANKED,
    }
    assert Call.objects.get(pk=frozen.call_id).state == Call.State.RANKED


def test_below_names_every_threshold_that_was_missed() -> None:
    frozen = a_frozen_ranking([("2.5", "4.5", "4.5"), "4"])
    below = frozen.rows.get(outcome=Outcome.BELOW)
    assert len(below.failed_thresholds) == 1
    assert below.rank is None


def test_freezing_waits_for_every_consensus() -> None:
    call, [first, second] = an_evaluating_call(2)
    an_approved_consensus(first)
    with pytest.raises(Refused, match=r"No final consensus yet: PLANT-1, PLANT-2\."):
        ranking.freeze(call.pk, actor=officer(call, "CC"), at=PANEL_DAY)
    assert states(call)["PLANT-1"] == P.EVALUATED
    assert not call.rankings.exists()
    del second


@pytest.mark.parametrize("role", ["PO", "AO", "MOD", "AUD"])
def test_only_the_coordinator_freezes(role: str) -> None:
    call, _proposals = an_evaluating_call()
    with pytest.raises(NotAllowed):
        ranking.freeze(call.pk, actor=officer(call, role), at=PANEL_DAY)


def test_a_tie_stops_the_list_until_the_panel_has_decided_in_writing() -> None:
    call, [first, second, third] = an_evaluated_call(["4", "4", "3.5"])
    chair = officer(call, "CC")
    with pytest.raises(Refused, match="PLANT-1 and PLANT-2 are equal on every key"):
        ranking.freeze(call.pk, actor=chair, at=PANEL_DAY)
    order = [second.pk, first.pk]
    with pytest.raises(DomainError, match="Write why the panel prefers"):
        panel.decide_tie(call.pk, proposals=order, reason="", actor=chair, at=PANEL_DAY)
    for wrong in ([first.pk], [first.pk, third.pk], [first.pk, first.pk]):
        with pytest.raises(DomainError, match="exactly once"):
            panel.decide_tie(call.pk, proposals=wrong, reason="x", actor=chair, at=PANEL_DAY)
    with pytest.raises(NotAllowed):
        panel.decide_tie(
            call.pk, proposals=order, reason="x", actor=officer(call, "MOD"), at=PANEL_DAY
        )
    panel.decide_tie(call.pk, proposals=order, reason="Wider.", actor=chair, at=PANEL_DAY)
    frozen = ranking.freeze(call.pk, actor=chair, at=PANEL_DAY)
    rows = frozen.rows.order_by("rank").values_list("proposal__acronym", "decided_by")
    assert list(rows) == [
        ("PLANT-2", "Panel decision"),
        ("PLANT-1", "Panel decision"),
        ("PLANT-3", "Total"),
    ]


def test_the_deciding_key_is_kept_with_its_place_in_the_ladder() -> None:
    frozen = a_frozen_ranking([("4", "3.5", "4.5"), ("4.5", "3.5", "4")])
    rows = frozen.rows.order_by("rank").values_list("proposal__acronym", "decided_by")
    assert list(rows) == [("PLANT-2", "2 · Relevance"), ("PLANT-1", "2 · Relevance")]


def test_the_budget_line_and_the_reserve_list() -> None:
    frozen = a_frozen_ranking(["4.5", "4", "3.5", "5"], **BUDGET_OF_TWO, reserve_max=1)
    rows = frozen.rows.order_by("rank").values_list("proposal__acronym", "outcome", "reserve_place")
    assert list(rows) == [
        ("PLANT-4", Outcome.MAIN, None),
        ("PLANT-1", Outcome.MAIN, None),
        ("PLANT-2", Outcome.RESERVE, 1),
        ("PLANT-3", Outcome.NO_BUDGET, None),
    ]
    assert frozen.committed_cents == sum(
        row.requested_cents for row in frozen.rows.filter(outcome=Outcome.MAIN)
    )


def test_a_quota_lifts_the_best_of_its_strand_over_a_better_one() -> None:
    call, _made = an_evaluated_call(
        ["5", "4.5", "4"],
        strands=["tourism", "tourism", "health"],
        quotas={"health": 2},
        projects_max=2,
    )
    found = standing(call)
    outcome = {
        line.candidate.acronym: (line.award.outcome.value, line.award.is_by_quota)
        for line in found.lines
        if line.award is not None
    }
    assert outcome == {
        "PLANT-1": ("main", False),
        "PLANT-2": ("reserve", False),
        "PLANT-3": ("main", True),
    }
    assert list(found.missing_quota.values()) == [1]


def test_awarding_sends_every_letter_with_its_own_reason() -> None:
    call = an_awarded_call(["4.5", "4", "3.5", "2"], **BUDGET_OF_TWO, reserve_max=1)
    assert call.state == Call.State.AWARDED
    assert states(call) == {
        "PLANT-1": P.MAIN_LIST,
        "PLANT-2": P.MAIN_LIST,
        "PLANT-3": P.RESERVE_LIST,
        "PLANT-4": P.BELOW_THRESHOLD,
    }
    letters = dict(Letter.objects.filter(call=call).values_list("proposal__acronym", "kind"))
    assert letters == {
        "PLANT-1": "main_list",
        "PLANT-2": "main_list",
        "PLANT-3": "reserve_list",
        "PLANT-4": "below_threshold",
    }
    reserve = Letter.objects.get(kind="reserve_list").text
    assert "place 1 of the reserve list" in reserve
    below = Letter.objects.get(kind="below_threshold").text
    assert "Under the threshold: Relevance, Quality, Impact, Total." in below
    assert Job.objects.filter(kind="evaluation_summary_report").count() == 4


def test_out_of_budget_is_said_in_so_many_words() -> None:
    call = an_awarded_call(["4.5", "4", "3.5"], budget_cents=150_000_000, reserve_max=0)
    assert (
        "Despite its merits it cannot be funded"
        in Letter.objects.filter(call=call, kind="no_budget")[0].text
    )


@pytest.mark.parametrize("role", ["CC", "PO", "MOD", "AUD", "FO"])
def test_only_the_authorising_officer_awards(role: str) -> None:
    frozen = a_frozen_ranking(["4"])
    with pytest.raises(NotAllowed):
        award.award(frozen.call_id, actor=officer(frozen.call, role), at=AWARDING)


def test_an_authorising_officer_who_is_in_a_consortium_awards_nothing() -> None:
    frozen = a_frozen_ranking(["4"])
    officer_of_call = officer(frozen.call, "AO")
    partner = frozen.rows.get().proposal.partners.get(position=2).organisation
    assert partner is not None
    a_member(partner, person=officer_of_call)
    with pytest.raises(NotAllowed):
        award.award(frozen.call_id, actor=officer_of_call, at=AWARDING)
    assert not Letter.objects.filter(call=frozen.call_id).exists()


def test_awarding_twice_sends_nothing_twice() -> None:
    call = an_awarded_call(["4"])
    with pytest.raises(Refused, match="awarded already"):
        award.award(call.pk, actor=officer(call, "AO"), at=AWARDING)
    assert Letter.objects.filter(call=call).count() == 1


def test_a_withdrawal_after_the_freeze_frees_the_place_for_the_next() -> None:
    frozen = a_frozen_ranking(["4.5", "4", "3.5"], **BUDGET_OF_TWO)
    first = Proposal.objects.get(call=frozen.call_id, acronym="PLANT-1")
    proposal.withdraw(first.pk, reason="Merger.", actor=the_applicant(first), at=AWARDING)
    award.award(frozen.call_id, actor=officer(frozen.call, "AO"), at=AWARDING)
    assert states(frozen.call)["PLANT-3"] == P.MAIN_LIST
    assert frozen.rows.get(proposal__acronym="PLANT-3").outcome == Outcome.RESERVE


def test_the_reserve_list_moves_up_in_rank_order_when_money_frees() -> None:
    call = an_awarded_call(["4.5", "4", "3.5", "5"], **BUDGET_OF_TWO)
    actor = officer(call, "AO")
    with pytest.raises(Refused, match="does not carry the first"):
        award.promote(call.pk, actor=actor, at=AWARDING)
    with pytest.raises(NotAllowed):
        award.promote(call.pk, actor=officer(call, "CC"), at=AWARDING)
    before = free_cents(call)
    dropped = Proposal.objects.get(call=call, acronym="PLANT-4")
    proposal.withdraw(dropped.pk, reason="x", actor=the_applicant(dropped), at=AWARDING)
    assert free_cents(call) > before
    assert [p.acronym for p in award.promote(call.pk, actor=actor, at=AWARDING)] == ["PLANT-2"]
    assert states(call)["PLANT-2"] == P.INVITED
    assert states(call)["PLANT-3"] == P.RESERVE_LIST
    assert Letter.objects.get(proposal__acronym="PLANT-2", kind="invitation").sent_at == AWARDING
