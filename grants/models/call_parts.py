"""The parts of a call's rules that come as lists: criteria, strands, objectives, tie-breaks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record
from grants.models.call import Call


class Criterion(Record):
    """One award criterion: marks from 0 to ``score_max`` in steps, weighted, with a threshold."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    score_max = models.DecimalField(max_digits=6, decimal_places=2)
    score_step = models.DecimalField(max_digits=5, decimal_places=2)
    weight = models.DecimalField(max_digits=5, decimal_places=3, default=1)
    threshold = models.DecimalField(max_digits=6, decimal_places=2, default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "code"], name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(score_max__gt=0, score_step__gt=0, weight__gt=0),
                name="criterion_scale_positive",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0, threshold__lte=F("score_max")),
                name="criterion_threshold_in_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Strand(Record):
    """A theme; ``quota_min`` projects are funded from it first, ``is_open`` takes any theme."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="strands")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=160)
    is_open = models.BooleanField(default=False)
    quota_min = models.PositiveSmallIntegerField(default=0)
    budget_cents = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "code"], name="strand_code_once"),
            models.CheckConstraint(
                condition=Q(budget_cents__isnull=True) | Q(budget_cents__gt=0),
                name="strand_budget_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ObjectiveRole(models.TextChoices):
    MAIN = "main", _("Main objective, every proposal")
    SUPPORTING = "supporting", _("Supporting objective")
    FOCUS = "focus", _("May be in focus")


class Objective(Record):
    """An objective of the call, and what a proposal has to do with it."""

    Role = ObjectiveRole

    call = models.ForeignKey(Call, models.PROTECT, related_name="objectives")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.FOCUS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "code"], name="objective_code_once"),
            choices_check("role", ObjectiveRole, name="objective_role_known"),
        ]

    def __str__(self) -> str:
        return self.name


class TieBreakKey(Record):
    """One rung of the ladder that orders equal totals; past the last one the panel decides."""

    class Kind(models.TextChoices):
        CRITERION = "criterion", _("Higher mark for a criterion")
        STRAND = "strand", _("Strand not covered by a higher-ranked proposal")
        SME_SHARE = "sme_share", _("Higher share to SMEs")
        COUNTRIES = "countries", _("More countries in the consortium")

    call = models.ForeignKey(Call, models.PROTECT, related_name="tie_break_keys")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="tie_break_keys"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "position"], name="tie_break_position_once"),
            models.CheckConstraint(
                condition=Q(kind="criterion", criterion__isnull=False)
                | Q(
                    kind__in=["strand", "sme_share", "countries"],
                    criterion__isnull=True,
                ),
                name="tie_break_criterion_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.criterion}" if self.criterion else self.label

    @property
    def label(self) -> str:
        """What the rung compares, in words."""
        return str(self.get_kind_display())


class Part(models.TextChoices):
    A = "A", _("Part A")
    B = "B", _("Part B")


class SectionTemplate(Record):
    """A part of the proposal to be written, with its limit in characters or words."""

    Part = Part

    call = models.ForeignKey(Call, models.PROTECT, related_name="section_templates")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    part = models.CharField(max_length=1, choices=Part.choices, default=Part.B)
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    characters_max = models.PositiveIntegerField(null=True, blank=True)
    words_max = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "code"], name="section_code_once"),
            choices_check("part", Part, name="section_part_known"),
        ]

    def __str__(self) -> str:
        return self.title


class AnnexKind(Record):
    """A file the call asks for: which kinds, how big (bytes), at most how many pages are read."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="annex_kinds")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    media_types = models.JSONField(default=list)
    bytes_max = models.PositiveIntegerField(default=10_000_000)
    counts_pages = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "code"], name="annex_code_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Category(models.TextChoices):
    """Cost categories of a budget-based grant (corporate model grant agreement, Annex 2)."""

    A = "A", _("A Personnel")
    B = "B", _("B Subcontracting")
    C1 = "C1", _("C1 Travel and subsistence")
    C2 = "C2", _("C2 Equipment")
    C3 = "C3", _("C3 Other goods, works and services")
    D1 = "D1", _("D1 Support to SMEs")


class RateCategory(models.TextChoices):
    A = "A", _("A Personnel")
    B = "B", _("B Subcontracting")
    C = "C", _("C Purchases")
    D1 = "D1", _("D1 Support to SMEs")
    E = "E", _("E Indirect costs")


class CostRate(Record):
    """The EU's rate for one cost category in basis points; E is the flat-rate indirect cost."""

    Of = RateCategory

    call = models.ForeignKey(Call, models.PROTECT, related_name="cost_rates")
    category = models.CharField(max_length=2, choices=Of.choices)
    rate_bp = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "category"], name="cost_rate_once"),
            choices_check("category", RateCategory, name="cost_rate_category"),
            models.CheckConstraint(condition=Q(rate_bp__lte=10_000), name="cost_rate_at_most_all"),
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())


class ProvenanceKind(models.TextChoices):
    STATED = "stated", _("Stated in public about this call")
    PRACTICE = "practice", _("Usual in EU grants, not confirmed for this call")
    UNPUBLISHED = "unpublished", _("No public statement found: set for this call")
    DECISION = "decision", _("Decided for this system")


class Provenance(Record):
    """Where a parameter's value comes from, shown wherever the parameter acts."""

    Kind = ProvenanceKind

    call = models.ForeignKey(Call, models.PROTECT, related_name="provenances")
    parameter = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "parameter"], name="provenance_once"),
            choices_check("kind", ProvenanceKind, name="provenance_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}: {self.get_kind_display()}"
