"""What an SME declared about its size, with every input kept, and what was computed from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.constraints import choices_check
from core.models import Record
from vouchers.models.application import Application
from vouchers.models.choices import InvestorKind, SizeClass, TieDirection


class SmeStatus(Record):
    """The declaration behind one application (Recommendation 2003/361/EC). Money in euro cents."""

    Size = SizeClass

    application = models.OneToOneField(Application, models.PROTECT, related_name="sme_status")
    year = models.PositiveSmallIntegerField()
    headcount = models.DecimalField(max_digits=10, decimal_places=2)
    turnover_cents = models.BigIntegerField()
    balance_cents = models.BigIntegerField()
    is_estimate = models.BooleanField(default=False)
    by_acquisition = models.BooleanField(default=False)
    declared = models.CharField(max_length=6, choices=SizeClass.choices)
    computed = models.CharField(max_length=6, choices=SizeClass.choices)
    of_the_year = models.CharField(max_length=6, choices=SizeClass.choices)
    computed_at = models.DateTimeField()
    total_headcount = models.DecimalField(max_digits=14, decimal_places=4)
    total_turnover_cents = models.BigIntegerField()
    total_balance_cents = models.BigIntegerField()
    grounds = models.JSONField(default=list)
    settled_as = models.CharField(max_length=6, choices=SizeClass.choices, blank=True)
    settled_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_note = models.TextField(blank=True)

    class Meta:
        verbose_name = "SME status"
        constraints: ClassVar = [
            choices_check("declared", SizeClass, name="sme_status_declared"),
            choices_check("computed", SizeClass, name="sme_status_computed"),
            models.CheckConstraint(
                condition=Q(headcount__gte=0, turnover_cents__gte=0, balance_cents__gte=0),
                name="sme_status_figures",
            ),
            models.CheckConstraint(
                condition=Q(settled_as="")
                | (
                    Q(settled_as__in=sorted(SizeClass.values))
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(settled_note="")
                ),
                name="sme_status_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_computed_display()} {self.year}"

    @property
    def is_open(self) -> bool:
        """Declared and computed differ, and nobody has settled it."""
        return self.declared != self.computed and not self.settled_as

    @property
    def size(self) -> str:
        """The class that counts: settled by a fund manager, else computed."""
        return self.settled_as or self.computed

    @property
    def is_sme(self) -> bool:
        """Micro, small or medium-sized."""
        return self.size != SizeClass.LARGE


class SmeYear(Record):
    """Added-up totals of an earlier accounting period, for the two-year rule (Article 4(2))."""

    status = models.ForeignKey(SmeStatus, models.PROTECT, related_name="earlier_years")
    year = models.PositiveSmallIntegerField()
    headcount = models.DecimalField(max_digits=10, decimal_places=2)
    turnover_cents = models.BigIntegerField()
    balance_cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["status", "year"], name="sme_year_once"),
            models.CheckConstraint(
                condition=Q(headcount__gte=0, turnover_cents__gte=0, balance_cents__gte=0),
                name="sme_year_figures",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class LinkedEnterprise(Record):
    """An enterprise or holder that the SME has a tie with; ``through`` is the one in between."""

    Direction = TieDirection
    Investor = InvestorKind

    status = models.ForeignKey(SmeStatus, models.PROTECT, related_name="ties")
    through = models.ForeignKey("self", models.PROTECT, related_name="ties", null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    direction = models.CharField(max_length=4, choices=TieDirection.choices)
    capital_bp = models.PositiveIntegerField(default=0)
    votes_bp = models.PositiveIntegerField(default=0)
    controls = models.BooleanField(default=False)
    investor = models.CharField(
        max_length=17, choices=InvestorKind.choices, default=InvestorKind.ORDINARY
    )
    is_public = models.BooleanField(default=False)
    acts_with = models.CharField(max_length=40, blank=True)
    invested_cents = models.BigIntegerField(default=0)
    budget_cents = models.BigIntegerField(default=0)
    inhabitants = models.PositiveIntegerField(default=0)
    headcount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    turnover_cents = models.BigIntegerField(default=0)
    balance_cents = models.BigIntegerField(default=0)
    counted_as = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("direction", TieDirection, name="linked_enterprise_direction"),
            choices_check("investor", InvestorKind, name="linked_enterprise_investor"),
            models.UniqueConstraint(fields=["status", "position"], name="linked_enterprise_once"),
            models.CheckConstraint(
                condition=Q(capital_bp__lte=10_000, votes_bp__lte=10_000),
                name="linked_enterprise_shares",
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=0, turnover_cents__gte=0, balance_cents__gte=0),
                name="linked_enterprise_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.name
