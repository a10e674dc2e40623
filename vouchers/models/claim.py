"""A claim: one part of a voucher's value, with its evidence. Money in euro cents, net of VAT."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models import Grant
from parties.models import Membership
from vouchers.models.choices import PaymentRoute
from vouchers.models.sme_call_parts import EvidenceItem
from vouchers.models.voucher import Voucher

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

    from core.models import Person
    from parties.models import Organisation


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being checked")
    RETURNED = "returned", _("Sent back")
    CHECKED = "checked", _("Checked")
    REJECTED = "rejected", _("Rejected")
    CERTIFIED = "certified", _("Certified")
    SCHEDULED = "scheduled", _("In payment")
    PAID = "paid", _("Paid")
    RECOVERED = "recovered", _("To be paid back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNDER_CHECK = (ClaimState.SUBMITTED, ClaimState.RETURNED, ClaimState.CHECKED)
UNSETTLED = (*UNDER_CHECK, ClaimState.CERTIFIED, ClaimState.SCHEDULED)
COUNTING = (*UNSETTLED, ClaimState.PAID, ClaimState.RECOVERED)


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims as people may see them."""

    def visible_to(self, person: Person, *, on: date) -> ClaimQuerySet:
        """The SME's own; and those handed in, for the people and officers of the grant."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        grants = Grant.objects.visible_to(person, on=on)
        return self.filter(
            Q(voucher__organisation__in=mine.values("organisation"))
            | Q(submitted_at__isnull=False, voucher__grant__in=grants)
        )


class Claim(Record):
    """What an SME asks to be paid from its voucher: the support, not the invoice's total.

    ``advance_cents`` is the part that an advance already covers, fixed when it is handed in.
    """

    State = ClaimState

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT)
    delivered = models.TextField(blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    invoice_key = models.CharField(max_length=120, blank=True)
    invoice_date = models.DateField(null=True, blank=True)
    vat_cents = models.BigIntegerField(default=0)
    is_final = models.BooleanField(default=False)
    has_no_other_funding = models.BooleanField(default=False)
    is_visible = models.BooleanField(default=False)
    amount_cents = models.BigIntegerField(default=0)
    advance_cents = models.BigIntegerField(default=0)
    accepted_cents = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    certified_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    certified_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="what the fund manager or officer wrote last")
    screened_on = models.DateField(
        null=True, blank=True, help_text="sanctions and exclusion lists looked up"
    )
    vat_seen_on = models.DateField(null=True, blank=True, help_text="VAT number looked up")
    payment = models.OneToOneField(
        "grants.Payment", models.PROTECT, related_name="claim", null=True, blank=True
    )
    paid_on = models.DateField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    if TYPE_CHECKING:
        lines: RelatedManager[ClaimLine]
        evidence: RelatedManager[Evidence]
        transitions: RelatedManager[ClaimTransition]

    class Meta:
        constraints: ClassVar = [
            choices_check("state", ClaimState, name="claim_state"),
            models.UniqueConstraint(fields=["voucher", "number"], name="claim_number_once"),
            models.UniqueConstraint(
                fields=["invoice_key"],
                condition=~Q(invoice_key="") & Q(state__in=[state.value for state in COUNTING]),
                name="claim_invoice_once",
            ),
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state__in=[ClaimState.DRAFT, *UNDER_CHECK]),
                name="claim_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, vat_cents__gte=0, advance_cents__gte=0)
                & Q(advance_cents__lte=F("amount_cents")),
                name="claim_amounts",
            ),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True)
                | Q(accepted_cents__gte=0, accepted_cents__lte=F("amount_cents")),
                name="claim_accepted_within",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | Q(certified_by__isnull=True)
                | ~Q(checked_by=F("certified_by")),
                name="claim_checker_never_certifies",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["certified", "scheduled", "paid", "recovered"])
                | Q(
                    checked_by__isnull=False,
                    certified_by__isnull=False,
                    certified_at__isnull=False,
                    accepted_cents__gt=0,
                ),
                name="claim_certified_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "submitted_at"], name="claim_desk")]

    def __str__(self) -> str:
        return f"{self.voucher}/{self.number}"

    @property
    def payee(self) -> Organisation:
        """Who is owed the money: the provider where the call pays providers, else the SME."""
        voucher = self.voucher
        if voucher.application.sme_call.route == PaymentRoute.PROVIDER and voucher.provider:
            return voucher.provider.organisation
        return voucher.organisation


class ClaimTransition(TransitionBase):
    """One move of a claim."""

    record = models.ForeignKey(Claim, models.PROTECT, related_name="transitions")


class ClaimLine(Record):
    """One line of the invoice, or one milestone of a lump sum: net of VAT, in cents."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    net_cents = models.BigIntegerField()
    accepted_cents = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why less was accepted")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "position"], name="claim_line_once"),
            models.CheckConstraint(condition=Q(net_cents__gt=0), name="claim_line_net"),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True)
                | Q(accepted_cents=F("net_cents"))
                | (Q(accepted_cents__gte=0, accepted_cents__lt=F("net_cents")) & ~Q(reason="")),
                name="claim_line_cut_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(Record):
    """A file that proves a claim; a newer one replaces it in the list, none is lost."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    added_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "item"],
                condition=Q(replaced_at__isnull=True),
                name="claim_evidence_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.document}"
