from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.history import kept_until_grown, lengths
from core.models import Mail, Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.databases import TemplateDatabase


def a_mail(person: Person) -> None:
    Mail.objects.create(
        person=person,
        to_email=person.email,
        subject="x",
        text="x",
        written_at=person.date_joined,
    )


def a_counter(asked: list[str]) -> Callable[[str], int]:
    @kept_until_grown(Mail)
    def how_many(key: str) -> int:
        asked.append(key)
        return Mail.objects.count()

    return how_many


def test_what_was_found_is_kept_until_the_history_grows(fresh_database: TemplateDatabase) -> None:
    asked: list[str] = []
    how_many, mira = a_counter(asked), Person.objects.create_user("mira@example.org")
    assert [how_many("a"), how_many("a"), how_many("b")] == [0, 0, 0]
    assert asked == ["a", "b"]
    a_mail(mira)
    assert [how_many("a"), how_many("a")] == [1, 1]
    assert asked == ["a", "b", "a"]


def test_nothing_is_kept_that_may_be_undone(fresh_database: TemplateDatabase) -> None:
    asked: list[str] = []
    how_many, mira = a_counter(asked), Person.objects.create_user("mira@example.org")
    with transaction.atomic():
        a_mail(mira)
        assert [how_many("a"), how_many("a")] == [1, 1]
        transaction.set_rollback(True)
    a_mail(mira)
    assert how_many("a") == 1
    assert asked == ["a", "a", "a"]


def test_each_database_has_its_own(fresh_database: TemplateDatabase) -> None:
    asked: list[str] = []
    how_many, mira = a_counter(asked), Person.objects.create_user("mira@example.org")
    a_mail(mira)
    assert how_many("a") == 1
    with fresh_database.branched():
        assert how_many("a") == 1
        assert asked == ["a", "a"]


def test_lengths_are_one_statement(fresh_database: TemplateDatabase) -> None:
    a_mail(Person.objects.create_user("mira@example.org"))
    assert lengths(Mail, Person) == (1, Person.objects.count())
