"""A world that is handed out is the one that the road would make; nobody can tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from core import documents
from core.models import Document, Job, Person
from tests.factories.parties import a_person
from tests.staging import staged

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

AT = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
walked: list[str] = []


@staged
def a_world(*, name: str = "Ada") -> tuple[Person, Document]:
    """A person with a document and a job that waits for the commit."""
    walked.append(name)
    person = a_person(full_name=name)
    paper = documents.store(
        name.encode(),
        kind="sample",
        name="a.txt",
        media_type="text/plain",
        actor=person,
        at=AT,
    )
    transaction.on_commit(lambda: walked.append("committed"))
    return person, paper


@staged
def a_larger_world() -> tuple[Person, Document, Person]:
    """A road that begins with another one."""
    person, paper = a_world(name="Within")
    walked.append("Larger")
    return person, paper, a_person(full_name="Larger")


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """Each of these tests rolls back."""


@pytest.mark.parametrize("time", range(8))
def test_after_three_times_at_most_it_is_handed_out(time: int) -> None:
    person, paper = a_world(name="Third")
    assert walked.count("Third") <= 3
    assert Person.objects.get(pk=person.pk).full_name == "Third"
    assert documents.read(Document.objects.get(pk=paper.pk)) == b"Third"
    person.full_name = "Changed"
    person.save()


@pytest.mark.parametrize("time", [1, 2, 3])
def test_what_a_test_adds_is_gone_afterwards(time: int) -> None:
    a_world(name="Gone")
    assert Person.objects.filter(full_name="Visitor").count() == 0
    a_person(full_name="Visitor")


@pytest.mark.parametrize("time", range(8))
def test_a_world_is_made_on_top_of_another(time: int) -> None:
    if time < 3:
        a_world(name="Within")
        return
    person, paper, other = a_larger_world()
    assert walked.count("Within") <= 2
    assert walked.count("Larger") <= 2
    names = set(Person.objects.filter(pk__in=[person.pk, other.pk]).values_list("full_name"))
    assert names == {("Within",), ("Larger",)}
    assert documents.read(Document.objects.get(pk=paper.pk)) == b"Within"
    other.full_name = "Changed"
    other.save()


@pytest.mark.parametrize("time", range(5))
def test_a_test_may_close_its_connection(time: int) -> None:
    person, _ = a_world(name="Closed")
    assert Person.objects.get(pk=person.pk).full_name == "Closed"
    connection.close()


@pytest.mark.parametrize("time", [1, 2, 3])
def test_without_a_world_nothing_of_it_is_there(time: int) -> None:
    assert Person.objects.filter(full_name__in=["Third", "Gone", "Twice"]).count() == 0


@pytest.mark.parametrize("time", [1, 2, 3])
def test_a_second_one_in_the_same_test_is_walked(time: int) -> None:
    first, _ = a_world(name="Twice")
    before = len(walked)
    second, _ = a_world(name="Twice")
    assert len(walked) == before + 1
    assert first.pk != second.pk
    assert Person.objects.filter(full_name="Twice").count() == 2


@pytest.mark.parametrize("time", [1, 2, 3])
def test_a_test_that_has_written_walks(time: int) -> None:
    a_person(full_name="Before")
    before = len(walked)
    a_world(name="Late")
    assert len(walked) == before + 1
    assert Person.objects.filter(full_name="Before").count() == 1


@pytest.mark.parametrize("time", [1, 2, 3])
def test_what_waits_for_the_commit_waits_again(
    time: int, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_world(name="Waiting")
    assert walked[-1] == "committed"


@pytest.mark.parametrize("time", [1, 2, 3])
def test_guards_stand_in_a_world_too(time: int) -> None:
    _, paper = a_world(name="Guarded")
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(name="b.txt")
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(f"DROP TABLE {Job._meta.db_table}")
