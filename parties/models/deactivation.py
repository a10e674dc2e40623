from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record


class Deactivation(Record):
    """That an account was closed: when, by whom, why. The person's name stays everywhere."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deactivation"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("deactivation")
        verbose_name_plural = _("deactivations")

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"
