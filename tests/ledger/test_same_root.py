"""One ledger, two databases: the same events make the same bytes, down to the root."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING
from uuid import UUID

from ledger import api
from ledger.actions.checkpoint import take_checkpoint
from tests.factories.ledger import AT, DAY
from tests.ledger import evidence, stories

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import TemplateDatabase


def a_ledger() -> None:
    """Two grants with a reversal, a settlement and two checkpoints."""
    desk = stories.with_voucher()
    stories.claim(desk, claimed=100_000)
    api.reverse(
        desk.book.events.get(kind=api.Kind.CLAIM_SUBMITTED),
        idem=UUID(int=7, version=4),
        document=desk.paper,
        effective_on=DAY,
        actor=desk.actor,
        approver=desk.approver,
        at=AT,
    )
    other = stories.settled(support=300_000, coordination=100_000)
    take_checkpoint(at=AT)
    stories.settle(other)
    take_checkpoint(at=AT)


def test_the_same_events_make_the_same_roots_on_sqlite(
    fresh_database: TemplateDatabase, tmp_path: Path
) -> None:
    """On PostgreSQL this compares both databases; on SQLite two files of it."""
    del fresh_database
    a_ledger()
    assert api.invariants() == []
    here, there = evidence.exported(tmp_path / "here"), tmp_path / "there"
    subprocess.run(
        [sys.executable, "-m", "tests.ledger.replay", str(here), str(there)],
        check=True,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/replay.sqlite3"},
        timeout=120,
    )
    for file in sorted(here.iterdir()):
        assert (there / file.name).read_bytes() == file.read_bytes(), file.name
    assert evidence.verified(there)[0] == 0
