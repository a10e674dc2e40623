"""A book: the accounts of one grant."""

from typing import ClassVar

from django.db import models


class Book(models.Model):
    """Opened once, never changed. ``share_n`` of every ``share_d`` cents go to SMEs."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    share_n = models.PositiveSmallIntegerField(default=3)
    share_d = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(share_n__gt=0, share_n__lte=models.F("share_d")),
                name="ledger_book_share",
            ),
            models.CheckConstraint(condition=~models.Q(code=""), name="ledger_book_code"),
        ]

    def __str__(self) -> str:
        return self.code
