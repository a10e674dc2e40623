"""What happened (event), in legs (posting), and what each leg did to its accounts (entry)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ledger.rules.chart import AMOUNT_MAX
from ledger.rules.kinds import Kind

LEGS_MAX = 30_000


class ChartLine(models.Model):
    """The chart of accounts, as the database reads it. Written by the installer alone."""

    type = models.CharField(max_length=8, primary_key=True)
    normal = models.SmallIntegerField()
    min_balance = models.BigIntegerField(null=True)
    is_keyed = models.BooleanField()

    def __str__(self) -> str:
        return self.type


class PostingRule(models.Model):
    """The closed list, as the database reads it. Written by the installer alone."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    debit_type = models.CharField(max_length=8)
    credit_type = models.CharField(max_length=8)
    same_key = models.BooleanField()
    two_persons = models.BooleanField()
    phase = models.CharField(max_length=8)
    ties = models.CharField(max_length=60, blank=True, help_text="words of ``Tie``, by space")
    mirror_ties = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "debit_type", "credit_type"], name="ledger_rule_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.debit_type} → {self.credit_type}"


class Event(models.Model):
    """One business event: inserted with its legs, and the database does all the rest.

    ``lines`` are the legs as asked: debit type, debit key, credit type, credit key, cents. The
    insert opens missing accounts, locks all of them in one order, writes postings and entries
    and moves the balances, or it is refused as a whole. ``idem`` is made by the caller before
    sending and kept for ever: the same key is the same event. ``at`` is product time;
    ``recorded_at`` is real time, and never before the last entry of an account.
    People and documents are never deleted, and the database looks them up itself.
    """

    id = models.BigAutoField(primary_key=True)
    idem = models.UUIDField(unique=True)
    book = models.ForeignKey(
        "ledger.Book", models.PROTECT, related_name="events", db_constraint=False
    )
    kind = models.CharField(max_length=30)
    document = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    effective_on = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    reverses = models.OneToOneField(
        "ledger.Event",
        models.PROTECT,
        related_name="reversed_by",
        db_constraint=False,
        null=True,
    )
    legs = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    payload_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(legs__gte=1, legs__lte=LEGS_MAX), name="ledger_event_legs"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("actor")),
                name="ledger_event_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REVERSAL, reverses__isnull=False)
                | ~Q(kind=Kind.REVERSAL) & Q(reverses__isnull=True),
                name="ledger_event_reversal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.idem}"


class Posting(models.Model):
    """``amount`` cents from ``debit`` to ``credit``: one leg, written by the database."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(
        "ledger.Event",
        models.PROTECT,
        related_name="postings",
        db_constraint=False,
        db_index=False,
    )
    leg_no = models.PositiveSmallIntegerField()
    debit = models.ForeignKey(
        "ledger.Account",
        models.PROTECT,
        related_name="debits",
        db_constraint=False,
        db_index=False,
    )
    credit = models.ForeignKey(
        "ledger.Account",
        models.PROTECT,
        related_name="credits",
        db_constraint=False,
        db_index=False,
    )
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
    """What a posting did to an account, by the database; ``amount`` is + debit, - credit."""

    id = models.BigAutoField(primary_key=True)
    posting = models.ForeignKey(
        "ledger.Posting",
        models.PROTECT,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
    account = models.ForeignKey(
        "ledger.Account",
        models.PROTECT,
        related_name="entries",
        db_constraint=False,
        db_index=False,
    )
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
