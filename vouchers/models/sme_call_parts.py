"""What an SME call publishes as lists: services, criteria, evidence, maxima, instalments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.constraints import choices_check
from core.models import Record
from parties.rules.countries import COUNTRIES
from vouchers.models.choices import EvidenceStage, ServiceKind
from vouchers.models.sme_call import SmeCall


class SmeService(Record):
    """One thing that the call pays for: its fixed amount, or the most that it pays, in cents."""

    Kind = ServiceKind

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="services")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ServiceKind.choices)
    title = models.CharField(max_length=160)
    activities = models.TextField()
    amount_cents = models.BigIntegerField()
    counts = models.BooleanField(default=True, help_text="counts towards the services per SME")

    class Meta:
        constraints: ClassVar = [
            choices_check("kind", ServiceKind, name="sme_service_kind"),
            models.UniqueConstraint(fields=["sme_call", "position"], name="sme_service_once"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="sme_service_amount"),
        ]

    def __str__(self) -> str:
        return self.title


class SmeCriterion(Record):
    """One award criterion; ``tie_rank`` is its place in the call's tie-break list."""

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    score_max = models.DecimalField(max_digits=6, decimal_places=2)
    score_step = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    threshold = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    tie_rank = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sme_call", "position"], name="sme_criterion_once"),
            models.UniqueConstraint(fields=["sme_call", "tie_rank"], name="sme_criterion_tie_once"),
            models.CheckConstraint(
                condition=Q(score_max__gt=0, score_step__gt=0), name="sme_criterion_scale"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0, threshold__lte=F("score_max")),
                name="sme_criterion_threshold",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceItem(Record):
    """One piece of evidence that the call asks for, and when."""

    Stage = EvidenceStage

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="evidence_items")
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=11, choices=EvidenceStage.choices)
    title = models.CharField(max_length=160)
    hint = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("stage", EvidenceStage, name="evidence_item_stage"),
            models.UniqueConstraint(fields=["sme_call", "position"], name="evidence_item_once"),
        ]

    def __str__(self) -> str:
        return self.title


class CountryMaximum(Record):
    """The most SMEs of one country that the call can support."""

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="country_maxima")
    country = models.CharField(max_length=2, choices=COUNTRIES)
    places = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sme_call", "country"], name="country_maximum_once"),
            models.CheckConstraint(
                condition=Q(country__in=list(COUNTRIES)), name="country_maximum_country"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.places}"


class Instalment(Record):
    """One part of a voucher that is paid in instalments: its share and what it waits for."""

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="instalments")
    position = models.PositiveSmallIntegerField()
    share_bp = models.PositiveIntegerField()
    trigger = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sme_call", "position"], name="instalment_once"),
            models.CheckConstraint(
                condition=Q(share_bp__gt=0, share_bp__lte=10_000), name="instalment_share"
            ),
        ]

    def __str__(self) -> str:
        return self.trigger
