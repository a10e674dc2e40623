from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record, TransitionBase
from parties.models.organisation import Organisation

if TYPE_CHECKING:
    from datetime import date


class BankAccountState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for validation")
    VALIDATED = "validated", _("Validated")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")
    BLOCKED = "blocked", _("Stopped")


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    """Bank accounts of organisations."""

    def payable(self, *, on_date: date) -> BankAccountQuerySet:
        """Accounts that a payment may go to on that day: validated, cooling days over."""
        return self.filter(state=BankAccount.State.VALIDATED, usable_from__lte=on_date)

    def once_valid(self) -> BankAccountQuerySet:
        """Accounts that are or were validated."""
        return self.filter(validated_at__isnull=False)


class BankAccount(Record):
    """Where an organisation is paid. Never edited: a change is a new row, the old one is kept."""

    State = BankAccountState

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(_("account holder"), max_length=140)
    iban = models.CharField(_("IBAN"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    validated_at = models.DateTimeField(_("validated at"), null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("validated by"),
    )
    usable_from = models.DateField(_("payments from"), null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints: ClassVar = [
            choices_check("state", BankAccountState, name="parties_bankaccount_state"),
            models.CheckConstraint(
                condition=Q(validated_by__isnull=True) | ~Q(validated_by=F("proposed_by")),
                name="parties_bankaccount_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["validated", "replaced", "blocked"])
                | Q(
                    validated_at__isnull=False,
                    validated_by__isnull=False,
                    usable_from__isnull=False,
                ),
                name="parties_bankaccount_validated_has_facts",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="validated"),
                name="parties_bankaccount_one_validated",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="proposed"),
                name="parties_bankaccount_one_proposed",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("parties:bank_account_detail", args=[self.pk])

    def __str__(self) -> str:
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))


class BankAccountTransition(TransitionBase):
    """Who moved a bank account, when, from where to where, and why."""

    record = models.ForeignKey(BankAccount, models.PROTECT, related_name="transitions")
