"""A call of a Eurocluster for SMEs, in the shapes that Euroclusters published.

docs/domain.md, "How Euroclusters run SME support in practice". Money in euro cents, shares in
basis points, days as the call counts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models import Grant
from parties.rules.countries import COUNTRIES
from vouchers.models.choices import (
    AidRegime,
    Distance,
    LineOrder,
    PaymentRoute,
    SchemeKind,
    SmeCallState,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.models import Person

PUBLIC_STATES = (
    SmeCallState.OPEN,
    SmeCallState.EXHAUSTED,
    SmeCallState.CLOSED,
    SmeCallState.EVALUATING,
    SmeCallState.AWARDED,
    SmeCallState.CONTRACTING,
    SmeCallState.DONE,
)


class SmeCallQuerySet(models.QuerySet["SmeCall"]):
    """SME calls as people may see them."""

    def public(self) -> SmeCallQuerySet:
        """Those that were opened: anybody may read them."""
        return self.filter(state__in=PUBLIC_STATES)

    def run_by(self, person: Person, *, on: date) -> SmeCallQuerySet:
        """Those of grants in which the person holds a role, or whose call the person watches."""
        return self.filter(grant__in=Grant.objects.visible_to(person, on=on))


class SmeCall(Record):
    """One SME call of one grant; ``organisation`` runs it, signs its vouchers and pays.

    ``regime`` de minimis: Regulation (EU) 2023/2831, Article 3(2): at most ``aid_ceiling_cents``
    (EUR 300,000) per single undertaking over any ``aid_years`` (3) from one Member State, which
    is ``aid_country``, or that of ``organisation`` if none is named.
    """

    State = SmeCallState
    Scheme = SchemeKind
    Order = LineOrder
    Route = PaymentRoute
    Regime = AidRegime
    Distance = Distance

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="sme_calls")
    organisation = models.ForeignKey("parties.Organisation", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    portal_id = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=SmeCallState.choices, default=SmeCallState.DRAFT
    )
    scheme = models.CharField(max_length=14, choices=SchemeKind.choices)
    order = models.CharField(max_length=10, choices=LineOrder.choices)
    budget_cents = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField(default=10_000)
    own_share_bp = models.PositiveIntegerField(default=0)
    vat_payable = models.BooleanField(default=False)
    route = models.CharField(
        max_length=14, choices=PaymentRoute.choices, default=PaymentRoute.REIMBURSEMENT
    )
    regime = models.CharField(max_length=10, choices=AidRegime.choices, default=AidRegime.NONE)
    aid_ceiling_cents = models.BigIntegerField(default=30_000_000)
    aid_years = models.PositiveSmallIntegerField(default=3)
    aid_country = models.CharField(max_length=2, choices=COUNTRIES, blank=True, default="")
    zone = models.CharField(max_length=40, default="Europe/Brussels")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    derogation = models.TextField(blank=True)

    service_max = models.PositiveSmallIntegerField(default=2)
    validity_months = models.PositiveSmallIntegerField(default=12)
    accept_days = models.PositiveSmallIntegerField(default=15)
    answer_days = models.PositiveSmallIntegerField(default=15)
    invoice_days = models.PositiveSmallIntegerField(default=30)
    check_days = models.PositiveSmallIntegerField(default=30)
    pay_days = models.PositiveSmallIntegerField(default=14)
    age_months_min = models.PositiveSmallIntegerField(default=0)
    catalogue_only = models.BooleanField(default=False)
    clusters_excluded = models.BooleanField(default=False)
    distance = models.CharField(max_length=14, choices=Distance.choices, default=Distance.ANYWHERE)
    score_min = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    score_delta = models.DecimalField(max_digits=6, decimal_places=2, default=10)

    created_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)

    objects = SmeCallQuerySet.as_manager()

    class Meta:
        verbose_name = "SME call"
        constraints: ClassVar = [
            choices_check("state", SmeCallState, name="sme_call_state"),
            choices_check("scheme", SchemeKind, name="sme_call_scheme"),
            choices_check("order", LineOrder, name="sme_call_order"),
            choices_check("route", PaymentRoute, name="sme_call_route"),
            choices_check("regime", AidRegime, name="sme_call_regime"),
            choices_check("distance", Distance, name="sme_call_distance"),
            models.CheckConstraint(condition=Q(budget_cents__gt=0), name="sme_call_budget"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="sme_call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(rate_bp__gt=0, rate_bp__lte=10_000, own_share_bp__lt=10_000),
                name="sme_call_rates",
            ),
            models.CheckConstraint(
                condition=Q(validity_months__gt=0, accept_days__gt=0), name="sme_call_days"
            ),
            models.CheckConstraint(
                condition=Q(aid_ceiling_cents__gt=0, aid_years__gt=0), name="sme_call_aid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_aid(self) -> bool:
        """Whether a voucher of this call is de minimis aid."""
        return self.regime == AidRegime.DE_MINIMIS

    @property
    def aid_from(self) -> str:
        """The Member State whose aid a voucher is: two letters."""
        return self.aid_country or self.organisation.country

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone whose clock decides the call's days."""
        return ZoneInfo(self.zone)

    def local_day(self, instant: datetime) -> date:
        """The day that an instant falls on, by the call's own clock."""
        return instant.astimezone(self.zone_info).date()


class SmeCallTransition(TransitionBase):
    """One move of an SME call."""

    record = models.ForeignKey(SmeCall, models.PROTECT, related_name="transitions")
