"""The ranked list of a call, frozen and sealed, and the panel's decisions on ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from core.constraints import choices_check
from core.models import Document, Person, Record
from grants.models.call import Call
from grants.models.evaluation_states import RankedOutcome
from grants.models.proposal import Proposal

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class TieDecision(Record):
    """The panel's order of proposals that are equal on every rung of the ladder, and why."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="tie_decisions")
    reason = models.TextField()
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    if TYPE_CHECKING:
        places: RelatedManager[TiePlace]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="tie_decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.call}: tie decided {self.decided_at:%Y-%m-%d}"


class TiePlace(Record):
    """One proposal's place within a decided tie; 1 comes first."""

    decision = models.ForeignKey(TieDecision, models.PROTECT, related_name="places")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="tie_places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="tie_place_proposal"),
            models.UniqueConstraint(fields=["decision", "position"], name="tie_place_position"),
            models.CheckConstraint(condition=Q(position__gte=1), name="tie_place_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.proposal}"


class Ranking(Record):
    """A frozen ranked list. ``content`` is what was sealed; ``sha256`` is its fingerprint."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="rankings")
    number = models.PositiveSmallIntegerField()
    budget_cents = models.BigIntegerField()
    committed_cents = models.BigIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        rows: RelatedManager[RankedProposal]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="ranking_number_once"),
            models.CheckConstraint(
                condition=Q(
                    committed_cents__gte=0,
                    committed_cents__lte=models.F("budget_cents"),
                ),
                name="ranking_within_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}: ranked list {self.number}"


class RankedProposal(Record):
    """One line of a frozen list: the place, the key that decided it, the outcome it leads to."""

    Outcome = RankedOutcome

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="rows")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="ranked")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    total = models.DecimalField(max_digits=9, decimal_places=4)
    decided_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=9, choices=RankedOutcome.choices)
    reserve_place = models.PositiveSmallIntegerField(null=True, blank=True)
    is_by_quota = models.BooleanField(default=False)
    requested_cents = models.BigIntegerField()
    running_cents = models.BigIntegerField(null=True, blank=True)
    failed_thresholds = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            choices_check("outcome", RankedOutcome, name="ranked_outcome_known"),
            models.UniqueConstraint(fields=["ranking", "proposal"], name="ranked_once"),
            models.UniqueConstraint(fields=["ranking", "rank"], name="ranked_place_once"),
            models.UniqueConstraint(
                fields=["ranking", "reserve_place"], name="ranked_reserve_place_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="below", rank__isnull=True)
                | (~Q(outcome="below") & Q(rank__isnull=False)),
                name="ranked_place_above_threshold_only",
            ),
            models.CheckConstraint(
                condition=Q(outcome="reserve", reserve_place__isnull=False)
                | (~Q(outcome="reserve") & Q(reserve_place__isnull=True)),
                name="ranked_reserve_place_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank or '–'} {self.proposal}"
