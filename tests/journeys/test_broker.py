"""A journey with a real broker, real workers and beat, and a worker that dies in the middle.

The receipt of a proposal is being kept when its worker is killed with SIGKILL: its statement waits
in the database, which carries it out when its client is long dead. Nothing is lost and nothing
is there twice: the job's lease runs out, beat's tick sends it again, another worker prints it. The
same tick closes the call, whose deadline has passed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from kombu import pools

from config import celery_app
from core.models import Document, Job
from core.tasks import run_job
from grants.models import Call, Proposal, Receipt
from tests.factories.grants import a_complete_proposal, submit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.databases import TemplateDatabase

pytestmark = [pytest.mark.postgres, pytest.mark.broker]
PATIENCE = 60


@pytest.fixture
def broker() -> Iterator[str]:
    """The broker of this run, known to this process too: what commits here is sent there."""
    url = os.environ.get("TEST_BROKER_URL")
    if not url:
        pytest.fail("TEST_BROKER_URL names no broker: run the tests through .ci/services")
    before = celery_app.conf.broker_url, celery_app.conf.task_always_eager
    celery_app.conf.update(broker_url=url, task_always_eager=False)
    with override_settings(CELERY_TASK_ALWAYS_EAGER=False):
        yield url
    pools.reset()
    celery_app.conf.update(broker_url=before[0], task_always_eager=before[1])


@pytest.fixture
def surroundings(fresh_database: TemplateDatabase, broker: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a worker: the test's database, broker and files."""
    return {
        **os.environ,
        "DATABASE_URL": fresh_database.url,
        "BROKER_URL": broker,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TRELLIS_VAR": str(tmp_path),
        "TICK_SECONDS": "1",
    }


@contextmanager
def celery(*words: str, surroundings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Celery with all its children in one group; ended with the block."""
    log = open(f"{surroundings['TRELLIS_VAR']}/{words[0]}.log", "ab")  # noqa: SIM115, PTH123  closed below
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", *words],
        env=surroundings,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)
        log.close()


def worker(surroundings: dict[str, str]) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return celery("worker", "--concurrency=2", "--loglevel=INFO", surroundings=surroundings)


def eventually(holds: Callable[[], bool], *, what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"after {PATIENCE} s still not: {what}"
        time.sleep(0.1)


def a_document_waits(*, seen_by: Any) -> bool:
    """Whether some statement has asked for a lock on the documents and not got it yet."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'core_document'::regclass"
    return bool(seen_by.execute(waiting).fetchall())


def receipt_job(of: Proposal) -> Job:
    return Job.objects.get(kind="proposal_receipt", payload__version=str(of.versions.get().pk))


def test_a_receipt_is_printed_once_although_its_worker_is_killed(
    fresh_database: TemplateDatabase, surroundings: dict[str, str], tmp_path: Path
) -> None:
    proposal = a_complete_proposal()
    owner = fresh_database.owner()
    owner.autocommit = False
    owner.execute("LOCK TABLE core_document IN SHARE MODE")  # the printer comes as far as this
    with worker(surroundings) as first:
        submit(proposal)
        eventually(lambda: a_document_waits(seen_by=owner), what="the receipt is being kept")
        assert receipt_job(proposal).status == Job.Status.RUNNING
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(PATIENCE)
    owner.rollback()
    assert receipt_job(proposal).status == Job.Status.RUNNING
    assert Receipt.objects.count() == 0

    owner.execute("UPDATE core_job SET lease_until = now() - interval '1 second'")
    owner.commit()
    owner.close()
    beat = celery("beat", f"--schedule={tmp_path}/beat", "--pidfile=", surroundings=surroundings)
    with worker(surroundings), beat:
        eventually(Receipt.objects.exists, what="the receipt is printed")
        eventually(
            lambda: Call.objects.get(pk=proposal.call_id).state == Call.State.CLOSED,
            what="the deadline closed the call",
        )
        again = [run_job.delay(str(receipt_job(proposal).pk)) for _ in range(2)]
        assert len(again) == 2
        later = Job.objects.exclude(kind="proposal_receipt")
        eventually(
            lambda: not later.exclude(status=Job.Status.DONE).exists(), what="the rest is done"
        )

    assert receipt_job(proposal).status == Job.Status.DONE
    assert receipt_job(proposal).attempts == 2
    assert Receipt.objects.count() == 1
    assert Document.objects.filter(kind="proposal_receipt").count() == 1
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.FROZEN
