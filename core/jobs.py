"""One table for everything that must happen after a commit: mails, documents, exports.

A row is written with its cause; the commit only kicks it. A job is claimed by compare-and-set,
its handler is idempotent, and a sweeper takes up what a dead worker left behind. What a job keeps
is kept in the transaction that ends the job, by the worker that still has it, or not at all.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from core.locks import locked_all
from core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.models import QuerySet

    from core.models import Document, Person

    LastStep = Callable[[], Document | None]
    Handler = Callable[[Job], LastStep | None]

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
KEYS = UUID("0c3a3c5e-2f55-4b7d-8f0b-6a3f1a9b7d10")
"""Namespace of the jobs' ids: one key, one job."""
LEASE = timedelta(minutes=10)
_handlers: dict[str, Handler] = {}
_held: list[bool] = []


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind. It may run more than once: it must be idempotent.

    A handler does the long part and returns the last step: a function that keeps what was made,
    and what refers to it, in the transaction in which the job ends.
    """

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise ValueError(f"job kind {kind} has two handlers")
        return handler

    return register


def enqueue(
    kind: str,
    *,
    key: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
    started_by: Person | None = None,
) -> Job:
    """Write the job in this transaction; it runs once the transaction has committed.

    The same ``key`` is the same job, however often it is asked for: the id follows from it, and a
    second kick finds the job taken.
    """
    return enqueue_all(kind, {key: payload or {}}, at=at, started_by=started_by)[0]


def enqueue_all(
    kind: str,
    payloads: Mapping[str, dict[str, Any]],
    *,
    at: datetime,
    started_by: Person | None = None,
) -> list[Job]:
    """Several jobs of one kind, as ``enqueue`` writes one; the payloads by key."""
    rows = [
        Job(pk=uuid5(KEYS, key), key=key, kind=kind, at=at, payload=payload, started_by=started_by)
        for key, payload in payloads.items()
    ]
    Job.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows if not _held else ():
        transaction.on_commit(partial(kick, row.pk))
    return rows


def kick(job_id: UUID) -> None:
    """Hand the job to a worker, or run it here when no broker is named."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        run(job_id)
        return
    from core.tasks import run_job  # noqa: PLC0415  Celery is loaded only where a broker is used

    try:
        run_job.delay(str(job_id))
    except Exception:
        logger.exception("broker out of reach: the sweeper will send job %s again", job_id)


def run(job_id: UUID) -> bool:
    """Claim the job and run its handler. False when somebody else has it or it is over."""
    if not _claim(job_id):
        return False
    row = Job.objects.get(pk=job_id)
    try:
        last_step = _handlers[row.kind](row)
        with transaction.atomic():
            return _end(row, last_step)
    except Exception as error:
        logger.exception("job %s failed", row)
        _put_back(row, error)
        return False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A job whose long part is done and of which nothing is kept yet."""

    job_id: UUID
    last_step: LastStep | None


def draw(job_id: UUID) -> Drawn | None:
    """Do the long part of a job, which only reads, beside a process that writes.

    None, with a line in the log, when it failed: ``run`` finds it as it was.
    """
    row = Job.objects.get(pk=job_id)
    try:
        return Drawn(job_id, _handlers[row.kind](row))
    except Exception:
        logger.exception("job %s could not be drawn ahead", row)
        return None


def keep(drawn: list[Drawn]) -> None:
    """End these jobs and keep what was drawn, except of those that somebody took meanwhile."""
    with transaction.atomic():
        pending = Job.objects.filter(
            status=Job.Status.PENDING, pk__in=[one.job_id for one in drawn]
        )
        mine = {row.pk for row in locked_all(pending)}
        pending.filter(pk__in=mine).update(status=Job.Status.DONE, attempts=F("attempts") + 1)
        for one in drawn:
            if one.job_id in mine:
                _take(one.last_step, job_id=one.job_id)


def _claim(job_id: UUID) -> bool:
    wall = datetime.now(UTC)
    free = Q(status=Job.Status.PENDING) | Q(status=Job.Status.RUNNING, lease_until__lt=wall)
    return bool(
        Job.objects.filter(free, pk=job_id).update(
            status=Job.Status.RUNNING, lease_until=wall + LEASE, attempts=F("attempts") + 1
        )
    )


def _mine(row: Job) -> QuerySet[Job]:
    """The row while this attempt has it; empty once its lease ran out and another took over."""
    return Job.objects.filter(pk=row.pk, status=Job.Status.RUNNING, attempts=row.attempts)


def _end(row: Job, last_step: LastStep | None) -> bool:
    """End the job, which locks it, and only then keep what it made."""
    if not _mine(row).update(status=Job.Status.DONE, lease_until=None, error=""):
        return False
    _take(last_step, job_id=row.pk)
    return True


def _take(last_step: LastStep | None, *, job_id: UUID) -> None:
    if last_step is not None and (made := last_step()) is not None:
        Job.objects.filter(pk=job_id).update(result=made)


def _put_back(row: Job, error: Exception) -> None:
    over = row.attempts >= ATTEMPTS_MAX
    _mine(row).update(
        status=Job.Status.FAILED if over else Job.Status.PENDING,
        not_before=datetime.now(UTC) + timedelta(seconds=30 * 2**row.attempts),
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def progress(row: Job, *, done: int, total: int, label: str = "") -> None:
    """Show how far it is; also renews the lease, so that nobody else takes the job over."""
    _mine(row).update(
        done=done, total=total, label=label[:200], lease_until=datetime.now(UTC) + LEASE
    )


def waiting() -> list[UUID]:
    """Jobs that should be running and are not: never kicked, put back, or left by a dead worker."""
    wall = datetime.now(UTC)
    pending = Q(status=Job.Status.PENDING) & (Q(not_before=None) | Q(not_before__lte=wall))
    dead = Q(status=Job.Status.RUNNING, lease_until__lt=wall)
    rows = Job.objects.filter(pending | dead).order_by("at", "pk")
    return list(rows.values_list("pk", flat=True))


def sweep() -> int:
    """Kick everything that waits; returns how many were kicked."""
    found = waiting()
    for job_id in found:
        kick(job_id)
    return len(found)


@contextmanager
def held() -> Iterator[None]:
    """Write jobs but kick none: a long import runs them together afterwards (``sweep``)."""
    _held.append(True)
    try:
        yield
    finally:
        _held.pop()
