"""Celery's doors: one for a job, one for the clock. Both may be called twice without harm."""

from uuid import UUID

from celery import shared_task

from core import clock, clockwork, jobs


@shared_task(acks_late=True, reject_on_worker_lost=True)
def run_job(job_id: str) -> bool:
    return jobs.run(UUID(job_id))


@shared_task
def tick() -> None:
    """Every minute, by beat: what time itself does, then the jobs nobody took."""
    clockwork.tick(at=clock.now())
    jobs.sweep()
