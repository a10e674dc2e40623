"""Ledgers with a bit of everything, and exports of them that are verified elsewhere."""

from __future__ import annotations

import subprocess
import sys
import uuid
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from ledger import api
from ledger.actions.checkpoint import take_checkpoint
from ledger.actions.export import VERIFIER, export
from tests.factories.ledger import AT, DAY, Desk
from tests.ledger import stories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from ledger.models import Book
    from tests.databases import TemplateDatabase


def a_life() -> Desk:
    """A settled grant: an advance, a claim, coordination, a claw-back."""
    desk = stories.with_voucher(amount=500_000)
    stories.order_advance(desk, amount=100_000)
    stories.claim(desk, claimed=500_000, advance=100_000)
    stories.certify(desk, claimed=500_000, accepted=500_000, advance=100_000)
    stories.pay_sme(desk, amount=500_000)
    stories.accept_coordination(desk, claimed=100_000, accepted=100_000)
    stories.claw_back(desk, amount=50_000, settled=False)
    stories.settle(desk)
    desk.close(DAY - timedelta(days=1))
    api.enter_bank_balance(
        desk.book,
        day=DAY,
        cents=desk.balance("P.BANK"),
        document=desk.paper,
        actor=desk.actor,
        at=AT,
    )
    return desk


def two_lives() -> Desk:
    """Two grants with two checkpoints and a little after them; the desk of the second."""
    a_life()
    take_checkpoint(at=AT)
    desk = stories.with_voucher()
    stories.claim(desk, claimed=100_000)
    claimed = desk.book.events.get(kind=api.Kind.CLAIM_SUBMITTED)
    api.reverse(
        claimed,
        idem=uuid.uuid5(claimed.idem, "back"),
        document=desk.paper,
        effective_on=DAY,
        actor=desk.actor,
        approver=desk.approver,
        at=AT,
    )
    take_checkpoint(at=AT + timedelta(days=1))
    stories.claim(desk, claimed=100_000)
    for cents in (5, 6):
        desk.move(api.Kind.OWN_MONEY_IN, ("P.BANK", "P.OWN"), cents)
    return desk


@contextmanager
def owned(database: TemplateDatabase, blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of one's own, as the one who owns it."""
    options = connection.settings_dict["OPTIONS"]
    with blocker.unblock(), database.copied():
        role = options.pop("assume_role", None)
        connection.close()
        yield
        connection.close()
        if role:
            options["assume_role"] = role


def exported(folder: Path, *, book: Book | None = None) -> Path:
    export(folder, book=book, progress=lambda *_, **__: None)
    return folder


def verified(folder: Path, *options: str) -> tuple[int, str]:
    """Exit code and output of the verifier in the export, run where nothing else is."""
    elsewhere = folder.parent / "nothing here"
    elsewhere.mkdir(exist_ok=True)
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / VERIFIER), str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=elsewhere,
    )
    assert "Traceback" not in run.stderr
    return run.returncode, run.stdout + run.stderr
