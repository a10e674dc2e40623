"""Who delivers services to SMEs in one grant, and whether the consortium approved them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from core.models import Record
from grants.models import Grant
from parties.models import Organisation

if TYPE_CHECKING:
    from datetime import date


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Providers of a grant."""

    def approved(self, *, on: date) -> ProviderQuerySet:
        """Those whom the catalogue lists on that day."""
        unended = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        return self.filter(unended, approved_at__isnull=False, valid_from__lte=on)


class Provider(Record):
    """An organisation that SMEs of one grant may hire; in the catalogue once it is approved."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="providers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="provides_in")
    services = models.CharField(max_length=300)
    kinds = models.JSONField(default=list)
    proposed_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "organisation"], name="provider_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(approved_by__isnull=False, valid_from__isnull=False),
                name="provider_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="provider_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    def is_listed(self, *, on: date) -> bool:
        """Whether the catalogue lists it on that day."""
        if self.approved_at is None or self.valid_from is None or self.valid_from > on:
            return False
        return self.valid_until is None or self.valid_until >= on
