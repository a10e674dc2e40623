"""Printing: the jobs that the story leaves behind, on the second core while the story goes on."""

from __future__ import annotations

import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections

from core import jobs
from core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing import Queue
    from multiprocessing.connection import Connection
    from uuid import UUID

    Tell = Callable[[str, int, int], None]

BATCH = 250
SIGNED_NEXT = "grant_agreement"
"""Printed within the story: people sign the printed text."""


def print_now(kind: str, tell: Tell, *, part: str) -> None:
    """Run the waiting jobs of one kind here: what is signed next is what they print."""
    waiting = list(
        Job.objects.filter(kind=kind, status=Job.Status.PENDING).values_list("pk", flat=True)
    )
    for number, job_id in enumerate(waiting, start=1):
        jobs.run(job_id)
        tell(part, number, len(waiting))


class Press:
    """Draws beside the story, which holds the database's one pen; keeps all of it at the end."""

    def __init__(self, orders: Queue[list[UUID] | None], kept: Connection) -> None:
        self.orders, self.kept = orders, kept
        self._ordered: set[UUID] = set()

    def order(self) -> None:
        """Have drawn what the chapters left so far."""
        waiting = Job.objects.filter(status=Job.Status.PENDING).exclude(kind=SIGNED_NEXT)
        new = set(waiting.values_list("pk", flat=True)) - self._ordered
        self._ordered |= new
        self.orders.put(sorted(new, key=str))

    def finish(self, tell: Tell) -> None:
        """Keep what was drawn; what could not be drawn ahead is run as everywhere else."""
        self.orders.put(None)
        connections.close_all()
        done = 0
        while (count := _next(self.kept)) is not None:
            done += count
            tell("Documents and mails", done, len(self._ordered))
        jobs.sweep()


def _next(kept: Connection) -> int | None:
    """How many more were kept; None when all are, or when the press has died."""
    try:
        count: int | None = kept.recv()
    except EOFError:
        return None
    return count


@contextmanager
def press() -> Iterator[Press]:
    """A process of its own, forked before the story opens the database."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    orders = fork.Queue()
    here, there = fork.Pipe(duplex=False)
    worker = fork.Process(target=_work, args=(orders, there), daemon=True)
    worker.start()
    there.close()
    try:
        yield Press(orders, here)
    finally:
        worker.terminate()
        worker.join()


def _work(orders: Queue[list[UUID] | None], kept: Connection) -> None:
    drawn: list[jobs.Drawn] = []
    while (order := orders.get()) is not None:
        drawn += filter(None, map(jobs.draw, order))
    for start in range(0, len(drawn), BATCH):
        batch = drawn[start : start + BATCH]
        jobs.keep(batch)
        kept.send(len(batch))
    kept.send(None)
