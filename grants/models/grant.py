"""The grant agreement: its terms, its partners, who may act for them, who signed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models.grant_states import GrantRoleKind, GrantState, SignatureKind
from grants.models.roles import CallRole
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person

ONE_IN_BP = 10_000
Dated = TypeVar("Dated", bound=models.Model)


def running(roles: models.QuerySet[Dated], *, on: date) -> models.QuerySet[Dated]:
    """The roles that have begun and not ended on that day."""
    return roles.filter(Q(end_date__isnull=True) | Q(end_date__gte=on), start_date__lte=on)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants, and who may see them."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Officers see the grants of their calls, partners those in which they act."""
        calls = running(CallRole.objects.filter(person=person), on=on).values("call")
        roles = running(GrantRole.objects.filter(person=person), on=on).values("grant")
        members = Membership.objects.live(on_date=on).acting().filter(person=person)
        partners = Beneficiary.objects.filter(organisation__in=members.values("organisation"))
        own = Q(pk__in=roles) | Q(pk__in=partners.values("grant"))
        return self.filter(Q(call__in=calls) | own)


class Grant(Record):
    """One agreement between the granting authority and a consortium; money in EU cents.

    The terms (rates, ceilings, days) are copied from the call when the preparation begins: a later
    corrigendum never changes a signed agreement. Sources: docs/domain.md, "Grant".
    """

    State = GrantState

    number = models.CharField(max_length=40, unique=True)
    call = models.ForeignKey("grants.Call", models.PROTECT, related_name="grants")
    proposal = models.OneToOneField("grants.Proposal", models.PROTECT, related_name="grant")
    version = models.ForeignKey("grants.ProposalVersion", models.PROTECT, related_name="+")
    coordinator = models.ForeignKey("parties.Organisation", models.PROTECT, related_name="+")
    book = models.OneToOneField(
        "ledger.Book", models.PROTECT, related_name="grant", null=True, blank=True
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.PREPARATION)
    created_at = models.DateTimeField()

    grant_max_cents = models.BigIntegerField()
    sme_planned_cents = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    share_n = models.PositiveSmallIntegerField(default=3)
    share_d = models.PositiveSmallIntegerField(default=4)
    rates_bp = models.JSONField(help_text="EU rate in basis points by cost category")
    preparations = models.PositiveSmallIntegerField(default=0)
    indirect_bp = models.PositiveIntegerField(default=700)
    prefinancing_bp = models.PositiveIntegerField(default=5000)
    ceiling_bp = models.PositiveIntegerField(default=9000)
    prefinancing_days = models.PositiveSmallIntegerField(default=30)
    payment_days = models.PositiveSmallIntegerField(default=90)
    report_days = models.PositiveSmallIntegerField(default=60)
    report_months = models.PositiveSmallIntegerField(default=12)
    signature_months = models.PositiveSmallIntegerField(default=9)
    cfs_threshold_cents = models.BigIntegerField(default=32_500_000)

    exclusion_checked_at = models.DateTimeField(null=True, blank=True)
    exclusion_checked_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    exclusion_source = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(
        "parties.BankAccount", models.PROTECT, related_name="+", null=True, blank=True
    )
    agreement = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    terminated_on = models.DateField(null=True, blank=True)
    reduction_cents = models.BigIntegerField(default=0)
    reduction_reason = models.TextField(blank=True)
    retention_until = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            choices_check("state", GrantState, name="grant_state"),
            models.CheckConstraint(
                condition=Q(grant_max_cents__gt=0)
                & Q(sme_planned_cents__gte=0)
                & Q(sme_planned_cents__lte=F("grant_max_cents"))
                & Q(reduction_cents__gte=0)
                & Q(reduction_cents__lte=F("grant_max_cents")),
                name="grant_amounts",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(share_n__gt=0)
                & Q(share_n__lt=F("share_d"))
                & Q(ceiling_bp__lte=ONE_IN_BP)
                & Q(indirect_bp__lte=ONE_IN_BP)
                & Q(prefinancing_bp__lte=F("ceiling_bp")),
                name="grant_terms",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def coordination_planned_cents(self) -> int:
        """What the agreement leaves for coordination, in cents."""
        return self.grant_max_cents - self.sme_planned_cents


class GrantTransition(TransitionBase):
    """One move of a grant."""

    record = models.ForeignKey(Grant, models.PROTECT, related_name="transitions")


class Beneficiary(Record):
    """An organisation of the consortium with its planned EU contribution, in cents."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="beneficiaries")
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="beneficiary_of"
    )
    is_coordinator = models.BooleanField(default=False)
    coordination_planned_cents = models.BigIntegerField()
    sme_planned_cents = models.BigIntegerField(default=0)
    declared_at = models.DateTimeField(null=True, blank=True)
    acceded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "organisation"], name="beneficiary_once"),
            models.UniqueConstraint(
                fields=["grant"],
                condition=Q(is_coordinator=True),
                name="beneficiary_coordinator",
            ),
            models.CheckConstraint(
                condition=Q(coordination_planned_cents__gte=0) & Q(sme_planned_cents__gte=0),
                name="beneficiary_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class GrantRole(Record):
    """What a person may do in one grant for one partner, and from when to when."""

    Role = GrantRoleKind

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="roles")
    person = models.ForeignKey("core.Person", models.PROTECT, related_name="grant_roles")
    organisation = models.ForeignKey("parties.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=5, choices=Role.choices)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("role", GrantRoleKind, name="grant_role"),
            models.UniqueConstraint(
                fields=["grant", "person", "organisation", "role"],
                condition=Q(end_date__isnull=True),
                name="grant_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person}"


class Signature(Record):
    """A person signed a document for a party; what is signed is the hash of the file."""

    Kind = SignatureKind

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        "parties.Organisation", models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            choices_check("kind", SignatureKind, name="signature_kind"),
            models.UniqueConstraint(
                fields=["grant", "kind", "organisation", "document"], name="signature_once"
            ),
            models.UniqueConstraint(
                fields=["grant", "kind", "document"],
                condition=Q(organisation__isnull=True),
                name="signature_of_authority_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person}"
