"""The final settlement of a book, from the ledger's own S and C."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

_MATCHED = F("s_accepted") * (F("share_d") - F("share_n")) / F("share_n")


class Settlement(models.Model):
    """All amounts in cents. Each replaces the one before (``n`` counts from 1).

    The database refuses a row whose S and C are not the balances of ``B.SACC`` and ``B.CACC``
    at ``s_seq`` and ``c_seq``, whose ``grant_max`` is above ``B.AWARD``, or whose parts are
    not the formula's.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="settlements")
    n = models.PositiveSmallIntegerField()
    share_n = models.PositiveSmallIntegerField()
    share_d = models.PositiveSmallIntegerField()
    grant_max = models.BigIntegerField()
    s_accepted = models.BigIntegerField()
    c_accepted = models.BigIntegerField()
    payable = models.BigIntegerField()
    sme_part = models.BigIntegerField()
    coord_part = models.BigIntegerField()
    s_seq = models.BigIntegerField()
    c_seq = models.BigIntegerField()
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "n"], name="ledger_settlement_once"),
            models.CheckConstraint(
                condition=Q(grant_max__gte=0, s_accepted__gte=0, c_accepted__gte=0),
                name="ledger_settlement_positive",
            ),
            models.CheckConstraint(
                condition=Q(
                    payable=Least(
                        F("grant_max"), F("s_accepted") + Least(F("c_accepted"), _MATCHED)
                    )
                ),
                name="ledger_settlement_formula",
            ),
            models.CheckConstraint(
                condition=Q(sme_part=Least(F("s_accepted"), F("payable")))
                & Q(payable=F("sme_part") + F("coord_part")),
                name="ledger_settlement_parts",
            ),
            models.CheckConstraint(
                condition=Q(payable__lte=F("sme_part") * F("share_d") / F("share_n")),
                name="ledger_settlement_share",
            ),
            models.CheckConstraint(
                condition=~Q(approver=F("actor")), name="ledger_settlement_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} settlement {self.n}"
