"""All states × events × roles of a call: exactly the moves of this table, and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from core.documents import store
from core.errors import NotAllowed, Refused
from core.gate import fire
from core.lifecycle import arrows, moves
from core.models import Person
from grants.lifecycle.call import CallLifecycle
from grants.models import Call, Ranking
from tests.factories.grants import (
    CHECKING,
    DEADLINE,
    OPENED,
    SET_UP,
    a_call,
    a_draft_call,
    a_frozen_proposal,
    a_published_call,
    admit,
    close,
    officer,
)
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db
S = Call.State

MOVES = [
    (S.DRAFT, "publish", S.PUBLISHED, {"AO"}),
    (S.PUBLISHED, "correct", S.PUBLISHED, {"AO"}),
    (S.OPEN, "correct", S.OPEN, {"AO"}),
    (S.PUBLISHED, "open", S.OPEN, {"system"}),
    (S.OPEN, "close", S.CLOSED, {"system"}),
    (S.CLOSED, "evaluate", S.EVALUATING, {"CC"}),
    (S.EVALUATING, "rank", S.RANKED, {"CC"}),
    (S.RANKED, "award", S.AWARDED, {"AO"}),
    (S.AWARDED, "finish", S.FINISHED, {"AO"}),
    *(
        (state, "cancel", S.CANCELLED, {"AO"})
        for state in (S.DRAFT, S.PUBLISHED, S.OPEN, S.CLOSED, S.EVALUATING, S.RANKED)
    ),
]
LATER = [("evaluate", "CC"), ("rank", "CC"), ("award", "AO"), ("finish", "AO")]
ROADS: dict[str, list[tuple[str, str]]] = {
    S.CLOSED: [],
    S.EVALUATING: LATER[:1],
    S.RANKED: LATER[:2],
    S.AWARDED: LATER[:3],
    S.FINISHED: LATER,
    S.CANCELLED: [("cancel", "AO")],
}


def people_of(call: Call) -> dict[str, Person]:
    return {
        "system": Person.objects.system(),
        "stranger": a_person(),
        **{role: officer(call, role) for role in ("PO", "AO", "CC", "MOD", "FO", "AUD")},
    }


def _closed() -> Call:
    call = a_call()
    close(call)
    _freeze_an_empty_list(call)
    return call


def _freeze_an_empty_list(call: Call) -> None:
    actor = officer(call, "CC")
    document = store(
        b"[]",
        kind="ranking",
        name="list.json",
        media_type="application/json",
        actor=actor,
        at=CHECKING,
    )
    Ranking.objects.create(
        call=call,
        number=1,
        budget_cents=call.budget_cents,
        committed_cents=0,
        document=document,
        sha256=document.sha256,
        frozen_at=CHECKING,
        frozen_by=actor,
    )


def call_in(state: str) -> Call:
    made = {S.DRAFT: a_draft_call, S.PUBLISHED: a_published_call, S.OPEN: a_call}
    call = made[S(state)]() if state in made else _closed()
    people = people_of(call)
    for event, role in ROADS.get(state, []):
        with transaction.atomic():
            lifecycle = CallLifecycle(call, at=CHECKING)
            fire(lifecycle, event, actor=people[role], at=CHECKING, reason="Because.")
    call.refresh_from_db()
    return call


def test_arrows_are_exactly_the_table() -> None:
    drawn = [(arrow.source, arrow.event, arrow.target) for arrow in arrows(CallLifecycle)]

    assert sorted(drawn) == sorted((s.value, event, t.value) for s, event, t, _who in MOVES)


@pytest.mark.parametrize("state", list(S))
def test_state_is_reached_by_the_gate_and_left_by_its_events_only(state: str) -> None:
    call = call_in(state)
    assert call.state == state
    people = people_of(call)
    legal = {event: who for source, event, _target, who in MOVES if source == state}

    for event in {event for _source, event, _target, _who in MOVES}:
        for role, person in people.items():
            if event in legal and role in legal[event]:
                continue
            expected = NotAllowed if event in legal else Refused
            with pytest.raises(expected), transaction.atomic():
                fire(CallLifecycle(call, at=CHECKING), event, actor=person, at=CHECKING)


def test_permission_of_each_event_is_that_of_the_table() -> None:
    call = a_draft_call()
    people = people_of(call)

    for event, move in moves(CallLifecycle):
        who = {w for s, e, _t, roles in MOVES if (s, e) == (move.source, event) for w in roles}
        lifecycle = CallLifecycle(call, at=SET_UP)
        assert {role for role, p in people.items() if move.has_perm(lifecycle, p)} == who


def test_call_closes_after_its_deadline_and_not_at_it() -> None:
    call, system = a_call(), Person.objects.system()

    with pytest.raises(Refused, match="has not passed"), transaction.atomic():
        fire(CallLifecycle(call, at=DEADLINE), "close", actor=system, at=DEADLINE)

    later = DEADLINE + timedelta(microseconds=1)
    with transaction.atomic():
        fire(CallLifecycle(call, at=later), "close", actor=system, at=later)
    assert call.state == S.CLOSED


def test_call_opens_on_its_day_and_not_before() -> None:
    call = a_published_call()
    system = Person.objects.system()
    early = call.opens_at - timedelta(microseconds=1)

    with pytest.raises(Refused, match="opens later"), transaction.atomic():
        fire(CallLifecycle(call, at=early), "open", actor=system, at=early)

    with transaction.atomic():
        fire(CallLifecycle(call, at=OPENED), "open", actor=system, at=OPENED)
    assert call.state == S.OPEN


def test_evaluation_waits_for_every_decision() -> None:
    made = a_frozen_proposal()
    call = made.call
    cora = officer(call, "CC")

    with pytest.raises(Refused, match="not been checked"), transaction.atomic():
        fire(CallLifecycle(call, at=CHECKING), "evaluate", actor=cora, at=CHECKING)

    admit(made)
    with transaction.atomic():
        fire(CallLifecycle(call, at=CHECKING), "evaluate", actor=cora, at=CHECKING)
    assert call.state == S.EVALUATING


def test_list_waits_for_every_consensus() -> None:
    made = admit(a_frozen_proposal())
    call = made.call
    cora = officer(call, "CC")
    _freeze_an_empty_list(call)
    with transaction.atomic():
        fire(CallLifecycle(call, at=CHECKING), "evaluate", actor=cora, at=CHECKING)

    with pytest.raises(Refused, match="no final consensus"), transaction.atomic():
        fire(CallLifecycle(call, at=CHECKING), "rank", actor=cora, at=CHECKING)


@pytest.mark.parametrize("event", ["cancel", "correct"])
def test_reason_is_asked_for(event: str) -> None:
    call = a_call()
    actor = officer(call, "AO")

    with pytest.raises(Refused), transaction.atomic():
        fire(CallLifecycle(call, at=OPENED), event, actor=actor, at=OPENED, reason=" ")
