"""The expert's pile in every phase: what it says, what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grants.actions import consensus, panel
from grants.queries import evaluator
from tests.factories.evaluation import (
    MEETING,
    PANEL_DAY,
    a_dissent,
    a_ready_consensus,
    a_report,
    a_submitted_consensus,
    an_evaluating_call,
    declared,
    experts,
    finished,
    others,
    written,
)
from tests.factories.grants import officer

if TYPE_CHECKING:
    from core.models import Person

pytestmark = pytest.mark.django_db


def shown(person: Person) -> list[tuple[str, str]]:
    found = evaluator.pile(person)
    rows = [
        *evaluator.to_do_rows(found),
        *evaluator.consensus_rows(found),
        *evaluator.finished_rows(found),
    ]
    return [(row.title.split()[0], row.tag.words) for row in rows if row.tag]


def test_what_is_begun_comes_before_what_is_only_asked() -> None:
    _call, [asked, opened, begun, done] = an_evaluating_call(4)
    [me] = experts(1)
    a_report(asked, me)
    declared(a_report(opened, me))
    written(a_report(begun, me))
    finished(a_report(done, me))
    assert shown(me) == [
        ("PLANT-3", "In progress"),
        ("PLANT-2", "To read"),
        ("PLANT-1", "Declare first"),
        ("PLANT-4", "Finished"),
    ]
    found = evaluator.pile(me)
    assert (found.asked, found.done, found.waiting) == (4, 1, 3)
    assert [fact.value for fact in found.own_totals] == ["80 of 100"]


def test_the_consensus_says_whose_turn_it_is() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_ready_consensus(proposal)
    member = others(made)[0]
    assert made.rapporteur is not None
    assert shown(made.rapporteur) == [("PLANT-1", "Draft it")]
    assert shown(member) == [("PLANT-1", "In consensus")]
    assert evaluator.pile(made.rapporteur).waiting == 1
    assert evaluator.pile(member).waiting == 0
    assert call.state == "evaluating"


def test_whoever_has_approved_waits_no_more() -> None:
    _call, [proposal] = an_evaluating_call()
    made = a_submitted_consensus(proposal)
    first, second = others(made)
    consensus.approve(made.pk, actor=first, at=MEETING)
    assert shown(first) == [("PLANT-1", "In consensus")]
    assert shown(second) == [("PLANT-1", "Approve or object")]


def test_a_dissent_and_its_end() -> None:
    call, [proposal] = an_evaluating_call()
    made = a_dissent(proposal)
    member = others(made)[0]
    assert shown(member) == [("PLANT-1", "Before the panel")]
    panel.finalise(made.pk, actor=officer(call, "CC"), at=PANEL_DAY, reason="As drafted.")
    assert shown(member) == [("PLANT-1", "Agreed")]


def test_own_total_is_nothing_while_a_mark_is_missing() -> None:
    call, _proposals = an_evaluating_call()
    criteria = list(call.criteria.order_by("position"))
    assert evaluator.own_total(criteria, {}) == ""
    assert [row.score for row in evaluator.mark_rows(criteria, {})] == ["–"] * len(criteria)
