"""A checkpoint signs all there is, continues the last one, and is sent outside."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from core import clockwork
from core.errors import DomainError
from core.models import Mail
from ledger import api
from ledger.actions import checkpoint, signing
from ledger.models import Account, Checkpoint, CheckpointHead
from tests.factories.ledger import AT, a_book, an_awarded_desk
from tests.ledger import evidence

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import TemplateDatabase

CALLERS = 4


def taken(at: datetime = AT) -> Checkpoint:
    found = checkpoint.take_checkpoint(at=at)
    assert found is not None
    return found


@pytest.mark.django_db
def test_it_covers_every_account_and_continues_the_one_before() -> None:
    evidence.a_life()
    desk = an_awarded_desk()
    first = taken()
    assert (first.n, bytes(first.prev_root)) == (1, bytes(32))
    assert first.heads.count() == first.accounts == Account.objects.count()
    desk.move(api.Kind.OWN_MONEY_IN, ("P.BANK", "P.OWN"), 5)
    second = taken()
    assert (second.n, bytes(second.prev_root)) == (2, bytes(first.root))
    moved = CheckpointHead.objects.filter(checkpoint=second).values_list("code", flat=True)
    assert sorted(moved) == [f"{desk.book.code}/P.BANK", f"{desk.book.code}/P.OWN"]
    assert str(second) == "checkpoint 2"
    assert str(second.heads.order_by("code")[0]) == f"{desk.book.code}/P.BANK at checkpoint 2"
    assert str(first.digests.get(key=desk.book.code)) == f"books {desk.book.code}"
    assert api.invariants() == []


@pytest.mark.django_db
def test_nothing_new_makes_no_new_one_and_an_empty_ledger_none() -> None:
    assert checkpoint.take_checkpoint(at=AT) is None
    an_awarded_desk()
    assert taken() == taken(AT + timedelta(days=3))
    assert Checkpoint.objects.count() == 1
    a_book()
    assert taken().n == 2


@pytest.mark.django_db
def test_a_closed_account_is_a_change() -> None:
    desk = an_awarded_desk()
    desk.move(api.Kind.SME_CALL_OPENED, ("B.POOL", "B.CALL"), 9, keys=("", "call"))
    desk.move(api.Kind.SME_CALL_DONE, ("B.CALL", "B.POOL"), 9, keys=("call", ""))
    taken()
    api.close([api.AccountRef(desk.book.pk, api.AccountType.CALL, "call")])
    assert [head.closed for head in taken().heads.all()] == [True]
    assert api.invariants() == []


@pytest.mark.django_db
def test_the_clock_takes_one_a_day() -> None:
    desk = an_awarded_desk()
    morning = datetime(2024, 5, 2, 6, tzinfo=UTC)
    assert clockwork.tick(at=morning)["ledger: take a checkpoint"] == 1
    desk.move(api.Kind.OWN_MONEY_IN, ("P.BANK", "P.OWN"), 5)
    assert checkpoint.take_daily(morning + timedelta(hours=8)) == 0
    assert checkpoint.take_daily(morning + timedelta(days=1)) == 1
    assert checkpoint.take_daily(morning + timedelta(days=2)) == 0
    assert Checkpoint.objects.count() == 2


@pytest.mark.django_db
@override_settings(LEDGER_KEY="", LEDGER_KEY_FILE="")
def test_without_a_key_none_is_taken() -> None:
    an_awarded_desk()
    assert checkpoint.take_daily(AT) == 0
    with pytest.raises(DomainError, match="No key"):
        checkpoint.take_checkpoint(at=AT)
    with pytest.raises(CommandError, match="No key"):
        call_command("take_checkpoint")


def test_the_demo_makes_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "var" / "ledger-key"
    with override_settings(LEDGER_KEY="", LEDGER_KEY_FILE=str(file)):
        made = signing.key()
        again = signing.key()
    assert made
    assert again
    assert signing.public(made) == signing.public(again)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
@override_settings(LEDGER_AUDITORS=["auditor@example.org", "court@example.org"])
def test_the_root_is_printed_and_mailed_to_every_auditor_once() -> None:
    out = StringIO()
    call_command("take_checkpoint", stdout=out)
    assert out.getvalue() == "The ledger is empty.\n"
    an_awarded_desk()
    call_command("take_checkpoint", stdout=out)
    call_command("take_checkpoint", stdout=out)
    root = bytes(Checkpoint.objects.get().root).hex()
    assert f"root {root}\n" in out.getvalue()
    mails = Mail.objects.filter(subject="Checkpoint 1 of the ledger").order_by("to_email")
    assert [mail.to_email for mail in mails] == ["auditor@example.org", "court@example.org"]
    assert all(f"--root {root} --fingerprint" in mail.text for mail in mails)


@pytest.mark.django_db
def test_who_is_always_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's checkpoint is found; when that never ends, the database has the last word."""
    from django.db import IntegrityError

    an_awarded_desk()
    real, calls = checkpoint._take, []

    def late(*args: object, **named: object) -> object:
        calls.append(1)
        if len(calls) < 3:
            raise IntegrityError
        return real(*args, **named)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(checkpoint, "_take", late)
    assert taken().n == 1
    monkeypatch.setattr(checkpoint, "_take", lambda *_, **__: (_ for _ in ()).throw(IntegrityError))
    with pytest.raises(IntegrityError):
        checkpoint.take_checkpoint(at=AT)


def test_callers_at_once_never_fork_the_chain(
    fresh_database: TemplateDatabase, tmp_path: Path
) -> None:
    """Each process posts and takes checkpoints as fast as it can, all at the same time."""
    desk = an_awarded_desk()
    barrier = tmp_path / "barrier"
    ids = [str(desk.book.pk), *(str(x.pk) for x in (desk.paper, desk.actor, desk.approver))]
    callers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.checkpointer", str(barrier), *ids],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DATABASE_URL": fresh_database.url},
        )
        for _ in range(CALLERS)
    ]
    for caller in callers:
        assert caller.stdout
        assert caller.stdout.readline() == "ready\n"
    barrier.touch()
    said = [caller.communicate(timeout=120)[0] for caller in callers]
    assert [caller.returncode for caller in callers] == [0] * CALLERS
    assert "".join(said).count("taken") == CALLERS * 10
    numbers = list(Checkpoint.objects.order_by("n").values_list("n", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert api.invariants() == []
