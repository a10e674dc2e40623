"""The evaluation in the browser: the expert's, the group's and the officers' pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from core import clock
from grants.models import Consensus, IndividualReport, Ranking
from grants.queries.marks import criteria_of
from tests.factories.evaluation import (
    AWARDING,
    MEETING,
    PANEL_DAY,
    READING,
    WHY,
    a_drafted_consensus,
    a_frozen_ranking,
    a_ready_consensus,
    a_report,
    a_submitted_consensus,
    an_approved_consensus,
    an_awarded_call,
    an_evaluated_call,
    an_evaluating_call,
    declared,
    experts,
    finished,
    others,
    written,
)
from tests.factories.grants import officer

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from core.models import Person

pytestmark = pytest.mark.django_db
R, C = IndividualReport.State, Consensus.State


class Browser:
    """Somebody who has signed in, on a day."""

    def __init__(self, client: Client, person: Person, at: datetime) -> None:
        client.force_login(person)
        self.client, self.at = client, at

    def get(self, name: str, *args: Any, **query: str) -> Any:
        with clock.standing_at(self.at):
            return self.client.get(reverse(f"grants:{name}", args=args), query)

    def post(self, name: str, *args: Any, **typed: Any) -> Any:
        return self._post(name, args, typed, {})

    def autosave(self, name: str, *args: Any, **typed: Any) -> Any:
        return self._post(name, args, typed, {"hx-request": "true"})

    def _post(self, name: str, args: Any, typed: Any, headers: dict[str, str]) -> Any:
        with clock.standing_at(self.at):
            return self.client.post(reverse(f"grants:{name}", args=args), typed, headers=headers)


def typed(call: Any, score: str = "4", comment: str = WHY) -> dict[str, str]:
    fields: dict[str, str] = {}
    for criterion in criteria_of(call):
        fields |= {f"score-{criterion.code}": score, f"comment-{criterion.code}": comment}
    return fields


def test_an_expert_goes_from_the_pile_to_the_finished_report(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    me = Browser(client, report.expert, READING)
    assert "Declare first" in me.get("individual_report_list").content.decode()
    page = me.get("individual_report_declare", report.pk)
    assert "what we do, for whom" not in page.content.decode()
    opened = me.post("individual_report_declare", report.pk, no_conflict="on", confidentiality="on")
    assert opened.url == reverse("grants:individual_report_write", args=[report.pk])
    page = me.get("individual_report_write", report.pk)
    assert "what we do, for whom" in page.content.decode()
    saved = me.post("individual_report_write", report.pk, **typed(call))
    assert saved.url == reverse("grants:individual_report_check", args=[report.pk])
    assert "80 of 100" in me.get("individual_report_check", report.pk).content.decode()
    me.post("individual_report_do", report.pk, "finish")
    report.refresh_from_db()
    assert report.state == R.FINISHED
    assert "Can be reopened" in me.get("individual_report_list").content.decode()


def test_nothing_of_the_text_before_the_declaration(client: Client) -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    me = Browser(client, report.expert, READING)
    assert proposal.version is not None
    document = proposal.version.content["annexes"][0]["document"]
    answer = me.get("individual_report_write", report.pk)
    assert (answer.status_code, answer.url) == (
        302, reverse("grants:individual_report_detail", args=[report.pk]),
    )  # fmt: skip
    assert me.get("individual_report_file", report.pk, document).status_code == 404
    declared(report)
    answer = me.get("individual_report_file", report.pk, document)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_an_unticked_declaration_keeps_the_page_and_says_what_is_missing(client: Client) -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    me = Browser(client, report.expert, READING)
    answer = me.post("individual_report_declare", report.pk, no_conflict="on")
    assert (answer.status_code, "Tick the box" in answer.content.decode()) == (422, True)


def test_autosave_answers_with_the_time_and_keeps_half_a_report(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    me = Browser(client, report.expert, READING)
    first = criteria_of(call)[0]
    half = {f"comment-{first.code}": "Half a thought"}
    answer = me.autosave("individual_report_write", report.pk, **half)
    assert (answer.status_code, "Saved" in answer.content.decode()) == (200, True)
    assert report.marks.get(criterion=first).comment == "Half a thought"


@pytest.mark.parametrize("htmx", [True, False])
def test_a_mark_between_two_steps_is_refused_and_nothing_typed_is_lost(
    client: Client, htmx: bool
) -> None:
    call, [proposal] = an_evaluating_call()
    report = declared(a_report(proposal))
    me = Browser(client, report.expert, READING)
    send = me.autosave if htmx else me.post
    answer = send("individual_report_write", report.pk, **typed(call, "4.2"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "4.2 is not a mark of its scale" in text
    assert htmx or WHY in text
    assert not report.marks.exists()


def test_a_report_voided_while_typing_says_that_nothing_was_saved(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    report = finished(a_report(proposal))
    me = Browser(client, report.expert, READING)
    answer = me.autosave("individual_report_write", report.pk, **typed(call, "1"))
    assert "What you typed was not saved" in answer.content.decode()


def test_a_conflict_is_declared_on_its_page_and_ends_the_work(client: Client) -> None:
    _call, [proposal] = an_evaluating_call()
    report = a_report(proposal)
    me = Browser(client, report.expert, READING)
    assert me.get("individual_report_conflict", report.pk).status_code == 200
    answer = me.post(
        "individual_report_conflict", report.pk, relation="family", evidence="My brother."
    )
    assert answer.url == reverse("grants:individual_report_list")
    report.refresh_from_db()
    assert report.state == R.DECLINED
    assert me.get("individual_report_conflict", report.pk).status_code == 404


def test_other_peoples_reports_do_not_exist(client: Client) -> None:
    _call, [proposal] = an_evaluating_call()
    mine, other = (finished(a_report(proposal, expert)) for expert in experts(2))
    me = Browser(client, mine.expert, READING)
    for name in ("detail", "write", "check", "declare", "conflict"):
        assert me.get(f"individual_report_{name}", other.pk).status_code == 404
    assert me.post("individual_report_do", other.pk, "finish").status_code == 404


def test_the_group_sees_letters_officers_see_names(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    made = a_ready_consensus(proposal)
    assert made.rapporteur is not None
    stranger = others(made)[0].full_name
    inside = Browser(client, made.rapporteur, MEETING).get("consensus_detail", made.pk)
    assert stranger not in inside.content.decode()
    assert ", you" in inside.content.decode()
    desk = Browser(client, officer(call, "MOD"), MEETING).get("consensus_detail", made.pk)
    assert stranger in desk.content.decode()


def test_the_rapporteur_drafts_lays_it_down_and_the_group_decides(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    made = a_ready_consensus(proposal)
    assert made.rapporteur is not None
    me = Browser(client, made.rapporteur, MEETING)
    me.post("consensus_do", made.pk, "draft")
    early = me.post("consensus_detail", made.pk, then="submit", summary="Good on the whole.")
    assert (early.status_code, "has no mark yet" in early.content.decode()) == (422, True)
    fields = typed(call, "3.5") | {"summary": "Good on the whole."}
    me.post("consensus_detail", made.pk, **fields, then="submit")
    made.refresh_from_db()
    assert (made.state, made.draft_version, made.summary) == (
        C.FOR_APPROVAL, 1, "Good on the whole.",
    )  # fmt: skip
    first, second = others(made)
    Browser(client, first, MEETING).post("consensus_word", made.pk, decision="approve")
    answer = Browser(client, second, MEETING).post("consensus_word", made.pk, decision="object")
    assert (answer.status_code, "Write why" in answer.content.decode()) == (409, True)
    Browser(client, second, MEETING).post("consensus_word", made.pk, decision="approve")
    Browser(client, officer(call, "MOD"), MEETING).post("consensus_do", made.pk, "close")
    made.refresh_from_db()
    assert made.state == C.APPROVED


def test_the_panel_changes_a_mark_on_its_page(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    made = an_approved_consensus(proposal)
    chair = Browser(client, officer(call, "CC"), PANEL_DAY)
    assert chair.get("consensus_panel", made.pk).status_code == 200
    fields = {"criterion_id": str(criteria_of(call)[0].pk), "score": "3.2", "why": "x"}
    assert chair.post("consensus_panel", made.pk, **fields).status_code == 422
    chair.post("consensus_panel", made.pk, **fields | {"score": "3.5"})
    made.refresh_from_db()
    assert str(made.total) == "77.0000"
    page = chair.get("consensus_detail", made.pk).content.decode()
    assert "4 → 3.5" in page
    assert Browser(client, officer(call, "MOD"), PANEL_DAY).get(
        "consensus_panel", made.pk
    ).url == reverse("grants:consensus_detail", args=[made.pk])


def test_a_moderator_names_another_rapporteur(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    made = a_drafted_consensus(proposal)
    other = others(made)[0]
    me = Browser(client, officer(call, "MOD"), MEETING)
    assert me.get("consensus_rapporteur", made.pk).status_code == 200
    me.post("consensus_rapporteur", made.pk, expert_id=str(other.pk))
    made.refresh_from_db()
    assert made.rapporteur == other
    expert = Browser(client, other, MEETING)
    assert expert.get("consensus_rapporteur", made.pk).status_code == 404


def test_the_desk_proposes_and_asks_whom_the_officer_leaves_in(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    people = experts(3)
    me = Browser(client, officer(call, "CC"), READING)
    assert "No proposal" not in me.get("assignment_desk", call.pk).content.decode()
    assert me.get("assignment_plan", call.pk).status_code == 200
    pairs = [f"{proposal.pk}/{expert.pk}" for expert in people[:2]]
    me.post("assignment_plan", call.pk, pair=pairs)
    assert {r.expert for r in proposal.reports.all()} == set(people[:2])
    me.post("assignment_add", proposal.pk, expert_id=str(people[2].pk))
    assert proposal.reports.count() == 3
    assert me.post("assignment_plan", call.pk, pair=["nonsense"]).status_code == 404
    wrong = me.post("assignment_add", proposal.pk, expert_id="nonsense")
    assert "Choose an expert of the pool" in wrong.content.decode()
    assert people[0].full_name in me.get("assignment_proposal", proposal.pk).content.decode()


def test_a_conflict_that_was_found_is_recorded_at_the_desk(client: Client) -> None:
    call, [proposal] = an_evaluating_call()
    report = written(a_report(proposal))
    me = Browser(client, officer(call, "CC"), READING)
    me.post(
        "conflict_record",
        proposal.pk,
        expert=str(report.expert_id),
        relation="financial",
        evidence="Owns shares of the coordinator.",
    )
    report.refresh_from_db()
    assert report.state == R.VOIDED
    assert "Owns shares" in me.get("assignment_proposal", proposal.pk).content.decode()


def test_the_moderation_desk_filters_and_makes_final(client: Client) -> None:
    call, [first, second] = an_evaluating_call(2)
    an_approved_consensus(first)
    a_submitted_consensus(second)
    me = Browser(client, officer(call, "CC"), PANEL_DAY)
    assert "PLANT-2" not in me.get("moderation_desk", call.pk, state="panel").content.decode()
    me.post("moderation_finalise", call.pk)
    assert set(call.proposals.values_list("consensuses__state", flat=True)) == {
        C.FINAL, C.FOR_APPROVAL,
    }  # fmt: skip


def test_the_board_shows_the_tie_the_panel_decides_and_the_list_is_sealed(client: Client) -> None:
    call, [first, second] = an_evaluated_call(["4", "4"])
    me = Browser(client, officer(call, "CC"), PANEL_DAY)
    page = me.get("ranking_board", call.pk).content.decode()
    assert "Cannot be frozen yet" in page
    assert me.post("ranking_freeze", call.pk).status_code == 409
    places = {f"place-{first.pk}": "2", f"place-{second.pk}": "2"}
    wrong = me.post("tie_decide", call.pk, **places, reason="Wider.")
    assert "a place of its own" in wrong.content.decode()
    me.post("tie_decide", call.pk, **places | {f"place-{second.pk}": "1"}, reason="Wider.")
    assert me.get("tie_decide", call.pk).status_code == 404
    me.post("ranking_freeze", call.pk)
    frozen = Ranking.objects.get(call=call)
    assert frozen.sha256 in me.get("ranking_board", call.pk).content.decode()
    answer = me.get("ranking_file", frozen.pk)
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == frozen.sha256


def test_the_award_is_looked_at_and_signed_by_the_authorising_officer(client: Client) -> None:
    frozen = a_frozen_ranking(["4.5", "4"])
    me = Browser(client, officer(frozen.call, "AO"), AWARDING)
    assert "What will be sent" in me.get("award_page", frozen.call_id).content.decode()
    me.post("award_page", frozen.call_id)
    assert "Letters sent" in me.get("award_page", frozen.call_id).content.decode()
    assert me.post("award_page", frozen.call_id).status_code == 409
    other = Browser(client, officer(frozen.call, "PO"), AWARDING)
    assert other.post("award_page", frozen.call_id).status_code == 404


def test_the_reserve_waits_for_money(client: Client) -> None:
    call = an_awarded_call(["4.5", "4"], budget_cents=150_000_000)
    me = Browser(client, officer(call, "AO"), AWARDING)
    assert "Nobody is skipped" in me.get("award_page", call.pk).content.decode()
    assert me.post("award_promote", call.pk).status_code == 409
