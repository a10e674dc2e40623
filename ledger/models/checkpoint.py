"""What the whole ledger was at one moment, signed; each checkpoint continues the one before."""

from typing import ClassVar

from django.db import models


class Checkpoint(models.Model):
    """``root`` signs every account's head and every other row (``ledger.rules.checkpoint``).

    ``accounts``, ``entries`` and ``rows`` count what it covers. ``public_key`` and
    ``signature`` are Ed25519's 32 and 64 bytes.
    """

    n = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    accounts = models.PositiveBigIntegerField()
    entries = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField()
    prev_root = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(n__gte=1), name="ledger_checkpoint_from_one"),
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.n}"


class CheckpointHead(models.Model):
    """An account that moved, opened or closed since the checkpoint before."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="heads")
    code = models.CharField(max_length=120)
    version = models.BigIntegerField()
    head = models.BinaryField(max_length=32)
    closed = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "code"], name="ledger_head_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} at checkpoint {self.checkpoint_id}"


class CheckpointRow(models.Model):
    """A row of a table without a chain, new since the checkpoint before; ``key`` names it."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="digests")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "key"], name="ledger_checkpointrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
