"""What time itself does, and mail that leaves once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core import mail as outbox
from django.core.management import call_command

from core import clock, clockwork, mail
from core.errors import NotAllowed
from core.locks import locked
from core.models import Mail, Person
from core.tasks import run_job, tick

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

AT = datetime(2024, 5, 17, 12, tzinfo=UTC)


@pytest.fixture
def sweeps(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    mine: dict[str, object] = {}
    monkeypatch.setattr(clockwork, "_sweeps", mine)
    return mine


@pytest.mark.usefixtures("sweeps")
def test_tick_runs_in_order_and_survives_one_that_fails() -> None:
    ran: list[str] = []

    def broken(_at: datetime) -> int:
        raise RuntimeError("no")

    def early(_at: datetime) -> int:
        ran.append("early")
        return 1

    def late(_at: datetime) -> int:
        ran.append("late")
        return 2

    clockwork.on_tick("late", late, order=90)
    clockwork.on_tick("broken", broken, order=20)
    clockwork.on_tick("early", early, order=10)
    assert clockwork.tick(at=AT) == {"early": 1, "broken": -1, "late": 2}
    assert ran == ["early", "late"]


def test_clock_stands_where_it_is_told() -> None:
    with clock.standing_at(AT):
        assert clock.now() == AT
    assert clock.now() > AT


@pytest.mark.django_db
@pytest.mark.usefixtures("sweeps")
def test_tick_command_and_task_run_the_sweeps(capsys: pytest.CaptureFixture[str]) -> None:
    clockwork.on_tick("nothing", lambda _at: 0)
    call_command("tick")
    tick()
    assert "nothing: 0" in capsys.readouterr().out


@pytest.mark.django_db
def test_mail_is_written_with_its_cause_and_leaves_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = Person.objects.create_user("ada@example.org", full_name="Ada Almond")
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            mail.send(
                person,
                subject="A claim to check",
                template="vouchers/mail/claim",
                context={"news": "Please look.", "note": "", "path": "/claims/1/"},
                key="once",
                at=AT,
            )
    row = Mail.objects.get()
    assert row.sent_at is not None
    assert [message.to for message in outbox.outbox] == [["ada@example.org"]]
    assert "Please look." in outbox.outbox[0].body
    assert row.pk.hex in outbox.outbox[0].extra_headers["Message-ID"].replace("-", "")
    assert run_job(str(row.pk)) is False


@pytest.mark.django_db
def test_locked_says_not_allowed_for_what_is_not_there() -> None:
    with pytest.raises(NotAllowed):
        locked(Person, "00000000-0000-0000-0000-00000000dead")
