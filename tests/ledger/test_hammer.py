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


def test_the_judge_sees_what_is_overspent_on_sqlite_without_floors() -> None:
    code, verdict = strike("--database", "sqlite", "--seconds", "2", "--control", "floors")
    assert code == 1
    assert verdict["overspent"] > 0


@pytest.mark.postgres
@pytest.mark.parametrize(("control", "counted"), [("floors", "overspent"), ("keys", "doubled")])
def test_the_judge_sees_the_loss_of_a_safeguard(control: str, counted: str) -> None:
    """The others depend on timing: order, locks and durability are for the long form."""
    code, verdict = strike("--seconds", "3", "--control", control)
    assert code == 1
    assert verdict[counted] > 0
