"""Real processes on the same accounts, while workers are killed and a server crashes.

The long form is ``python -m tests.ledger.hammer --seconds 120``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

FAULTS = ("overspent", "lost", "doubled", "changed", "unasked", "deadlocks", "odd", "violations")


def strike(*arguments: str) -> tuple[int, dict[str, int]]:
    """Exit code and verdict of a hammer with a database of its own."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "TRELLIS_"))}
    done = subprocess.run(  # noqa: PLW1510  its code is part of the verdict
        [sys.executable, "-m", "tests.ledger.hammer", *arguments],
        env=outside,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def check(code: int, verdict: dict[str, int]) -> None:
    assert {name: verdict[name] for name in FAULTS if verdict[name]} == {}
    assert code == 0
    assert verdict["refused"] > verdict["accepted"] > 0
    assert 0.04 < verdict["replays"] / verdict["attempts"] < 0.3


def test_a_crowd_on_sqlite_overspends_loses_and_doubles_nothing() -> None:
    check(*strike("--database", "sqlite", "--seconds", "5"))


@pytest.mark.postgres
def test_a_crowd_on_postgresql_does_not_either_though_the_server_crashes() -> None:
    check(*strike("--seconds", "7"))
