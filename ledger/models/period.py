"""Closed periods, what each account held at their ends, and what the bank said it held."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F


class Period(models.Model):
    """A book is closed through a day: no event of it may have that day or an earlier one.

    Never reopened. ``at`` is product time, ``recorded_at`` the real time. The database refuses
    a day that is not over, or not later than the last one.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="periods")
    through = models.DateField()
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "through"], name="ledger_period_once"),
            models.CheckConstraint(
                condition=~models.Q(approver=F("actor")), name="ledger_period_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} through {self.through}"


class Snapshot(models.Model):
    """What an account held at the end of a period, in cents on its normal side.

    Written by the database when the period is closed, of those of the entries 1 to ``seq``
    that have a day in or before the period.
    """

    id = models.BigAutoField(primary_key=True)
    period = models.ForeignKey(Period, models.PROTECT, related_name="snapshots")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="snapshots")
    seq = models.BigIntegerField()
    balance = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "period"], name="ledger_snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account} through {self.period.through}"


class BankBalance(models.Model):
    """The closing balance of a day as the bank's statement has it, in cents.

    A wrong row stays; the last row of a day counts.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="bank_balances")
    day = models.DateField()
    cents = models.BigIntegerField()
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["book", "day"], name="ledger_bank_day")]

    def __str__(self) -> str:
        return f"{self.book} on {self.day}"
