"""What a piece of work costs: statements, processor time of this process, size of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import Person

WARM_UPS, TIMES = 2, 7
KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """``cpu_ms``: the median of ``TIMES``, after ``WARM_UPS`` that do not count."""

    statements: int
    cpu_ms: float
    kib: float


class Counter:
    """Counts statements; begin, savepoint and commit are not among them."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.seen += 1
        return execute(sql, params, many, context)


def browser(of: Person | None) -> Client:
    """Somebody's browser, signed in."""
    client = Client(SERVER_NAME="localhost")
    if of is not None:
        client.force_login(of)
    return client


def cost(work: Callable[[], int]) -> Cost:
    """``work`` says how many bytes it made."""
    spent, counter, size = [], Counter(), 0
    for number in range(WARM_UPS + TIMES):
        begun = process_time()
        size = work()
        spent.append(1000 * (process_time() - begun))
        if number == 0:
            with connection.execute_wrapper(counter):
                work()
    return Cost(counter.seen, median(spent[WARM_UPS:]), size / KIB)
