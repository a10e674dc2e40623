"""The register of de minimis aid: who, by which Member State, from which day, how much."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ledger.rules.chart import AMOUNT_MAX


class AidHolder(models.Model):
    """One enterprise as far as aid of one Member State is concerned; never changed.

    ``key`` is the enterprise's id as text. The row is what the database locks.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64)
    country = models.CharField(max_length=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "country"], name="ledger_aidholder_once"),
            models.CheckConstraint(
                condition=~Q(key="") & Q(country__regex=r"^[A-Z][A-Z]$"),
                name="ledger_aidholder_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.country}"


class AidMember(models.Model):
    """From aid row ``since`` on (not included), ``holder`` is part of the undertaking ``root``.

    The last row of a holder says where it belongs. A new holder is its own root; when two
    undertakings turn out to be one, all holders of the second follow its root into the first.
    """

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey("ledger.AidHolder", models.PROTECT, related_name="memberships")
    root = models.ForeignKey("ledger.AidHolder", models.PROTECT, related_name="members")
    since = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "root"], name="ledger_aidmember_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} in {self.root_id}"


class Aid(models.Model):
    """``cents`` granted on ``granted_on``, counted until the day before ``leaves_on``.

    A row of ours names the voucher's event; a declared one names who granted it. A correction
    names the row it takes back from, in part or in whole, and has cents below zero. The database
    refuses a row by which a window that contains it would hold more than ``ceiling_cents``.
    """

    id = models.BigAutoField(primary_key=True)
    idem = models.UUIDField(unique=True)
    holder = models.ForeignKey("ledger.AidHolder", models.PROTECT, related_name="aid")
    granted_on = models.DateField()
    leaves_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    cents = models.BigIntegerField()
    ceiling_cents = models.BigIntegerField()
    corrects = models.ForeignKey(
        "ledger.Aid", models.PROTECT, related_name="corrections", null=True, blank=True
    )
    event = models.ForeignKey(
        "ledger.Event", models.PROTECT, related_name="+", null=True, blank=True
    )
    granted_by = models.CharField(max_length=160, blank=True)
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, cents__gte=1, cents__lte=AMOUNT_MAX)
                | Q(corrects__isnull=False, cents__lte=-1, cents__gte=-AMOUNT_MAX),
                name="ledger_aid_amount",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, ceiling_cents__gte=0), name="ledger_aid_window"
            ),
            models.CheckConstraint(
                condition=Q(leaves_on__gt=F("granted_on")), name="ledger_aid_leaves_later"
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False, granted_by="")
                | Q(event__isnull=True) & ~Q(granted_by=""),
                name="ledger_aid_source",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "granted_on"], name="ledger_aid_of_holder")
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.granted_on} {self.cents}"
