"""An account: its balance lives in its own row, under a floor the database keeps."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.rules.chart import AccountType

_T = AccountType
WORDS = {
    _T.AWARD: _("grant awarded"),
    _T.APPR: _("grant not yet split"),
    _T.POOL: _("SME pool"),
    _T.CALL: _("budget of the SME call"),
    _T.RESV: _("amount reserved for the application"),
    _T.VCH: _("open value of the voucher"),
    _T.VADV: _("advance on the voucher"),
    _T.CLAIM: _("claim under check on the voucher"),
    _T.SACC: _("accepted SME support"),
    _T.COORD: _("coordination budget"),
    _T.CCLAIM: _("coordination claimed"),
    _T.CACC: _("accepted coordination"),
    _T.LAPSED: _("lapsed part of the grant"),
    _T.BANK: _("cash in hand"),
    _T.PREFIN: _("prefinancing to be cleared"),
    _T.EUREC: _("claim on the European Union"),
    _T.EUDUE: _("recovery order of the European Union"),
    _T.INCOME: _("grant income"),
    _T.OWN: _("own money paid in"),
    _T.SEXP: _("SME support spent"),
    _T.CEXP: _("coordination spent"),
    _T.LOSS: _("loss on own funds"),
    _T.SPAY: _("amount owed to the payee"),
    _T.SADV: _("advance still out on the voucher"),
    _T.SREC: _("amount to be recovered from the payee"),
    _T.PPAY: _("amount owed to the partner"),
    _T.PADV: _("prefinancing passed on to the partner"),
    _T.PREC: _("amount to be recovered from the partner"),
    _T.LIMIT: _("control of the limits"),
    _T.CAP: _("amount this enterprise and its linked enterprises may still receive"),
    _T.USED: _("amount this enterprise and its linked enterprises have received"),
}


class Account(models.Model):
    """An amount with a floor; ``balance`` is in cents on the account's normal side.

    Opened by the database when an event first names it, as the chart says, and moved by
    nothing but events. ``head`` is the hash of the last entry, ``version`` its number in the
    account.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=120, unique=True)
    type = models.CharField(max_length=8, choices=list(WORDS.items()))
    key = models.CharField(max_length=64, blank=True, default="")
    normal = models.SmallIntegerField()
    balance = models.BigIntegerField(default=0)
    min_balance = models.BigIntegerField(null=True)
    version = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32)
    last_at = models.DateTimeField(null=True, help_text="real time of the last entry")
    closed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "type", "key"], name="ledger_account_once"),
            models.CheckConstraint(
                condition=Q(min_balance__isnull=True) | Q(balance__gte=F("min_balance")),
                name="ledger_account_floor",
            ),
            models.CheckConstraint(condition=Q(normal__in=[1, -1]), name="ledger_account_side"),
        ]

    def __str__(self) -> str:
        return self.code
