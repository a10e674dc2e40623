"""The same button pressed by two at once, the same job run twice: one effect.

Two processes are let go at the same instant, ``ROUNDS`` times for each button, each round in a
fresh copy of the same world, so that round 50 starts from where round 1 did. One press alone is
the measure: whatever two leave behind, in any table, has to be the same number of rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Self

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import clock, jobs
from core.errors import Refused
from core.models import Job
from tests.concurrency.buttons import BUTTONS
from tests.concurrency.worker import JOB
from tests.concurrency.world import Case, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from tests.databases import TemplateDatabase

    World = tuple[dict[str, Case], UUID]

ROUNDS = 50
HEAD_START = 0.004
"""Seconds between the word "go" and the instant it names: time to read the word."""


class Officer:
    """A process that presses when told to."""

    def __init__(self, url: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DATABASE_URL": url, "TRELLIS_VAR": str(folder)},
        )

    def tell(self, **what: str | float) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"a process ended with {self.process.wait()}"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """It ends when there is nothing more to read."""
        self.process.communicate(timeout=60)


@pytest.fixture
def world(fresh_database: TemplateDatabase) -> World:
    del fresh_database
    return build()


def rows() -> dict[str, int]:
    """How many rows each table of the product has."""
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    counts = [f"SELECT '{table}', count(*) FROM {table}" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def changes(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def alone(database: TemplateDatabase, world: World) -> dict[str, dict[str, int]]:
    """What one press leaves behind, for each button, in a copy that is thrown away."""
    cases, job_id = world
    left = {}
    with database.branched():
        before = rows()
        for name, case in cases.items():
            with jobs.held():
                BUTTONS[name].press(case.record, actor=case.persons[0], at=case.at)
            left[name], before = changes(before, rows()), rows()
        assert jobs.run(job_id)
        left[JOB] = changes(before, rows())
    return left


def pressed_by_both(
    officers: list[Officer], *, button: str, record: UUID, case: Case | None
) -> list[dict[str, Any]]:
    """Both are ready, both press at the same instant; their answers."""
    for place, officer in enumerate(officers):
        who = {"person": str(case.persons[place].pk), "at": case.at.isoformat()} if case else {}
        name = str(connection.settings_dict["NAME"])
        officer.tell(database=name, button=button, record=str(record), **who)
    assert [officer.answer() for officer in officers] == [{"ready": True}] * 2
    go = time.monotonic() + HEAD_START
    for officer in officers:
        officer.tell(go=go)
    return [officer.answer() for officer in officers]


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


@contextmanager
def two(database: TemplateDatabase, folder: Path) -> Iterator[list[Officer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Officer(database.url, folder)) for _ in range(2)]


def press_every_button(
    officers: list[Officer], world: World, expected: dict[str, dict[str, int]]
) -> set[str]:
    """One round; the names of the buttons at which the two really met."""
    cases, job_id = world
    met, before = set(), rows()
    for name in (*cases, JOB):
        case = cases.get(name)
        record = case.record if case else job_id
        answers = pressed_by_both(officers, button=name, record=record, case=case)
        loser = "Refused" if case else "left to the other"
        assert sorted(a["came"] for a in answers) == sorted([loser, "done"]), f"{name}: {answers}"
        if case:
            assert BUTTONS[name].loser_reads in "".join(a["says"] for a in answers), name
        after = rows()
        assert changes(before, after) == expected[name], f"{name}: {answers}"
        before = after
        met |= {name} if overlap(*answers) else set()
    assert Job.objects.get(pk=job_id).attempts == 1
    return met


def test_the_same_button_pressed_by_two_at_once_has_one_effect(
    fresh_database: TemplateDatabase, world: World, tmp_path: Path
) -> None:
    expected, met = alone(fresh_database, world), Counter[str]()
    assert all(expected.values()), "every press leaves something behind"
    with two(fresh_database, tmp_path) as officers:
        for _round in range(ROUNDS):
            with fresh_database.branched():
                met.update(press_every_button(officers, world, expected))
    assert min(met[name] for name in expected) > ROUNDS // 2, f"they hardly met: {met}"


def test_the_slower_one_gets_a_page_that_says_what_has_happened(
    fresh_database: TemplateDatabase, world: World
) -> None:
    del fresh_database
    for name, case in world[0].items():
        button, (first, second) = BUTTONS[name], case.persons
        with jobs.held():
            button.press(case.record, actor=first, at=case.at)
            with pytest.raises(Refused, match=button.loser_reads):
                button.press(case.record, actor=second, at=case.at)
        browser = Client()
        browser.force_login(second)
        url = reverse(button.url, args=[case.record, *button.event])
        with clock.standing_at(case.at):
            page = browser.post(url, dict(button.fields), follow=True)
        assert page.status_code in {409, 422}, f"{name}: {page.status_code}"
        assert button.loser_reads in page.content.decode(), name
