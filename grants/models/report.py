"""Periodic reports: one per period, a statement per partner, cost lines with what was accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models.grant_states import CostCategory, ReportState

RATE_ONE = 1_000_000


class PeriodicReport(Record):
    """What a consortium did and spent in one period; money in EU cents.

    The SME support of a report is never typed: it is the ledger's figure for the period, confirmed
    by the coordinator to the cent (docs/domain.md, "Report").
    """

    State = ReportState

    grant = models.ForeignKey("grants.Grant", models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    summary = models.TextField(blank=True)
    submissions = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    sme_support_cents = models.BigIntegerField(null=True, blank=True)
    document = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    answer_by = models.DateField(null=True, blank=True)
    days_left = models.IntegerField(null=True, blank=True)
    assessed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    assessed_at = models.DateTimeField(null=True, blank=True)
    payable_cents = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("state", ReportState, name="report_state"),
            models.UniqueConstraint(fields=["grant", "number"], name="report_number"),
            models.UniqueConstraint(
                fields=["grant"], condition=Q(is_final=True), name="report_one_final"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="report_period"),
        ]

    def __str__(self) -> str:
        return f"{self.grant} · {self.number}"


class PeriodicReportTransition(TransitionBase):
    """One move of a report."""

    record = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="transitions")


class Statement(Record):
    """The costs of one partner in one period, signed by its financial signatory.

    ``claimed_cents`` and ``accepted_cents`` are EU contribution for coordination, fixed at
    submission and at acceptance. ``rate_millionths`` is units of the partner's currency per euro.
    """

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="statements")
    beneficiary = models.ForeignKey("grants.Beneficiary", models.PROTECT, related_name="statements")
    currency = models.CharField(max_length=3, default="EUR")
    rate_millionths = models.BigIntegerField(default=RATE_ONE)
    audited_cents = models.BigIntegerField(default=0)
    certificate = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    claimed_cents = models.BigIntegerField(null=True, blank=True)
    accepted_cents = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "beneficiary"], name="statement_once"),
            models.CheckConstraint(
                condition=Q(rate_millionths__gt=0) & Q(audited_cents__gte=0),
                name="statement_amounts",
            ),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True)
                | Q(accepted_cents__gte=0, accepted_cents__lte=F("claimed_cents")),
                name="statement_accepted_within_claim",
            ),
            models.CheckConstraint(
                condition=~Q(currency="EUR") | Q(rate_millionths=RATE_ONE),
                name="statement_euro_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary}"


class CostLine(Record):
    """One direct cost of a statement. Indirect costs and SME support are computed, never typed."""

    Category = CostCategory

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    category = models.CharField(max_length=2, choices=Category.choices)
    description = models.CharField(max_length=200)
    local_cents = models.BigIntegerField()
    cost_cents = models.BigIntegerField()
    accepted_cents = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("category", CostCategory, name="cost_line_category"),
            models.CheckConstraint(condition=Q(cost_cents__gt=0), name="cost_line_amount"),
            models.CheckConstraint(
                condition=Q(accepted_cents__isnull=True)
                | Q(accepted_cents=F("cost_cents"))
                | Q(accepted_cents__gte=0, accepted_cents__lt=F("cost_cents")) & ~Q(reason=""),
                name="cost_line_cut_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.description
