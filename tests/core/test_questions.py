from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from core.models import Mail, Person
from core.questions import ask

pytestmark = pytest.mark.django_db
DAY = date(2022, 2, 21)
WRITTEN = datetime(2022, 2, 21, 9, 0, tzinfo=UTC)


def mails(person: Person, _on: date) -> QuerySet[Mail]:
    return Mail.objects.filter(person=person)


def none(_person: Person, _on: date) -> QuerySet[Mail]:
    return Mail.objects.none()


def opened(person: Person, _on: date) -> QuerySet[Mail]:
    return Mail.objects.filter(person=person, opened_at__isnull=False)


def of_the_day(person: Person, on: date) -> QuerySet[Mail]:
    return Mail.objects.filter(person__in=Person.objects.filter(pk=person.pk), written_at__date=on)


def certainly(_person: Person, _on: date) -> bool:
    return True


def seven(_person: Person, _on: date) -> int:
    return 7


def of_my_name(person: Person, on: date) -> QuerySet[Mail]:
    return Mail.objects.filter(subject=f"{person.pk} on {on}")


def a_person(name: str, *, mails: int) -> Person:
    person = Person.objects.create_user(f"{name}@example.org", full_name=name)
    for number in range(mails):
        Mail.objects.create(
            person=person,
            to_email=person.email,
            subject=str(number),
            text="x",
            written_at=WRITTEN,
        )
    return person


@pytest.fixture
def mira() -> Person:
    return a_person("Mira", mails=2)


def test_all_questions_are_one_statement(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answers = ask(
            mira, on=DAY, whether=[mails, none, opened, certainly, mails], how_many=[seven]
        )
    assert answers == {mails: True, none: False, opened: False, certainly: True, seven: 7}


def test_rows_are_counted_in_the_same_statement(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answers = ask(mira, on=DAY, whether=[opened], how_many=[mails, none])
    assert answers == {opened: False, mails: 2, none: 0}


def test_what_needs_no_database_asks_none(
    mira: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answers = ask(mira, on=DAY, whether=[certainly], how_many=[seven])
    assert answers == {certainly: True, seven: 7}


def test_a_person_who_was_never_saved_has_nothing(mira: Person) -> None:
    nobody: Any = Person(email="nobody@example.org")
    answers = ask(nobody, on=DAY, whether=[mails], how_many=[seven])
    assert answers == {mails: 0, seven: 7}


def test_one_statement_serves_every_person_and_every_day(mira: Person) -> None:
    written: list[Person] = []

    def counting(person: Person, on: date) -> QuerySet[Mail]:
        written.append(person)
        return of_the_day(person, on)

    other, before = a_person("Olli", mails=1), DAY - timedelta(days=1)
    found = [
        ask(person, on=day, how_many=[counting])[counting]
        for person in (mira, other)
        for day in (before, DAY)
    ]
    assert found == [0, 2, 0, 1]
    assert mira not in written
    assert len(written) == 2


def test_answers_are_never_kept(mira: Person) -> None:
    assert ask(mira, on=DAY, how_many=[mails]) == {mails: 2}
    Mail.objects.filter(person=mira, subject="0").update(person=a_person("Olli", mails=0))
    assert ask(mira, on=DAY, how_many=[mails]) == {mails: 1}


def test_a_question_that_works_with_key_or_day_is_refused(mira: Person) -> None:
    with pytest.raises(ValueError, match="more than the person's key and the day"):
        ask(mira, on=DAY, whether=[of_my_name])
