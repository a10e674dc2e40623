"""What every record of the system is made of."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Record(models.Model):
    """A row with a key that says nothing: neither how many there are nor which came first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class TransitionBase(models.Model):
    """One line of a record's history: written by the gate in the same transaction, never changed.

    A concrete table per aggregate adds ``record``, a PROTECT key with
    ``related_name="transitions"``.
    """

    event = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="when it counts as done (UTC)")
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), help_text="when the database wrote it")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.event}: {self.source} → {self.target}"
