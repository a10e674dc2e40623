from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from core import documents, jobs
from core.models import Document, Job, Person

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db
AT = datetime(2024, 5, 17, 12, tzinfo=UTC)
ran: list[str] = []


@jobs.job("test-note")
def _note(row: Job) -> None:
    ran.append(row.payload["text"])


@jobs.job("test-break")
def _break(row: Job) -> None:
    raise RuntimeError(row.payload["text"])


def a_paper(name: str) -> Document:
    return documents.store(
        name.encode(),
        kind="sample",
        name=name,
        media_type="text/plain",
        actor=Person.objects.system(),
        at=AT,
    )


@pytest.fixture(autouse=True)
def _forget() -> None:
    ran.clear()


def test_enqueue_runs_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        row = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "once"})
        assert ran == []
    row.refresh_from_db()
    assert ran == ["once"]
    assert row.status == Job.Status.DONE


def test_enqueue_same_key_is_one_job() -> None:
    first = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "once"})
    second = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "twice"})
    assert first.pk == second.pk
    assert Job.objects.count() == 1


def _slow(row: Job) -> jobs.LastStep:
    """Its lease runs out while it prints, and another worker does the whole job meanwhile."""
    ran.append(f"drawn {row.attempts}")
    if row.attempts == 1:
        past = datetime.now(UTC) - timedelta(seconds=1)
        Job.objects.filter(pk=row.pk).update(lease_until=past)
        assert jobs.run(row.pk) is True
    return partial(a_paper, f"print {row.attempts}")


jobs.job("test-slow")(_slow)


@jobs.job("test-torn")
def _torn(_row: Job) -> jobs.LastStep:
    def keep() -> Document:
        a_paper("torn")
        raise RuntimeError("between the document and what refers to it")

    return keep


def test_who_lost_the_job_while_working_keeps_nothing() -> None:
    row = jobs.enqueue("test-slow", key="a", at=AT)
    assert jobs.run(row.pk) is False
    assert ran == ["drawn 1", "drawn 2"]
    paper = Document.objects.get(kind="sample")
    row.refresh_from_db()
    assert (row.status, row.result, paper.name) == (Job.Status.DONE, paper, "print_2")


def test_a_failure_after_the_job_was_lost_leaves_the_other_ones_end_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = jobs.enqueue("test-slow", key="a", at=AT)

    def fails(row: Job) -> None:
        _slow(row)
        if row.attempts == 1:
            raise RuntimeError("too late")

    monkeypatch.setitem(jobs._handlers, "test-slow", fails)
    assert jobs.run(row.pk) is False
    row.refresh_from_db()
    assert (row.status, row.error) == (Job.Status.DONE, "")


def test_a_document_is_kept_with_what_refers_to_it_or_not_at_all() -> None:
    row = jobs.enqueue("test-torn", key="a", at=AT)
    assert jobs.run(row.pk) is False
    row.refresh_from_db()
    assert row.status == Job.Status.PENDING
    assert not Document.objects.exists()


def test_run_twice_has_one_effect() -> None:
    row = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "once"})
    assert jobs.run(row.pk) is True
    assert jobs.run(row.pk) is False
    assert ran == ["once"]


def test_failure_is_put_back_with_its_reason_and_given_up_after_the_last_attempt() -> None:
    row = jobs.enqueue("test-break", key="a", at=AT, payload={"text": "no"})
    for attempt in range(1, jobs.ATTEMPTS_MAX + 1):
        assert jobs.run(row.pk) is False
        row.refresh_from_db()
        assert row.attempts == attempt
        assert row.error == "RuntimeError: no"
    assert row.status == Job.Status.FAILED
    assert row.pk not in jobs.waiting()


def test_waiting_finds_what_a_dead_worker_left() -> None:
    row = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "late"})
    past = datetime.now(UTC) - timedelta(seconds=1)
    Job.objects.filter(pk=row.pk).update(status=Job.Status.RUNNING, lease_until=past)
    assert jobs.waiting() == [row.pk]
    assert jobs.sweep() == 1
    assert ran == ["late"]


def test_waiting_leaves_a_live_worker_alone() -> None:
    row = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "x"})
    Job.objects.filter(pk=row.pk).update(status=Job.Status.RUNNING)
    jobs.progress(row, done=1, total=4, label="one")
    assert jobs.waiting() == []
    row.refresh_from_db()
    assert row.percent == 25


def test_held_writes_but_does_not_kick(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), jobs.held():
        row = jobs.enqueue("test-note", key="a", at=AT, payload={"text": "later"})
    assert ran == []
    assert jobs.waiting() == [row.pk]


def test_job_kind_has_one_handler() -> None:
    with pytest.raises(ValueError, match="two handlers"):
        jobs.job("test-note")(_break)


@jobs.job("test-paper")
def _paper(_row: Job) -> jobs.LastStep:
    return partial(a_paper, "drawn")


def test_what_was_drawn_ahead_is_kept_with_the_end_of_its_job() -> None:
    row = jobs.enqueue("test-paper", key="a", at=AT)
    drawn = jobs.draw(row.pk)
    assert drawn is not None
    assert Document.objects.count() == 0
    jobs.keep([drawn])
    jobs.keep([drawn])
    row.refresh_from_db()
    assert (row.status, row.attempts) == (Job.Status.DONE, 1)
    assert row.result == Document.objects.get()


def test_what_another_one_did_meanwhile_is_not_kept_twice() -> None:
    row = jobs.enqueue("test-paper", key="a", at=AT)
    drawn = jobs.draw(row.pk)
    assert drawn is not None
    assert jobs.run(row.pk) is True
    jobs.keep([drawn])
    assert Document.objects.count() == 1


def test_what_could_not_be_drawn_ahead_waits_as_before() -> None:
    row = jobs.enqueue("test-break", key="a", at=AT, payload={"text": "no ink"})
    assert jobs.draw(row.pk) is None
    row.refresh_from_db()
    assert (row.status, row.attempts) == (Job.Status.PENDING, 0)
