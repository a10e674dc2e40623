"""Payments of every kind, and what the bank said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models.grant import Beneficiary, GrantRole, running
from grants.models.grant_states import BankOutcome, PaymentKind, PaymentState
from grants.models.roles import CallRole
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.models import Person

AMOUNT_MAX_CENTS = 10**13
INCOMING = (PaymentKind.DEBIT_NOTE, PaymentKind.RECOVERY_IN)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, and on whose desk they lie."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Officers see those of their calls, partners what their organisation pays or gets."""
        calls = running(CallRole.objects.filter(person=person), on=on).values("call")
        roles = running(GrantRole.objects.filter(person=person), on=on)
        payer = roles.filter(grant=OuterRef("grant"), organisation=OuterRef("payer"))
        payee = roles.filter(grant=OuterRef("grant"), organisation=OuterRef("payee"))
        members = Membership.objects.live(on_date=on).acting().filter(person=person)
        partner = Beneficiary.objects.filter(
            Q(organisation=OuterRef("payer")) | Q(organisation=OuterRef("payee")),
            grant=OuterRef("grant"),
            organisation__in=members.values("organisation"),
        )
        mine = Exists(payer) | Exists(payee) | Exists(partner)
        return self.filter(Q(grant__call__in=calls) | mine)

    def on_desk_of(self, person: Person, *, on: date) -> Self:
        """Payments that this finance officer's side handles, outgoing and incoming."""
        offices = running(CallRole.objects.filter(person=person, role="FO"), on=on).values("call")
        roles = running(GrantRole.objects.filter(person=person, role="FO"), on=on)
        payer = roles.filter(grant=OuterRef("grant"), organisation=OuterRef("payer"))
        payee = roles.filter(grant=OuterRef("grant"), organisation=OuterRef("payee"))
        incoming = Q(kind__in=INCOMING)
        of_call = Q(grant__call__in=offices) & (
            ~incoming & Q(payer__isnull=True) | incoming & Q(payee__isnull=True)
        )
        return self.filter(of_call | ~incoming & Exists(payer) | incoming & Exists(payee))


class Payment(Record):
    """One transfer of money, in cents; a party that is empty is the granting authority.

    Preparer, approver and sender are three persons and the certifier of the amount never prepares:
    constraints of the table, not only of the code (docs/domain.md, "Payment").
    """

    Kind = PaymentKind

    State = PaymentState

    grant = models.ForeignKey("grants.Grant", models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    payer = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", null=True, blank=True
    )
    payee = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", null=True, blank=True
    )
    amount_cents = models.BigIntegerField()
    account = models.ForeignKey(
        "parties.BankAccount", models.PROTECT, related_name="+", null=True, blank=True
    )
    iban = models.CharField(max_length=34, blank=True)
    holder = models.CharField(max_length=140, blank=True)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    subject = models.CharField(max_length=140)
    report = models.ForeignKey(
        "grants.PeriodicReport",
        models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
    )
    recovers = models.ForeignKey(
        "self", models.PROTECT, related_name="recoveries", null=True, blank=True
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    created_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    days_left = models.IntegerField(null=True, blank=True)
    certifier = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    preparer = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    approver = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    sender = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    order = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    executed_on = models.DateField(null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            choices_check("state", PaymentState, name="payment_state"),
            choices_check("kind", PaymentKind, name="payment_kind"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0, amount_cents__lte=AMOUNT_MAX_CENTS),
                name="payment_amount",
            ),
            models.CheckConstraint(condition=~Q(end_to_end_id=""), name="payment_end_to_end"),
            models.CheckConstraint(
                condition=Q(payer__isnull=True, payee__isnull=False)
                | Q(payer__isnull=False, payee__isnull=True)
                | Q(payer__isnull=False, payee__isnull=False) & ~Q(payer=F("payee")),
                name="payment_two_parties",
            ),
            models.CheckConstraint(
                condition=(Q(approver__isnull=True) | ~Q(approver=F("preparer")))
                & (Q(sender__isnull=True) | ~Q(sender=F("preparer")))
                & (Q(sender__isnull=True) | ~Q(sender=F("approver"))),
                name="payment_three_persons",
            ),
            models.CheckConstraint(
                condition=Q(certifier__isnull=True)
                | Q(preparer__isnull=True)
                | ~Q(preparer=F("certifier")),
                name="payment_certifier_never_prepares",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("due", "suspended", "cancelled"))
                | Q(preparer__isnull=False),
                name="payment_prepared_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("due", "suspended", "prepared", "cancelled"))
                | Q(approver__isnull=False),
                name="payment_approved_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("due", "suspended", "prepared", "approved", "cancelled"))
                | Q(sender__isnull=False),
                name="payment_sent_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("due", "suspended", "cancelled"))
                | Q(payee__isnull=True)
                | ~Q(iban=""),
                name="payment_account_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="payment_desk")]

    def __str__(self) -> str:
        return self.end_to_end_id

    @property
    def is_incoming(self) -> bool:
        """True when the desk waits for money instead of sending it."""
        return self.kind in INCOMING

    @property
    def desk_id(self) -> UUID | None:
        """The organisation whose finance officers handle it; None: the granting authority."""
        return self.payee_id if self.is_incoming else self.payer_id

    @property
    def other_side_id(self) -> UUID | None:
        """The organisation on the other end; None: the granting authority."""
        return self.payer_id if self.is_incoming else self.payee_id


class PaymentTransition(TransitionBase):
    """One move of a payment."""

    record = models.ForeignKey(Payment, models.PROTECT, related_name="transitions")


class BankRecord(Record):
    """What one finance officer read on the bank's statement; it counts once another confirms."""

    Outcome = BankOutcome

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="bank_records")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reference = models.CharField(max_length=35)
    booked_on = models.DateField()
    reason = models.CharField(max_length=140, blank=True)
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    entered_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("outcome", BankOutcome, name="bank_record_outcome"),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(withdrawn_at__isnull=True),
                name="bank_record_one_open",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="bank_record_two_persons",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="bank_record_reference"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="bank_record_confirmed_stands",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
