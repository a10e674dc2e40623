"""A voucher: what one SME may have paid, for which service, until when. Money in euro cents.

What is left on it is not written here: the ledger knows (``queries.voucher``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models import Grant
from parties.models import Membership, Organisation
from vouchers.models.application import Application
from vouchers.models.choices import ServiceKind, VoucherState
from vouchers.models.provider import Provider

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person

USABLE = (
    VoucherState.ISSUED,
    VoucherState.PROVIDER_SET,
    VoucherState.IN_PROGRESS,
    VoucherState.PARTLY_REDEEMED,
)
ACTIVE = (*USABLE, VoucherState.SUSPENDED)
_SIGNED_ONCE = ("reserved", "cancelled", "revoked")


class VoucherQuerySet(models.QuerySet["Voucher"]):
    """Vouchers as people may see them."""

    def of_member(self, person: Person, *, on: date) -> VoucherQuerySet:
        """Those of organisations of which the person is a member on that day."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        return self.filter(organisation__in=mine.values("organisation"))

    def visible_to(self, person: Person, *, on: date) -> VoucherQuerySet:
        """The SME's own, and those of the grants whose people or officers the person is one of."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        grants = Grant.objects.visible_to(person, on=on)
        return self.filter(Q(organisation__in=mine.values("organisation")) | Q(grant__in=grants))


class Voucher(Record):
    """One voucher. ``code`` is what the square code carries: nobody can guess it."""

    State = VoucherState
    Kind = ServiceKind

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="vouchers")
    application = models.OneToOneField(Application, models.PROTECT, related_name="voucher")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="vouchers")
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=43, unique=True)
    state = models.CharField(
        max_length=15, choices=VoucherState.choices, default=VoucherState.RESERVED
    )
    kind = models.CharField(max_length=10, choices=ServiceKind.choices)
    value_cents = models.BigIntegerField()
    created_at = models.DateTimeField()

    holder_signed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    holder_signed_at = models.DateTimeField(null=True, blank=True)
    consortium_signed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    consortium_signed_at = models.DateTimeField(null=True, blank=True)
    agreement = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="vouchers", null=True, blank=True
    )
    offer = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    offer_net_cents = models.BigIntegerField(null=True, blank=True)
    provider_confirmed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    provider_confirmed_at = models.DateTimeField(null=True, blank=True)
    contract_on = models.DateField(null=True, blank=True)

    suspended_from = models.CharField(max_length=15, choices=VoucherState.choices, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            choices_check("state", VoucherState, name="voucher_state"),
            choices_check("kind", ServiceKind, name="voucher_kind"),
            models.CheckConstraint(condition=Q(value_cents__gt=0), name="voucher_value"),
            models.CheckConstraint(
                condition=Q(state__in=_SIGNED_ONCE)
                | Q(
                    holder_signed_by__isnull=False,
                    consortium_signed_by__isnull=False,
                    agreement__isnull=False,
                    issued_at__isnull=False,
                    expires_on__isnull=False,
                ),
                name="voucher_issued_when_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["provider_set", "in_progress", "partly_redeemed"])
                | Q(provider__isnull=False, provider_confirmed_by__isnull=False),
                name="voucher_provider_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_progress", "partly_redeemed"])
                | Q(contract_on__isnull=False),
                name="voucher_contract_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="suspended")
                | (~Q(suspended_from="") & Q(suspended_at__isnull=False)),
                name="voucher_suspended_from",
            ),
            models.CheckConstraint(
                condition=Q(holder_signed_by__isnull=True)
                | Q(consortium_signed_by__isnull=True)
                | ~Q(holder_signed_by=F("consortium_signed_by")),
                name="voucher_two_signatories",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "expires_on"], name="voucher_expiry")]

    def __str__(self) -> str:
        return self.number


class VoucherTransition(TransitionBase):
    """One move of a voucher."""

    record = models.ForeignKey(Voucher, models.PROTECT, related_name="transitions")


class VoucherExtension(Record):
    """A later last day for a voucher: asked by one person of the grant, decided by another."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="extensions")
    expires_before = models.DateField()
    expires_after = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(decided_at__isnull=True),
                name="voucher_extension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(expires_after__gt=F("expires_before")), name="voucher_extension_later"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="voucher_extension_two_persons",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="voucher_extension_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.expires_after}"
