"""What must happen after a commit. Written in the same transaction as its cause."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models.record import Record


class JobStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Job(Record):
    Status = JobStatus

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True, help_text="the same key is one job")
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    at = models.DateTimeField(help_text="product time of its cause; documents carry it")
    not_before = models.DateTimeField(null=True, blank=True, help_text="wall clock, for retries")
    lease_until = models.DateTimeField(null=True, blank=True, help_text="wall clock")
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    started_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints: ClassVar = [choices_check("status", JobStatus, name="job_status")]
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="job_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0
