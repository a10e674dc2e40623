"""The flows say nothing that the lifecycles do not: states, arrows and pages, each looked up."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver

from core.lifecycle import arrows
from workflows.flows import FLOWS
from workflows.queries.machines import MACHINES
from workflows.queues import clock
from workflows.turns import Outcome, Turn

LIFECYCLES = dict(MACHINES.values())
BY_NAME = {model.__name__: model for model in FLOWS}
# What is told without a change of state (core.gate.tell), or is the birth of a subject.
VERBS = {
    "Proposal": {"confirm", "propose_refusal", "return_refusal", "begin", "approve"},
    "Grant": {"declare", "accede"},
    "PeriodicReport": {"sign"},
    "Payment": {"enter", "withdraw"},
    "Application": {
        "propose_ineligible",
        "drop_refusal",
        "ask_evaluator",
        "hand_in_review",
        "decline_review",
    },
}
# Whose moves also change whose turn it is.
BESIDE = {
    "Proposal": ("IndividualReport", "Consensus", "Call"),
    "Grant": ("PeriodicReport",),
    "Application": ("SmeCall",),
}
# The road is over there, though the record may still be moved: paid money comes back, a voucher
# that has ended is revoked.
RESTING = {
    "Payment": {"executed"},
    "Claim": {"paid"},
    "Voucher": {"closed", "expired"},
}
ALL = sorted(BY_NAME)


def turns(name: str) -> list[Any]:
    return FLOWS[BY_NAME[name]].nodes_of(Turn)


def outcomes(name: str) -> set[str]:
    return {state for node in FLOWS[BY_NAME[name]].nodes_of(Outcome) for state in node.states}


def lifecycle(name: str) -> Any:
    return next(found for model, found in LIFECYCLES.items() if model.__name__ == name)


@pytest.mark.parametrize("name", ALL)
def test_every_state_of_a_turn_is_declared(name: str) -> None:
    declared = set(BY_NAME[name].State.values)
    for turn in turns(name):
        assert turn.states, turn
        assert turn.states <= declared, (turn.name, turn.states - declared)


@pytest.mark.parametrize("name", ALL)
def test_every_state_is_somebodys_turn_or_the_end(name: str) -> None:
    left = {arrow.source for arrow in arrows(lifecycle(name))}
    final = set(BY_NAME[name].State.values) - left
    awaited = {state for turn in turns(name) for state in turn.states}
    resting = RESTING.get(name, set())
    assert awaited == left - resting
    assert outcomes(name) == final | resting


@pytest.mark.parametrize("name", ALL)
def test_every_answer_is_an_event_or_a_verb_that_is_told(name: str) -> None:
    known = VERBS.get(name, set()) | {arrow.event for arrow in arrows(lifecycle(name))}
    for other in BESIDE.get(name, ()):
        known |= {arrow.event for arrow in arrows(lifecycle(other))}
    for turn in turns(name):
        assert turn.answers, turn.name
        assert set(turn.answers) <= known, (turn.name, set(turn.answers) - known)


@pytest.mark.parametrize("name", ALL)
def test_an_answer_that_moves_the_record_can_be_given_in_the_turns_states(name: str) -> None:
    own: dict[str, set[str]] = {}
    for arrow in arrows(lifecycle(name)):
        own.setdefault(arrow.event, set()).add(arrow.source)
    told = VERBS.get(name, set())
    beside = {arrow.event for other in BESIDE.get(name, ()) for arrow in arrows(lifecycle(other))}
    for turn in turns(name):
        for event in set(turn.answers) - told - beside:
            assert own[event] & turn.states, (turn.name, event)


@pytest.mark.parametrize("name", ALL)
def test_every_turn_of_a_person_leads_to_a_page_that_exists(name: str) -> None:
    pages = _pages()
    for turn in turns(name):
        page = turn.page or FLOWS[BY_NAME[name]].page
        if turn.queue is clock:
            continue
        assert page in pages, (turn.name, page)
        takes_nothing = turn.of is not None and pages[page] == 0
        assert pages[page] == 1 or takes_nothing, (turn.name, page)


def test_a_turn_for_each_subject_names_the_page_of_the_subject() -> None:
    """The flow's own page takes the record: a key of another table would find nothing there."""
    for flow in FLOWS.values():
        for turn in flow.nodes_of(Turn):
            assert turn.each is None or turn.page, turn.name


def _pages() -> dict[str, int]:
    """Name of each page → how many arguments its shortest address takes."""
    found = {}
    for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in {name for name in resolver.reverse_dict if isinstance(name, str)}:
            ways = resolver.reverse_dict.getlist(name)
            found[f"{namespace}:{name}"] = min(len(way[0][0][1]) for way in ways)
    return found
