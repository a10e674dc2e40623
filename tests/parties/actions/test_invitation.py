from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail, Person
from parties.actions import invitation as act
from parties.models import Invitation
from parties.permissions import is_member
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_member,
    a_person,
    an_invitation,
    an_organisation,
    the_representative,
)

pytestmark = pytest.mark.django_db
S = Invitation.State
P = Invitation.Purpose


def token_in_the_mail(to: str) -> str:
    """What only the reader of that mail knows."""
    text = (
        Mail.objects.filter(to_email=to, subject__startswith="You are invited")
        .latest("written_at")
        .text
    )
    found = re.search(r"/invitations/([\w-]+)/", text)
    assert found, text
    return found[1]


def test_invite_mails_the_token_and_keeps_only_its_fingerprint() -> None:
    made = an_invitation(an_organisation(legal_name="Loom Ltd"), email=" New@Example.org ")
    token = token_in_the_mail("new@example.org")
    assert act.by_token(token) == made
    assert token not in made.token_hash
    assert made.about == "act for Loom Ltd as member"
    assert made.expires_at == AT + timedelta(days=14)


def test_accept_brings_the_membership_once() -> None:
    of = an_organisation()
    an_invitation(of)
    token = token_in_the_mail("new@example.org")
    person = a_person(email="new@example.org")
    act.accept(token=token, actor=person, at=AT)
    assert is_member(person, of.pk, on_date=AT.date())
    with pytest.raises(Refused, match="is now: accepted"):
        act.accept(token=token, actor=person, at=AT)
    assert person.memberships.count() == 1
    told = Mail.objects.get(subject__contains="accepted your invitation")
    assert told.person == the_representative(of)


def test_accept_by_another_address_is_refused_and_nothing_happens() -> None:
    of = an_organisation()
    made = an_invitation(of)
    token = token_in_the_mail("new@example.org")
    stranger = a_person()
    with pytest.raises(Refused, match="sent to another address"):
        act.accept(token=token, actor=stranger, at=AT)
    made.refresh_from_db()
    assert made.state == S.SENT
    assert not is_member(stranger, of.pk, on_date=AT.date())


@pytest.mark.parametrize(("late", "accepted"), [(0, True), (1, False)])
def test_accept_in_time_to_the_microsecond(late: int, accepted: bool) -> None:
    made = an_invitation(an_organisation())
    token = token_in_the_mail("new@example.org")
    person = a_person(email="new@example.org")
    at = made.expires_at + timedelta(microseconds=late)
    if accepted:
        assert act.accept(token=token, actor=person, at=at).state == S.ACCEPTED
        return
    with pytest.raises(Refused, match="has expired"):
        act.accept(token=token, actor=person, at=at)


def test_guessed_token_is_not_found() -> None:
    assert act.by_token("guess") is None
    with pytest.raises(NotAllowed):
        act.accept(token="guess", actor=a_person(), at=AT)


def test_withdrawn_invitation_no_longer_works() -> None:
    of = an_organisation()
    made = an_invitation(of)
    token = token_in_the_mail("new@example.org")
    act.withdraw(invitation_id=made.pk, actor=the_representative(of), at=AT)
    with pytest.raises(Refused, match="is now: withdrawn"):
        act.accept(token=token, actor=a_person(email="new@example.org"), at=AT)


def test_withdraw_by_a_plain_member_is_not_allowed() -> None:
    of = an_organisation()
    made = an_invitation(of)
    with pytest.raises(NotAllowed):
        act.withdraw(invitation_id=made.pk, actor=a_member(of), at=AT)


def test_invite_by_a_plain_member_is_not_allowed() -> None:
    of = an_organisation()
    with pytest.raises(NotAllowed):
        act.invite_member(
            organisation_id=of.pk,
            email="x@example.org",
            function=FUNCTIONS.MEMBER,
            actor=a_member(of),
            at=AT,
        )


def test_invite_to_an_address_that_is_none_quotes_it() -> None:
    with pytest.raises(DomainError, match="“not an address”") as refused:
        an_invitation(an_organisation(), email="not an address")
    assert refused.value.field == "email"


def test_invite_a_member_again_is_refused() -> None:
    of = an_organisation()
    person = a_member(of)
    with pytest.raises(DomainError, match="holds this function already"):
        an_invitation(of, email=person.email.upper())


def test_expire_due_moves_what_is_over_and_only_once() -> None:
    of = an_organisation()
    old = an_invitation(of, email="old@example.org")
    act.withdraw(
        invitation_id=an_invitation(of, email="b@example.org").pk,
        actor=the_representative(of),
        at=AT,
    )
    at = old.expires_at + timedelta(seconds=1)
    assert act.expire_due(old.expires_at) == 0
    assert act.expire_due(at) == 1
    assert act.expire_due(at) == 0
    old.refresh_from_db()
    assert old.state == S.EXPIRED
    assert old.transitions.get(event="expire").actor == Person.objects.system()


def test_other_purposes_run_the_handler_of_the_app_above_in_the_same_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[Invitation, Person, datetime]] = []

    def handler(invitation: Invitation, *, person: Person, at: datetime) -> None:
        seen.append((invitation, person, at))
        raise DomainError("The proposal was withdrawn meanwhile.")

    monkeypatch.setattr(act, "_handlers", {})
    monkeypatch.setattr(act, "_landings", {})
    act.on_accept(P.JOIN_PROPOSAL, handler, landing=lambda invitation: f"/x/{invitation.pk}/")
    act.on_accept(P.JOIN_PROPOSAL, handler)
    made = act.invite(
        purpose=P.JOIN_PROPOSAL,
        email="partner@example.org",
        about="take part in AURORA",
        actor=a_person(),
        at=AT,
    )
    person = a_person(email="partner@example.org")
    with pytest.raises(DomainError, match="withdrawn meanwhile"):
        act.accept(token=token_in_the_mail("partner@example.org"), actor=person, at=AT)
    assert [(found.pk, who, at) for found, who, at in seen] == [(made.pk, person, AT)]
    made.refresh_from_db()
    assert made.state == S.SENT
    assert act.landing_of(made) == f"/x/{made.pk}/"


def test_purpose_without_a_landing_leads_nowhere_of_its_own() -> None:
    assert act.landing_of(an_invitation(an_organisation())) is None


def test_handler_of_an_unknown_purpose_is_a_bug() -> None:
    with pytest.raises(ValueError):
        act.on_accept("dance", lambda *_a, **_k: None)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "eaten"},
        {"purpose": "dance"},
        {"state": S.ACCEPTED},
        {"organisation": None},
        {"expires_at": AT},
    ],
)
def test_database_refuses_what_the_action_never_writes(broken: dict[str, object]) -> None:
    made = an_invitation(an_organisation())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=made.pk).update(**broken)
