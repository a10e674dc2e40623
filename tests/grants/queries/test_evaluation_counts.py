"""Lists of the evaluation: one row or three, the same number of statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from core import clock
from tests import counting
from tests.factories.evaluation import (
    MEETING,
    a_frozen_ranking,
    a_ready_consensus,
    a_report,
    an_approved_consensus,
    an_evaluated_call,
    an_evaluating_call,
    experts,
)
from tests.factories.grants import officer

if TYPE_CHECKING:
    from django.test import Client

    from core.models import Person

pytestmark = pytest.mark.django_db
DETAIL_MAX = 20
Scene = Callable[[int], tuple[Any, "Person", list[Any]]]


def desk(count: int) -> tuple[str, Person, list[Any]]:
    call, proposals = an_evaluating_call(count)
    for proposal, expert in zip(proposals, experts(count), strict=True):
        a_report(proposal, expert)
    return "assignment_desk", officer(call, "CC"), [call.pk]


def plan(count: int) -> tuple[str, Person, list[Any]]:
    call, _proposals = an_evaluating_call(count)
    experts(2 + count)
    return "assignment_plan", officer(call, "CC"), [call.pk]


def moderation(count: int) -> tuple[str, Person, list[Any]]:
    call, proposals = an_evaluating_call(count)
    group = experts(3)
    for proposal in proposals:
        an_approved_consensus(proposal, people=group)
    return "moderation_desk", officer(call, "MOD"), [call.pk]


def board(count: int) -> tuple[str, Person, list[Any]]:
    call, _proposals = an_evaluated_call(["4.5", "4", "3.5"][:count])
    return "ranking_board", officer(call, "CC"), [call.pk]


def sealed(count: int) -> tuple[str, Person, list[Any]]:
    frozen = a_frozen_ranking(["4.5", "4", "3.5"][:count])
    return "ranking_board", officer(frozen.call, "AUD"), [frozen.call_id]


def award(count: int) -> tuple[str, Person, list[Any]]:
    frozen = a_frozen_ranking(["4.5", "4", "3.5"][:count])
    return "award_page", officer(frozen.call, "AO"), [frozen.call_id]


def own_pile(count: int) -> tuple[str, Person, list[Any]]:
    _call, proposals = an_evaluating_call(count)
    group = experts(3)
    for proposal in proposals:
        a_ready_consensus(proposal, people=group)
    return "individual_report_list", group[0], []


def statements(client: Client, scene: tuple[str, Person, list[Any]]) -> int:
    name, person, arguments = scene
    client.force_login(person)
    with clock.standing_at(MEETING):
        return counting.statements(client, reverse(f"grants:{name}", args=arguments))


@pytest.mark.parametrize("scene", [desk, plan, moderation, board, sealed, award, own_pile])
def test_one_row_or_three_the_same_statements(client: Client, scene: Scene) -> None:
    one, three = statements(client, scene(1)), statements(client, scene(3))
    assert three == one


def test_records_take_few_statements(client: Client) -> None:
    call, [first, _second] = an_evaluating_call(2)
    group = experts(3)
    consensus = an_approved_consensus(first, people=group)
    report, officer_of_call = first.reports.order_by("pk")[0], officer(call, "CC")
    pages: list[tuple[str, Person, list[Any]]] = [
        ("call_setup", officer_of_call, [call.pk]),
        ("proposal_check", officer_of_call, [first.pk]),
        ("assignment_proposal", officer_of_call, [first.pk]),
        ("consensus_detail", officer_of_call, [consensus.pk]),
        ("consensus_detail", group[0], [consensus.pk]),
        ("individual_report_detail", officer_of_call, [report.pk]),
        ("individual_report_detail", report.expert, [report.pk]),
    ]
    found = {page[0]: statements(client, page) for page in pages}
    assert {name: number for name, number in found.items() if number > DETAIL_MAX} == {}
