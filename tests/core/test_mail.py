"""A message is written with its cause and leaves once, in text and in the house style."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core import mail as post
from django.core.mail import EmailMultiAlternatives

from core import jobs, mail
from core.models import Job, Mail
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db
AT = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)


def a_message(key: str = "greeting:1") -> None:
    mail.send(
        a_person(full_name="Ada", email="ada@example.org"),
        subject="A greeting",
        template="mail/vouchers/letter",
        context={"paragraphs": ["Two lines.", "And a second."], "path": "/"},
        key=key,
        at=AT,
    )


def test_it_leaves_after_the_commit_as_text_and_as_html(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_message()
        assert post.outbox == []
    (message,) = post.outbox
    assert isinstance(message, EmailMultiAlternatives)
    assert message.to == ["ada@example.org"]
    assert "And a second." in message.body
    assert "And a second." in str(message.alternatives[0][0])
    assert Mail.objects.get().sent_at is not None
    assert Job.objects.get().status == Job.Status.DONE


def test_a_second_run_sends_nothing_more(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        a_message()
    job = Job.objects.get()
    assert jobs.run(job.pk) is False
    Job.objects.update(status=Job.Status.PENDING)
    assert jobs.run(job.pk) is True
    assert len(post.outbox) == 1


def test_what_could_not_be_sent_is_not_marked_as_sent(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        a_message()
    assert Mail.objects.get().sent_at is None
    assert Job.objects.get().status == Job.Status.PENDING
