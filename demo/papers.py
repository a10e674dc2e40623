"""Printing: the jobs that the story left behind, on both cores."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from django.db import connections

from core import jobs
from core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[str, int, int], None]

WORKERS, BATCH = 2, 50


def print_now(kind: str, tell: Tell, *, part: str) -> None:
    """Run the waiting jobs of one kind here: what is signed next is what they print."""
    waiting = list(
        Job.objects.filter(kind=kind, status=Job.Status.PENDING).values_list("pk", flat=True)
    )
    for number, job_id in enumerate(waiting, start=1):
        jobs.run(job_id)
        tell(part, number, len(waiting))


def print_all(tell: Tell) -> None:
    """Run everything that waits, in two processes: the documents first, then the mails."""
    waiting = set(jobs.waiting())
    mails = set(Job.objects.filter(kind="mail", pk__in=waiting).values_list("pk", flat=True))
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for part, chosen, at_once in (
            ("Documents", waiting - mails, 1),
            ("Mails", mails, BATCH),
        ):
            ended = pool.imap_unordered(jobs.run, sorted(chosen, key=str), at_once)
            for number, _done in enumerate(ended, start=1):
                tell(part, number, len(chosen))
