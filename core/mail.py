"""Mail: a row in the same transaction as its cause, sent by a job after the commit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from core import clock
from core.jobs import enqueue_all, job
from core.models import Job, Mail, Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.jobs import LastStep

KEYS = UUID("5b0f6f9e-6c1a-4f0e-9d39-5a6f0f1e2b77")
"""Namespace of the messages' ids: one key, one message."""


def send(
    to: Person | str,
    *,
    subject: str,
    template: str,
    context: dict[str, Any],
    key: str,
    at: datetime,
) -> None:
    """Write one message to one recipient; the same ``key`` leaves once, however often it is asked.

    ``template`` names the text part without its ``.txt``; the HTML part shows the same words in
    the house style.
    """
    _write([_message(to, key=key, at=at, subject=subject, template=template, context=context)])


def send_each(
    to: Iterable[Person],
    *,
    subject: str,
    template: str,
    context: dict[str, Any],
    key: str,
    at: datetime,
) -> int:
    """Write the same message to several people, as ``send`` does; returns to how many."""
    rows = [
        _message(
            person,
            key=f"{key}:{person.pk}",
            at=at,
            subject=subject,
            template=template,
            context=context,
        )
        for person in to
    ]
    _write(rows)
    return len(rows)


def _message(
    to: Person | str,
    *,
    key: str,
    at: datetime,
    subject: str,
    template: str,
    context: dict[str, Any],
) -> Mail:
    person = to if isinstance(to, Person) else None
    words = {"person": person, "subject": subject, "site_url": settings.SITE_URL} | context
    return Mail(
        pk=uuid5(KEYS, key),
        person=person,
        to_email=to.email if isinstance(to, Person) else to,
        subject=subject,
        text=render_to_string(f"{template}.txt", words),
        written_at=at,
    )


def _write(rows: list[Mail]) -> None:
    if not rows:
        return
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    payloads = {f"mail:{row.pk}": {"mail": str(row.pk)} for row in rows}
    enqueue_all("mail", payloads, at=rows[0].written_at)


@job("mail")
def deliver(row: Job) -> LastStep | None:
    """Hand one message to the mail server; the worker that has the job is alone with it.

    No lock is held meanwhile: a slow mail server keeps nobody waiting.
    """
    mail = Mail.objects.get(pk=row.payload["mail"])
    if mail.sent_at is not None:
        return None
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to_email],
        headers={"Message-ID": f"<{mail.pk}@{settings.MAIL_DOMAIN}>"},
    )
    words = {"subject": mail.subject, "text": mail.text, "site_url": settings.SITE_URL}
    message.attach_alternative(render_to_string("mail/plain.html", words), "text/html")
    message.send()
    return partial(_sent, mail, at=clock.now())


def _sent(mail: Mail, *, at: datetime) -> None:
    mail.sent_at = at
    mail.save(update_fields=["sent_at"])
