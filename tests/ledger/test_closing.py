"""A period is closed while others post: nothing of it is missed, nothing comes late."""

from __future__ import annotations

import json
import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from ledger import api
from ledger.models import Event, Period, Snapshot
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import DAY, Desk, an_awarded_desk
from tests.ledger.stories import K
from tests.ledger.test_concurrency import at_once, order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import TemplateDatabase

BEFORE = DAY - timedelta(days=1)
ROUNDS = 60
HELD = 3


def closing() -> str:
    return json.dumps({"close": BEFORE.isoformat()})


def late(cents: int, *, hold: float = 0) -> str:
    said = json.loads(order(K.SME_CALL_OPENED, T.POOL, T.CALL, cents, idem=uuid.uuid4()))
    return json.dumps(said | {"on": BEFORE.isoformat(), "hold": hold})


@pytest.fixture
def desk(fresh_database: TemplateDatabase) -> Desk:
    del fresh_database
    desk = an_awarded_desk(grant=1_000_000)
    connection.close()
    return desk


def test_a_closing_waits_for_an_event_that_is_not_committed_yet_and_counts_it(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    """The event is written and held open; who closes a little later gets it into the period."""
    begun = time.monotonic()
    first, second = at_once(
        fresh_database, desk, tmp_path, [late(40, hold=HELD)], [closing()], wait=(0, 1)
    )
    assert first[0].startswith("posted")
    assert second == [f"closed {BEFORE}"]
    assert time.monotonic() - begun >= HELD
    period = Period.objects.get()
    assert period.snapshots.get(account__type=T.CALL).balance == 40
    assert api.invariants() == []


def test_a_crowd_that_posts_into_a_period_is_cut_off_at_one_moment(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    orders = [[late(1) for _ in range(ROUNDS)] for _ in range(3)]
    *answers, closed = at_once(
        fresh_database, desk, tmp_path, *orders, [closing()], wait=(0, 0, 0, 0.3)
    )
    assert closed == [f"closed {BEFORE}"]
    for lines in answers:
        words = [line.split()[0] for line in lines]
        posted = words.count("posted")
        assert words == ["posted"] * posted + ["refused"] * (ROUNDS - posted), "never again open"
        assert all("closed period" in line for line in lines[posted:])
    counted = Event.objects.filter(effective_on=BEFORE).count()
    kept = Snapshot.objects.filter(account__type=T.CALL).first()
    assert (kept.balance if kept else 0) == counted == desk.balance(T.CALL, "k")
    assert api.invariants() == []


def test_two_who_close_at_once_close_once(
    fresh_database: TemplateDatabase, desk: Desk, tmp_path: Path
) -> None:
    answers = at_once(fresh_database, desk, tmp_path, [closing()], [closing()])
    found = sorted(line.split()[0] for lines in answers for line in lines)
    assert found == ["closed", "refused"]
    assert Period.objects.count() == 1
