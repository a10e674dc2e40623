from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from core.models import Mail, Person
from parties.permissions import is_member
from parties.rules.days import day_of
from tests.factories.parties import AT, a_person, an_invitation, an_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

from parties.actions import invitation as act
from parties.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    cache.clear()
    with clock.standing_at(AT + timedelta(hours=1)):
        yield


@pytest.fixture
def invitation(db: None) -> Invitation:
    del db
    return an_invitation(an_organisation(legal_name="Loom Ltd"))


@pytest.fixture
def link(invitation: Invitation) -> str:
    text = Mail.objects.get(to_email=invitation.email).text
    found = re.search(r"/invitations/[\w-]+/", text)
    assert found
    return found[0]


def test_visitor_reads_who_invites_to_what_and_may_sign_up(client: Client, link: str) -> None:
    page = client.get(link).content.decode()
    assert "You are invited to act for Loom Ltd as member" in page
    assert f"{reverse('account_signup')}?next={quote(link, safe='')}" in page


def test_whole_road_from_the_mail_through_sign_up_to_the_organisation(
    client: Client, link: str, invitation: Invitation
) -> None:
    client.get(link)
    answer = client.post(
        f"{reverse('account_signup')}?next={link}",
        {
            "full_name": "Nora New",
            "email": "new@example.org",
            "password1": "a lattice of green leaves",
            "next": link,
        },
    )
    assert answer["Location"] == link, "the token proved the address: no second mail"
    assert "Accept the invitation" in client.get(link).content.decode()
    answer = client.post(f"{link}accept/")
    organisation = invitation.organisation
    assert organisation is not None
    assert answer["Location"] == organisation.get_absolute_url()
    person = Person.objects.get(email="new@example.org")
    assert is_member(person, organisation.pk, on_date=day_of(clock.now()))
    assert Mail.objects.filter(subject__contains="Your code").count() == 0


def test_known_person_signs_in_and_comes_back(client: Client, link: str) -> None:
    a_person(email="new@example.org", password="a lattice of green leaves")
    answer = client.post(
        reverse("account_login"),
        {"login": "new@example.org", "password": "a lattice of green leaves", "next": link},
    )
    assert answer["Location"] == link


def test_visitor_who_accepts_is_sent_to_sign_in(client: Client, link: str) -> None:
    answer = client.post(f"{link}accept/")
    assert answer["Location"].startswith(reverse("account_login"))


def test_other_address_reads_what_to_do_and_cannot_accept(client: Client, link: str) -> None:
    client.force_login(a_person(email="other@example.org"))
    page = client.get(link).content.decode()
    assert "signed in with another address" in page
    assert "Accept the invitation" not in page
    answer = client.post(f"{link}accept/")
    assert answer.status_code == 409
    assert "sent to another address" in answer.content.decode()


def test_used_and_expired_links_say_so(client: Client, link: str, invitation: Invitation) -> None:
    with clock.standing_at(invitation.expires_at + timedelta(seconds=1)):
        assert "can no longer be used" in client.get(link).content.decode()
    client.force_login(a_person(email="new@example.org"))
    client.post(f"{link}accept/")
    assert "can no longer be used" in client.get(link).content.decode()
    assert client.post(f"{link}accept/").status_code == 409


def test_other_purposes_lead_where_their_app_says_or_to_ones_own_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(act, "_handlers", {})
    monkeypatch.setattr(act, "_landings", {})
    client.force_login(a_person(email="expert@example.org"))
    landed = []
    for _round in range(2):
        act.invite(
            purpose=Invitation.Purpose.BE_EXPERT,
            email="expert@example.org",
            about="evaluate proposals",
            actor=a_person(),
            at=AT,
        )
        tokens = re.findall(
            r"/invitations/([\w-]+)/",
            "".join(mail.text for mail in Mail.objects.filter(to_email="expert@example.org")),
        )
        fresh = [t for t in tokens if (i := act.by_token(t)) and i.state == i.State.SENT]
        landed.append(client.post(reverse("parties:invitation_accept", args=fresh))["Location"])
        act.on_accept(
            Invitation.Purpose.BE_EXPERT, lambda *_a, **_k: None, landing=lambda _i: "/x/"
        )
    assert landed == [reverse("parties:person_detail"), "/x/"]


def test_guessed_link_does_not_exist(client: Client) -> None:
    url = reverse("parties:invitation_open", args=["guess"])
    assert client.get(url).status_code == 404
    client.force_login(a_person())
    assert client.post(f"{url}accept/").status_code == 404


def test_expired_link_proves_no_address(client: Client, link: str, invitation: Invitation) -> None:
    with clock.standing_at(invitation.expires_at + timedelta(seconds=1)):
        client.get(link)
    assert "account_verified_email" not in client.session
