"""A call for proposals: every parameter is data of the call, none is a constant of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Person, Record, TransitionBase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models.fields.related_descriptors import RelatedManager

    from grants.models.call_parts import (
        AnnexKind,
        CostRate,
        Criterion,
        Objective,
        Provenance,
        SectionTemplate,
        Strand,
        TieBreakKey,
    )


class CallQuerySet(models.QuerySet["Call"]):
    """Calls as people may see them."""

    def public(self) -> CallQuerySet:
        """Calls that anybody may read: published at least once."""
        return self.filter(version__gt=0)

    def run_by(self, person: Person, *, on: date, roles: Sequence[str] = ()) -> CallQuerySet:
        """Calls in which the person holds one of these roles (or any) on that day."""
        unended = Q(roles__end_date__isnull=True) | Q(roles__end_date__gte=on)
        held = Q(roles__person=person, roles__start_date__lte=on) & unended
        if roles:
            held &= Q(roles__role__in=roles)
        return self.filter(held).distinct()

    def visible_to(self, person: Person, *, on: date) -> CallQuerySet:
        """Published calls, and those that the person is setting up."""
        mine = self.run_by(person, on=on).values("pk")
        return self.filter(Q(version__gt=0) | Q(pk__in=mine))


class CallState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    EVALUATING = "evaluating", _("Being evaluated")
    RANKED = "ranked", _("Ranked")
    AWARDED = "awarded", _("Awarded")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


class ShareBase(models.TextChoices):
    GRANT = "grant", _("the EU contribution")
    COST = "cost", _("the total cost")


class Call(Record):
    """One call. Money in euro cents, rates in basis points, the deadline in the call's own zone."""

    State = CallState
    ShareBase = ShareBase

    identifier = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    programme = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    portal_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    zone = models.CharField(max_length=40, default="Europe/Brussels")
    opens_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    window_days_min = models.PositiveSmallIntegerField(default=60)
    inform_months_max = models.PositiveSmallIntegerField(default=6)
    sign_months_max = models.PositiveSmallIntegerField(default=9)
    redress_days = models.PositiveSmallIntegerField(default=30)
    unopened_days = models.PositiveSmallIntegerField(default=10)
    duration_months_min = models.PositiveSmallIntegerField(default=1)
    duration_months_max = models.PositiveSmallIntegerField(default=36)

    budget_cents = models.BigIntegerField()
    grant_max_cents = models.BigIntegerField()
    projects_expected = models.PositiveSmallIntegerField(default=0)
    share_n = models.PositiveSmallIntegerField(default=3)
    share_d = models.PositiveSmallIntegerField(default=4)
    share_base = models.CharField(max_length=5, choices=ShareBase.choices, default=ShareBase.GRANT)
    indirect_rate_bp = models.PositiveIntegerField(default=700)
    indirect_base_includes_d1 = models.BooleanField(default=False)
    sme_max_cents = models.BigIntegerField(default=6_000_000)
    prefinancing_rate_bp = models.PositiveIntegerField(default=5_000)
    payment_ceiling_bp = models.PositiveIntegerField(default=9_000)
    cfs_threshold_cents = models.BigIntegerField(default=32_500_000)
    prefinancing_days = models.PositiveSmallIntegerField(default=30)
    payment_days = models.PositiveSmallIntegerField(default=90)
    report_days = models.PositiveSmallIntegerField(default=60)

    partners_min = models.PositiveSmallIntegerField(default=3)
    countries_min = models.PositiveSmallIntegerField(default=3)
    clusters_only = models.BooleanField(default=True)
    eligible_countries = models.JSONField(default=list)
    objectives_supporting_min = models.PositiveSmallIntegerField(default=0)
    objectives_focus_min = models.PositiveSmallIntegerField(default=0)

    blocks_at_submission = models.JSONField(default=list)

    experts_min = models.PositiveSmallIntegerField(default=3)
    load_max = models.PositiveSmallIntegerField(default=12)
    report_due_at = models.DateTimeField(null=True, blank=True)
    comment_chars_min = models.PositiveSmallIntegerField(default=1)
    spread_max = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    projects_max = models.PositiveSmallIntegerField(null=True, blank=True)
    reserve_max = models.PositiveSmallIntegerField(null=True, blank=True)
    score_total_min = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    page_limit = models.PositiveSmallIntegerField(default=70)

    objects = CallQuerySet.as_manager()

    if TYPE_CHECKING:
        transitions: RelatedManager[CallTransition]
        versions: RelatedManager[CallVersion]
        criteria: RelatedManager[Criterion]
        strands: RelatedManager[Strand]
        objectives: RelatedManager[Objective]
        tie_break_keys: RelatedManager[TieBreakKey]
        section_templates: RelatedManager[SectionTemplate]
        annex_kinds: RelatedManager[AnnexKind]
        cost_rates: RelatedManager[CostRate]
        provenances: RelatedManager[Provenance]

    class Meta:
        constraints: ClassVar = [
            choices_check("state", CallState, name="call_state_known"),
            choices_check("share_base", ShareBase, name="call_share_base_known"),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("opens_at")),
                name="call_deadline_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(grant_max_cents__gt=0, budget_cents__gte=F("grant_max_cents")),
                name="call_budget_covers_one_grant",
            ),
            models.CheckConstraint(
                condition=Q(share_d__gt=0, share_n__lte=F("share_d")),
                name="call_share_fraction",
            ),
            models.CheckConstraint(
                condition=Q(
                    indirect_rate_bp__lte=10_000,
                    prefinancing_rate_bp__lte=10_000,
                    payment_ceiling_bp__lte=10_000,
                ),
                name="call_rates_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(duration_months_min__lte=F("duration_months_max")),
                name="call_duration_range",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone whose clock decides the deadline."""
        return ZoneInfo(self.zone)

    @property
    def deadline_local(self) -> datetime:
        """The deadline as the call's own clock shows it."""
        return self.deadline_at.astimezone(self.zone_info)

    @property
    def share_min_bp(self) -> int:
        """The floor of the SMEs' share in basis points, rounded up: a display never flatters."""
        return -(-10_000 * self.share_n // self.share_d)


class CallTransition(TransitionBase):
    """One move of a call, written by the gate."""

    record = models.ForeignKey(Call, models.PROTECT, related_name="transitions")


class CallVersionKind(models.TextChoices):
    PUBLICATION = "publication", _("Publication")
    CORRIGENDUM = "corrigendum", _("Corrigendum")


class CallVersion(Record):
    """The call as it was published: a frozen copy with its fingerprint. Never edited."""

    Kind = CallVersionKind

    call = models.ForeignKey(Call, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    reason = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="call_version_once"),
            choices_check("kind", CallVersionKind, name="call_version_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.call} v{self.number}"
