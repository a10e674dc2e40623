"""Who does what for the granting authority, per call and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Person, Record
from grants.models.call import Call

if TYPE_CHECKING:
    from datetime import date


class CallRoleQuerySet(models.QuerySet["CallRole"]):
    """Roles in force on a day."""

    def on(self, day: date) -> CallRoleQuerySet:
        """Roles that have begun and not ended on that day."""
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gte=day), start_date__lte=day)


class Role(models.TextChoices):
    PO = "PO", _("Programme officer")
    AO = "AO", _("Authorising officer")
    CC = "CC", _("Call coordinator")
    MOD = "MOD", _("Moderator")
    FO = "FO", _("Finance officer")
    AUD = "AUD", _("Auditor")


class CallRole(Record):
    """One officer's role in one call. Rights come from these rows and from nothing else."""

    Role = Role

    call = models.ForeignKey(Call, models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="call_roles")
    role = models.CharField(max_length=3, choices=Role.choices)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = CallRoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "person", "role", "start_date"], name="call_role_once"
            ),
            choices_check("role", Role, name="call_role_known"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="call_role_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.call}"
