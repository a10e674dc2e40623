"""The wish to close the book of a grant through a day, until a second person confirms it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.models import Record

_WAITS = Q(withdrawn_at__isnull=True, confirmed_at__isnull=True)


class PeriodClosing(Record):
    """Asked by one person of the coordinator, confirmed or taken back; one waits at a time."""

    grant = models.ForeignKey("grants.Grant", models.PROTECT, related_name="closings")
    through = models.DateField()
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grant"], condition=_WAITS, name="period_closing_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("asked_by")),
                name="period_closing_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(confirmed_at__isnull=True),
                name="period_closing_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} through {self.through}"
