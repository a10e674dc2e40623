"""All states × events × roles: exactly the moves of these tables, and no other."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from core import gate, tags
from core.errors import DomainError, Refused
from core.lifecycle import arrows, available
from core.models import Person
from parties.actions import bank_account, invitation
from parties.lifecycle import BankAccountLifecycle, InvitationLifecycle
from parties.models import BankAccount, Invitation
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_bank_account,
    a_member,
    a_person,
    a_validated_account,
    an_invitation,
    an_organisation,
    the_representative,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.lifecycle import Lifecycle
    from parties.models import Organisation

pytestmark = pytest.mark.django_db
B, V = BankAccount.State, Invitation.State
LATER = AT + timedelta(days=20)

ACCOUNT_MOVES = {
    (B.PROPOSED, "validate", "accountant"): B.VALIDATED,
    (B.PROPOSED, "refuse", "accountant"): B.REFUSED,
    (B.PROPOSED, "withdraw", "representative"): B.WITHDRAWN,
    (B.PROPOSED, "withdraw", "treasurer"): B.WITHDRAWN,
    (B.VALIDATED, "block", "accountant"): B.BLOCKED,
    (B.VALIDATED, "block", "representative"): B.BLOCKED,
    (B.VALIDATED, "block", "treasurer"): B.BLOCKED,
    (B.VALIDATED, "replace", "accountant"): B.REPLACED,
}
INVITATION_MOVES = {
    (V.SENT, "accept", "invited"): V.ACCEPTED,
    (V.SENT, "withdraw", "representative"): V.WITHDRAWN,
}


def account_in(state: str, *, of: Organisation, officer: Person) -> BankAccount:
    account = a_bank_account(of)
    facts: dict[str, Any] = {"account_id": account.pk, "at": AT, "reason": "Because."}
    boss = the_representative(of)
    if state in {B.VALIDATED, B.BLOCKED, B.REPLACED}:
        bank_account.validate(**facts, actor=officer)
    if state == B.BLOCKED:
        bank_account.block(**facts, actor=boss)
    if state == B.REPLACED:
        a_validated_account(of, officer=officer, at=LATER)
    if state == B.REFUSED:
        bank_account.refuse(**facts, actor=officer)
    if state == B.WITHDRAWN:
        bank_account.withdraw(**facts, actor=boss)
    account.refresh_from_db()
    return account


def invitation_in(state: str, *, of: Organisation) -> Invitation:
    made = an_invitation(of)
    if state == V.WITHDRAWN:
        invitation.withdraw(invitation_id=made.pk, actor=the_representative(of), at=AT)
    if state == V.EXPIRED:
        over = made.expires_at + timedelta(seconds=1)
        with transaction.atomic():
            lifecycle = InvitationLifecycle(made, at=over)
            gate.fire(lifecycle, "expire", actor=Person.objects.system(), at=over)
    if state == V.ACCEPTED:
        person = Person.objects.get(email=made.email)
        with transaction.atomic():
            lifecycle = InvitationLifecycle(made, at=AT)
            gate.fire(lifecycle, "accept", actor=person, at=AT)
    made.refresh_from_db()
    return made


def outcome(lifecycle: Lifecycle[Any], event: str, *, actor: Person) -> str | type[DomainError]:
    """The state that the event leads to, or the kind of refusal; nothing stays."""
    try:
        with transaction.atomic():
            gate.fire(lifecycle, event, actor=actor, at=AT, reason="Because.")
            transaction.set_rollback(True)
            return str(lifecycle.record.state)
    except DomainError as refusal:
        return type(refusal)


def walked(
    lifecycle_class: type[Lifecycle[Any]],
    make: Callable[[str], Any],
    *,
    states: list[str],
    people: dict[str, Person],
) -> dict[tuple[str, str, str], str]:
    """Every state × event × person that moves; all others were refused in the right way."""
    drawn = {(arrow.source, arrow.event) for arrow in arrows(lifecycle_class)}
    moved = {}
    made = {state: make(state) for state in states}
    events = {event for _source, event in drawn}
    for state, event, role in itertools.product(states, sorted(events), people):
        record = type(made[state]).objects.get(pk=made[state].pk)
        result = outcome(lifecycle_class(record, at=AT), event, actor=people[role])
        if isinstance(result, str):
            moved[state, event, role] = result
        else:
            assert result is Refused or (state, event) in drawn
    return moved


def test_bank_account_moves_exactly_as_its_table_says(accountant: Person) -> None:
    of = an_organisation()
    people = {
        "accountant": accountant,
        "representative": the_representative(of),
        "treasurer": a_member(of, function=FUNCTIONS.FINANCIAL_SIGNATORY),
        "member": a_member(of),
        "stranger": a_person(),
        "system": Person.objects.system(),
    }

    def make(state: str) -> BankAccount:
        return account_in(state, of=an_organisation_of(people), officer=accountant)

    moved = walked(BankAccountLifecycle, make, states=B.values, people=people)
    assert moved == ACCOUNT_MOVES


def an_organisation_of(people: dict[str, Person]) -> Organisation:
    """Another organisation with the same people in the same functions."""
    made = an_organisation(representative=people["representative"])
    a_member(made, function=FUNCTIONS.FINANCIAL_SIGNATORY, person=people["treasurer"])
    a_member(made, person=people["member"])
    return made


def test_invitation_moves_exactly_as_its_table_says() -> None:
    of = an_organisation()
    people = {
        "representative": the_representative(of),
        "member": a_member(of),
        "invited": a_person(email="new@example.org"),
        "stranger": a_person(),
        "system": Person.objects.system(),
    }
    moved = walked(
        InvitationLifecycle,
        lambda state: invitation_in(state, of=of),
        states=V.values,
        people=people,
    )
    assert moved == INVITATION_MOVES


def test_only_time_and_the_system_expire_an_invitation() -> None:
    made = an_invitation(an_organisation())
    over = made.expires_at + timedelta(seconds=1)
    lifecycle = InvitationLifecycle(made, at=over)
    assert outcome(lifecycle, "expire", actor=Person.objects.system()) is Refused, "not yet at AT"
    with transaction.atomic():
        gate.fire(lifecycle, "expire", actor=Person.objects.system(), at=over)
    assert made.state == V.EXPIRED


def test_buttons_are_those_that_would_work(accountant: Person) -> None:
    of = an_organisation()
    account = a_bank_account(of)

    def buttons(person: Person) -> list[str]:
        return sorted(e.name for e in available(BankAccountLifecycle(account, at=AT), person))

    assert buttons(accountant) == ["refuse", "validate"]
    assert buttons(the_representative(of)) == ["withdraw"]
    assert buttons(a_person()) == []


@pytest.mark.parametrize(
    ("lifecycle_class", "states", "final"),
    [
        (BankAccountLifecycle, B, {B.REFUSED, B.WITHDRAWN, B.REPLACED, B.BLOCKED}),
        (InvitationLifecycle, V, {V.ACCEPTED, V.WITHDRAWN, V.EXPIRED}),
    ],
)
def test_every_state_is_reached_and_every_other_than_the_last_can_be_left(
    lifecycle_class: type[Lifecycle[Any]], states: Any, final: set[str]
) -> None:
    drawn = arrows(lifecycle_class)
    first = states.values[0]
    assert {arrow.target for arrow in drawn} | {first} == set(states.values)
    assert {arrow.source for arrow in drawn} == set(states.values) - final


@pytest.mark.parametrize(("noun", "states"), [("bankaccount", B), ("invitation", V)])
def test_every_state_has_words(noun: str, states: Any) -> None:
    assert set(tags.registered()[noun]) == set(states.values)
