"""Several processes post at once; only what the tables say afterwards counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from ledger import api
from ledger.models import Event
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import Desk, an_awarded_desk
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.databases import TemplateDatabase

ROUNDS = 50


def order(kind: str, debit: str, credit: str, amount: int, *, idem: uuid.UUID | None = None) -> str:
    key = idem or uuid.uuid4()
    said = {"idem": str(key), "kind": kind, "debit": debit, "credit": credit, "key": "k"}
    return json.dumps(said | {"amount": amount})


def at_once(
    database: TemplateDatabase,
    desk: Desk,
    folder: Path,
    *orders: list[str],
    wait: Sequence[float] = (),
) -> list[list[str]]:
    """The answers of one process for each list of orders, all let go at the same moment.

    ``wait``: seconds that each process lets pass after that.
    """
    barrier = folder / f"barrier-{uuid.uuid4()}"
    desk_ids = [str(desk.book.pk), *(str(x.pk) for x in (desk.paper, desk.actor, desk.approver))]
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.worker", str(barrier), *desk_ids, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DATABASE_URL": database.url},
        )
        for seconds in (wait or [0] * len(orders))
    ]
    for worker, lines in zip(workers, orders, strict=True):
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write("\n".join(lines) + "\n")
        worker.stdin.close()
        assert worker.stdout.readline() == "ready\n"
    barrier.touch()
    answers = [worker.stdout.read().splitlines() for worker in workers if worker.stdout]
    endings = [worker.wait(timeout=120) for worker in workers]
    for worker in workers:
        assert worker.stdout
        worker.stdout.close()
    assert endings == [0] * len(workers)
    return answers


@pytest.fixture
def desk(fresh_database: TemplateDatabase) -> Desk:
    del fresh_database
    desk = an_awarded_desk(grant=1_000_000)
    connection.close()
    return desk


def test_the_same_button_pressed_by_two_at_once_is_one_event(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    keys = [uuid.uuid4() for _ in range(ROUNDS)]
    orders = [order(K.SME_CALL_OPENED, T.POOL, T.CALL, 10, idem=key) for key in keys]
    first, second = at_once(fresh_database, desk, tmp_path, orders, orders)
    assert first == second
    assert len(set(first)) == ROUNDS
    assert all(answer.startswith("posted") for answer in first)
    assert Event.objects.filter(kind=K.SME_CALL_OPENED).count() == ROUNDS
    assert desk.balance(T.CALL, "k") == 10 * ROUNDS
    assert api.invariants() == []


def test_one_key_with_two_amounts_is_won_by_one_and_the_other_is_told(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    keys = [uuid.uuid4() for _ in range(ROUNDS)]
    tens = [order(K.SME_CALL_OPENED, T.POOL, T.CALL, 10, idem=key) for key in keys]
    others = [order(K.PREFINANCING, T.BANK, T.PREFIN, 7, idem=key) for key in keys]
    answers = at_once(fresh_database, desk, tmp_path, tens, others)
    for pair in zip(*answers, strict=True):
        assert sorted(answer.split()[0] for answer in pair) == ["posted", "refused"]
        assert any("already booked with other amounts" in answer for answer in pair)
    assert Event.objects.filter(idem__in=keys).count() == ROUNDS
    assert api.invariants() == []


def test_the_pool_is_never_overdrawn_by_a_crowd(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    """Four ask for 1 440 000 of 750 000, and give some back: some must be refused."""
    opens = [order(K.SME_CALL_OPENED, T.POOL, T.CALL, 60_000) for _ in range(6)]
    backs = [order(K.SME_CALL_DONE, T.CALL, T.POOL, 9_000) for _ in range(2)]
    mixed = [opens + backs, backs + opens, opens[:], opens[:]]
    mixed = [[json.dumps(json.loads(x) | {"idem": str(uuid.uuid4())}) for x in m] for m in mixed]
    answers = [line for lines in at_once(fresh_database, desk, tmp_path, *mixed) for line in lines]
    refused = [line for line in answers if line.startswith("refused")]
    assert len(answers) == 28
    assert refused
    assert all("Not enough left" in line for line in refused)
    posted = len(answers) - len(refused)
    assert Event.objects.exclude(kind__in=[K.AWARD, K.PREFINANCING]).count() == posted
    assert desk.balance(T.POOL) + desk.balance(T.CALL, "k") == 750_000
    assert api.invariants() == []
