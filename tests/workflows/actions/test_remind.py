"""People hear once of what falls due within three days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clockwork
from core.models import Mail
from tests.factories import grants as proposals
from workflows.actions.remind import AHEAD, remind_due

pytestmark = pytest.mark.django_db


def reminders() -> list[Mail]:
    return list(Mail.objects.filter(subject__startswith="Due soon").order_by("to_email"))


def test_three_days_before_the_deadline_the_applicant_is_reminded_once() -> None:
    one = proposals.a_proposal()
    deadline = one.call.deadline_at
    assert remind_due(deadline - AHEAD - timedelta(minutes=1)) == 0
    assert remind_due(deadline - AHEAD) == 1
    assert remind_due(deadline - timedelta(days=1)) == 0
    (mail,) = reminders()
    assert mail.to_email == proposals.the_applicant(one).email
    assert mail.subject == f"Due soon: Finish and submit {one.acronym}"
    assert f"/proposals/{one.pk}/" in mail.text
    assert "17:00 Brussels" in mail.text


def test_what_is_overdue_or_has_no_day_is_not_reminded_of() -> None:
    one = proposals.a_frozen_proposal()
    assert remind_due(one.call.deadline_at + timedelta(minutes=1)) == 0
    assert reminders() == []


def test_the_clock_runs_it() -> None:
    one = proposals.a_proposal()
    moved = clockwork.tick(at=one.call.deadline_at - timedelta(days=2))
    assert moved["work lists: remind"] == 1
    assert len(reminders()) == 1


def test_nobody_is_reminded_of_what_has_been_done_meanwhile() -> None:
    one = proposals.a_submitted_proposal()
    assert remind_due(one.call.deadline_at - timedelta(days=1)) == 0
