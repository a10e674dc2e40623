from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core import mail
from core.models import Mail, Person
from tests.factories.parties import AT, a_person

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db


def a_mail(to: Person, number: int = 1) -> Mail:
    mail.send(
        to,
        subject=f"Word {number}",
        template="mail/parties/account/notice",
        context={"sentence": "The password of your account was changed."},
        key=f"{to.pk}-{number}",
        at=AT,
    )
    return Mail.objects.get(person=to, subject=f"Word {number}")


def test_messages_are_mine_only_and_note_the_first_reading(client: Client) -> None:
    person, other = a_person(), a_person()
    mine, theirs = a_mail(person), a_mail(other)
    client.force_login(person)
    page = client.get(reverse("parties:mail_list")).content.decode()
    assert reverse("parties:mail_detail", args=[mine.pk]) in page
    assert str(theirs.pk) not in page
    detail = client.get(reverse("parties:mail_detail", args=[mine.pk])).content.decode()
    assert "The password of your account was changed." in detail
    assert client.get(reverse("parties:mail_detail", args=[theirs.pk])).status_code == 404
    mine.refresh_from_db()
    first = mine.opened_at
    assert first is not None
    client.get(reverse("parties:mail_detail", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.opened_at == first


def test_messages_come_in_pages_of_fifty_with_the_same_queries(
    client: Client,
    no_offices: None,
    bare_header: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    del no_offices, bare_header
    person = a_person()
    client.force_login(person)
    for count in (1, 3, 51):
        for number in range(count):
            a_mail(person, number)
        with django_assert_num_queries(4):
            page = client.get(reverse("parties:mail_list")).content.decode()
    assert page.count('<th scope="row">') == 50
    rest = client.get(reverse("parties:mail_list"), {"page": 2}).content.decode()
    assert rest.count('<th scope="row">') == 1


def test_outbox_exists_in_the_demonstration_only(client: Client, settings: Settings) -> None:
    written = a_mail(a_person())
    client.force_login(a_person())
    urls = [
        reverse("parties:outbox_list"),
        reverse("parties:outbox_detail", args=[written.pk]),
    ]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    settings.DEMO = True
    pages = [client.get(url).content.decode() for url in urls]
    assert written.to_email in pages[0]
    assert "The password of your account was changed." in pages[1]
    written.refresh_from_db()
    assert written.opened_at is None, "only its recipient reads a mail for the first time"
    client.logout()
    assert client.get(urls[0]).status_code == 302
