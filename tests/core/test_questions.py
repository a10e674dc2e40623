from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from core.models import Mail, Person
from core.questions import ask

pytestmark = pytest.mark.django_db


def mails(person: Person) -> QuerySet[Mail]:
    return Mail.objects.filter(person=person)


def none(_person: Person) -> QuerySet[Mail]:
    return Mail.objects.none()


def opened(person: Person) -> QuerySet[Mail]:
    return Mail.objects.filter(person=person, opened_at__isnull=False)


def certainly(_person: Person) -> bool:
    return True


def seven(_person: Person) -> int:
    return 7


@pytest.fixture
def mira() -> Person:
    person = Person.objects.create_user("mira@example.org", full_name="Mira Fernwood")
    for subject in ("one", "two"):
        Mail.objects.create(
            person=person,
            to_email=person.email,
            subject=subject,
            text="x",
            written_at=person.date_joined,
        )
    return person


def test_all_questions_are_one_statement(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answers = ask(mira, whether=[mails, none, opened, certainly, mails], how_many=[seven])
    assert answers == {mails: True, none: False, opened: False, certainly: True, seven: 7}


def test_rows_are_counted_in_the_same_statement(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answers = ask(mira, whether=[opened], how_many=[mails, none])
    assert answers == {opened: False, mails: 2, none: 0}


def test_what_needs_no_database_asks_none(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert ask(mira, whether=[certainly], how_many=[seven]) == {certainly: True, seven: 7}


def test_a_person_who_was_never_saved_has_nothing(mira: Person) -> None:
    nobody: Any = Person(email="nobody@example.org")
    assert ask(nobody, whether=[mails], how_many=[seven]) == {mails: 0, seven: 7}
