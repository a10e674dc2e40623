"""What an SME must pay back: proposed by one finance officer, decided by another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.models import Record
from vouchers.models.claim import Claim
from vouchers.models.voucher import Voucher


class Recovery(Record):
    """One recovery of a paid claim, in cents. Until it is repaid the SME gets no new voucher."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="recoveries")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="recovery")
    amount_cents = models.BigIntegerField()
    reason = models.TextField()
    proposed_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    payment = models.OneToOneField(
        "grants.Payment", models.PROTECT, related_name="recovery", null=True, blank=True
    )
    repaid_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "recoveries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="recovery_amount"),
            models.CheckConstraint(condition=~Q(reason=""), name="recovery_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="recovery_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher}: {self.amount_cents}"
