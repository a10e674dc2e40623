"""Printing: the jobs that the story left behind, on both cores."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from django.db import connections, transaction

from core import jobs
from core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[str, int, int], None]

WORKERS, BATCH = 2, 100


def print_now(kind: str, tell: Tell, *, part: str) -> None:
    """Run the waiting jobs of one kind here: what is signed next is what they print."""
    waiting = list(
        Job.objects.filter(kind=kind, status=Job.Status.PENDING).values_list("pk", flat=True)
    )
    for number, job_id in enumerate(waiting, start=1):
        jobs.run(job_id)
        tell(part, number, len(waiting))


def print_all(tell: Tell) -> None:
    """Run everything that waits: documents in two processes, then mails by the hundred."""
    waiting = set(jobs.waiting())
    mails = list(Job.objects.filter(kind="mail", pk__in=waiting).values_list("pk", flat=True))
    papers = sorted(waiting - set(mails), key=str)
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for number, _done in enumerate(pool.imap_unordered(jobs.run, papers), start=1):
            tell("Documents", number, len(papers))
    for start in range(0, len(mails), BATCH):
        with transaction.atomic():
            for job_id in mails[start : start + BATCH]:
                jobs.run(job_id)
        tell("Mails", min(start + BATCH, len(mails)), len(mails))
