"""One person in a process of their own, who presses when told to.

    python -m tests.concurrency.worker

Reads lines of JSON. ``database``, ``button``, ``record``, ``person``, ``at`` make ready for a
press (``run a job`` needs only ``record``) and are answered ``{"ready": true}``; ``go`` is the
instant of the monotonic clock, the same for every process of the machine, at which to press. The
answer says what came of it and when it began and ended.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from django.db import connection  # noqa: E402  Django is set up first

from core import jobs  # noqa: E402  Django is set up first
from core.errors import DomainError  # noqa: E402  Django is set up first
from core.models import Person  # noqa: E402  Django is set up first
from tests.concurrency.buttons import BUTTONS  # noqa: E402  Django is set up first

if TYPE_CHECKING:
    from collections.abc import Callable

JOB = "run a job"


def main() -> None:
    for line in sys.stdin:
        press = make_ready(json.loads(line))
        tell(ready=True)
        go = json.loads(sys.stdin.readline())["go"]
        while time.monotonic() < go:
            pass  # sleeping would wake the two at different moments
        start = time.monotonic()
        came = outcome(press)
        tell(**came, start=start, end=time.monotonic())


def make_ready(order: dict[str, Any]) -> Callable[[], str]:
    """Everything that a press needs, connection included."""
    if connection.settings_dict["NAME"] != order["database"]:
        connection.close()
        connection.settings_dict["NAME"] = order["database"]
    connection.ensure_connection()
    record = uuid.UUID(order["record"])
    if order["button"] == JOB:
        return lambda: "done" if jobs.run(record) else "left to the other"
    person = Person.objects.get(pk=order["person"])
    at = datetime.fromisoformat(order["at"])

    def press() -> str:
        with jobs.held():
            BUTTONS[order["button"]].press(record, actor=person, at=at)
        return "done"

    return press


def outcome(press: Callable[[], str]) -> dict[str, str]:
    try:
        return {"came": press(), "says": ""}
    except DomainError as refusal:
        return {"came": type(refusal).__name__, "says": str(refusal)}
    except Exception as error:  # noqa: BLE001  a deadlock, a lock that timed out: the test shows it
        return {"came": f"broke with {type(error).__name__}", "says": str(error)}


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
