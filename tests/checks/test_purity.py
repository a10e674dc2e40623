from __future__ import annotations

import pytest

from checks import purity
from tests.checks.samples import a_module

RULE = "grants/rules/ranking.py"


@pytest.mark.parametrize(
    "code",
    [
        "from django.db import models",
        "import django",
        "from grants.models import Call",
        "from core.money import share_floor",
        "import os",
        "from pathlib import Path",
        "import random",
        "def f():\n    import logging",
        "from . import models",
        "open('x')",
        "print('x')",
    ],
)
def test_a_rule_that_knows_more_than_python_is_found(code: str) -> None:
    assert len(list(purity.check(a_module(code, at=RULE)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from dataclasses import dataclass",
        "from datetime import datetime, timedelta",
        "from grants.rules.tie_breaks import Rung",
        "from random import Random",
        "import stdnum.iban",
        "from schwifty import IBAN",
    ],
)
def test_pure_python_is_no_problem(code: str) -> None:
    assert list(purity.check(a_module(code, at=RULE))) == []


@pytest.mark.parametrize("layer", ["rules", "actions", "lifecycle", "postings"])
@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "timezone.now()",
        "clock.now()",
    ],
)
def test_a_verb_that_reads_the_clock_is_found(layer: str, code: str) -> None:
    assert len(list(purity.check(a_module(code, at=f"grants/{layer}/call.py")))) == 1


@pytest.mark.parametrize("code", ["from core import clock", "from core.clock import now"])
def test_a_verb_that_knows_the_clock_is_found(code: str) -> None:
    assert len(list(purity.check(a_module(code)))) == 1


@pytest.mark.parametrize("code", ["timezone.localdate()", "timezone.localtime()"])
def test_today_is_the_clock_too(code: str) -> None:
    assert len(list(purity.check(a_module(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "timezone.localdate(at)",
        "Row(at=at, recorded_at=timezone.now())",
        "def _recorded_at(rows):\n    return max(datetime.now(UTC), *rows)",
    ],
)
def test_the_day_of_an_instant_and_the_time_of_recording_are_no_problem(code: str) -> None:
    assert list(purity.check(a_module(code))) == []


def test_a_view_may_read_the_clock() -> None:
    assert list(purity.check(a_module("clock.now()", at="grants/views/call.py"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "def publish(request): ...",
        "def publish(request: HttpRequest): ...",
        "def publish(*, request: 'HttpRequest'): ...",
        "from django.http import HttpRequest",
        "from core.web import perform",
    ],
)
def test_a_verb_that_knows_the_web_is_found(code: str) -> None:
    assert len(list(purity.check(a_module(code)))) == 1


def test_a_request_for_a_grant_is_not_the_webs() -> None:
    assert list(purity.check(a_module("def fits(request: Request) -> bool: ...", at=RULE))) == []
