"""The one door: state first, then permission, then conditions; history in the same transaction."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from core import gate
from core.errors import NotAllowed, Refused
from core.gate import Move, fire, listen
from core.lifecycle import any_of, arrows, available, system_only, unmet
from core.models import Person
from grants.lifecycle.call import CallLifecycle
from grants.models import Call
from tests.factories.grants import a_call, a_draft_call, officer
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 1, 8, tzinfo=UTC)


def test_fire_moves_saves_and_writes_history() -> None:
    call = a_draft_call()
    lifecycle = CallLifecycle(call, at=AT)
    with transaction.atomic():
        fire(lifecycle, "publish", actor=officer(call, "AO"), at=AT, reason="as planned")
    call.refresh_from_db()
    line = call.transitions.order_by("-pk")[0]
    assert call.state == Call.State.PUBLISHED
    assert (line.event, line.source, line.target) == ("publish", "draft", "published")
    assert (line.actor, line.at, line.reason) == (officer(call, "AO"), AT, "as planned")


def test_fire_outside_a_transaction_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_draft_call()
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(AssertionError, match="lock the row first"):
        fire(CallLifecycle(call, at=AT), "publish", actor=officer(call, "AO"), at=AT)


def test_fire_wrong_state_comes_before_wrong_person() -> None:
    call = a_call()
    with transaction.atomic(), pytest.raises(Refused, match=r"is now: open. Somebody was faster"):
        fire(CallLifecycle(call, at=AT), "publish", actor=a_person(), at=AT)


def test_fire_wrong_person_is_not_allowed_and_nothing_moves() -> None:
    call = a_draft_call()
    with transaction.atomic(), pytest.raises(NotAllowed):
        fire(CallLifecycle(call, at=AT), "publish", actor=a_person(), at=AT)
    call.refresh_from_db()
    assert call.state == Call.State.DRAFT


def test_fire_unmet_condition_says_its_sentence() -> None:
    call = a_draft_call()
    late = datetime(2022, 9, 1, 8, tzinfo=UTC)
    with transaction.atomic(), pytest.raises(Refused, match="The deadline has passed"):
        fire(CallLifecycle(call, at=late), "publish", actor=officer(call, "AO"), at=late)


def test_listeners_hear_every_move_once_and_a_crash_undoes_the_act() -> None:
    heard: list[Move] = []
    call = a_draft_call()

    def crash(move: Move) -> None:
        heard.append(move)
        raise RuntimeError("listener")

    listen(Call, crash)
    listen(Call, crash)
    try:
        with pytest.raises(RuntimeError, match="listener"), transaction.atomic():
            fire(CallLifecycle(call, at=AT), "publish", actor=officer(call, "AO"), at=AT)
    finally:
        gate._listeners[Call].remove(crash)
    call.refresh_from_db()
    assert len(heard) == 1
    assert call.state == Call.State.DRAFT


def test_history_cannot_be_edited() -> None:
    call = a_draft_call()
    line = call.transitions.order_by("pk")[0]
    line.reason = "rewritten"
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()


def test_available_lists_what_this_person_may_do_now() -> None:
    call = a_draft_call()
    lifecycle = CallLifecycle(call, at=AT)
    mine = [event.name for event in available(lifecycle, officer(call, "AO"))]
    assert "publish" in mine
    assert available(lifecycle, a_person()) == []


def test_arrows_name_who_may_and_which_conditions() -> None:
    found = {(arrow.event, arrow.source): arrow for arrow in arrows(CallLifecycle)}
    arrow = found["publish", "draft"]
    assert arrow.target == "published"
    assert arrow.permission == "AO"
    assert "deadline_ahead" in arrow.conditions


def test_any_of_is_one_of_its_predicates_and_carries_their_names() -> None:
    either = any_of(system_only, lambda _lifecycle, person: person.full_name == "Vera")
    call = a_draft_call()
    lifecycle = CallLifecycle(call, at=AT)
    assert either(lifecycle, Person.objects.system())
    assert either(lifecycle, a_person(full_name="Vera"))
    assert not either(lifecycle, a_person())
    assert either.__name__.startswith("system_only_or_")


def test_unmet_is_falsy_and_speaks() -> None:
    sentence = unmet("Add the annex.")
    assert not sentence
    assert sentence.message == "Add the annex."
