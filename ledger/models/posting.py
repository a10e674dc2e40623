"""What happened (event), in legs (posting), and what each leg did to its accounts (entry)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ledger.rules.chart import AMOUNT_MAX, CHART
from ledger.rules.kinds import TWO_PERSONS, Kind, Phase

_PEOPLE = Q(approver__isnull=False) & ~Q(approver=F("actor"))
LEGS_MAX = 500


class PostingRule(models.Model):
    """The closed list, as the database reads it. Written by the installer alone."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    debit_type = models.CharField(max_length=8)
    credit_type = models.CharField(max_length=8)
    same_key = models.BooleanField()
    phase = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "debit_type", "credit_type"], name="ledger_rule_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=sorted(Kind)), name="ledger_rule_kind"),
            models.CheckConstraint(
                condition=Q(debit_type__in=sorted(CHART), credit_type__in=sorted(CHART)),
                name="ledger_rule_types",
            ),
            models.CheckConstraint(condition=Q(phase__in=sorted(Phase)), name="ledger_rule_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.debit_type} → {self.credit_type}"


class Event(models.Model):
    """One business event: all its legs are posted in one transaction or none is.

    ``idem`` is made by the caller before sending and kept for ever: the same key is the same
    event. ``at`` is product time; ``recorded_at`` is the real time, set under the locks.
    """

    id = models.BigAutoField(primary_key=True)
    idem = models.UUIDField(unique=True)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    effective_on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    legs = models.PositiveSmallIntegerField()
    payload_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=sorted(Kind)), name="ledger_event_kind"),
            models.CheckConstraint(
                condition=Q(legs__gte=0, legs__lte=LEGS_MAX), name="ledger_event_legs"
            ),
            models.CheckConstraint(
                condition=Q(payload_sha256__regex=r"^[0-9a-f]{64}$"), name="ledger_event_payload"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(TWO_PERSONS)) | _PEOPLE,
                name="ledger_event_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.idem}"


class Posting(models.Model):
    """``amount`` cents from ``debit`` to ``credit``."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey("ledger.Event", models.PROTECT, related_name="postings")
    leg_no = models.PositiveSmallIntegerField()
    debit = models.ForeignKey("ledger.Account", models.PROTECT, related_name="debits")
    credit = models.ForeignKey("ledger.Account", models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "leg_no"], name="ledger_posting_leg_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=AMOUNT_MAX), name="ledger_posting_amount"
            ),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="ledger_posting_two_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.leg_no}"


class Entry(models.Model):
    """Written by the database when a posting arrives; ``amount`` is + debit, - credit."""

    id = models.BigAutoField(primary_key=True)
    posting = models.ForeignKey("ledger.Posting", models.PROTECT, related_name="entries")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="entries")
    seq = models.BigIntegerField()
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "seq"], name="ledger_entry_seq_once"),
            models.UniqueConstraint(fields=["posting", "account"], name="ledger_entry_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}/{self.seq}"
