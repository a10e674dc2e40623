"""What the experts agree on: the consensus report, its approvals, and what a panel changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.constraints import choices_check
from core.models import Person, Record, TransitionBase
from grants.models.call_parts import Criterion
from grants.models.evaluation import IndividualReport
from grants.models.evaluation_states import OPENED, ApprovalDecision, ConsensusState
from grants.models.proposal import Proposal
from grants.models.roles import CallRole

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

SEES_CONSENSUS = ("CC", "MOD", "PO", "AO", "AUD")


class ConsensusQuerySet(models.QuerySet["Consensus"]):
    """Consensus reports as people may see them."""

    def opened(self) -> ConsensusQuerySet:
        """Consensus reports whose group may read each other's reports."""
        return self.filter(state__in=OPENED)

    def settled(self) -> ConsensusQuerySet:
        """Consensus reports whose marks stand."""
        return self.filter(state=Consensus.State.FINAL)

    def visible_to(self, person: Person, *, on: date) -> ConsensusQuerySet:
        """Members who finished their report, once the consensus is open; officers of the call."""
        own = IndividualReport.objects.filter(
            proposal=OuterRef("proposal"),
            round=OuterRef("round"),
            expert=person,
            state=IndividualReport.State.FINISHED,
        )
        roles = CallRole.objects.on(on).filter(
            call=OuterRef("proposal__call"), person=person, role__in=SEES_CONSENSUS
        )
        member = Q(Exists(own), state__in=OPENED)
        return self.filter(member | Q(Exists(roles)))


class Consensus(Record):
    """The group's report on one proposal in one round, drafted by a rapporteur among the experts.

    ``draft_version`` grows each time the draft is laid before the group; approvals are per version.
    """

    State = ConsensusState

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="consensuses")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=12, choices=ConsensusState.choices, default=ConsensusState.NOT_READY
    )
    rapporteur = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consensuses_drafted",
    )
    draft_version = models.PositiveSmallIntegerField(default=0)
    summary = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    total = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    is_above_thresholds = models.BooleanField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = ConsensusQuerySet.as_manager()

    if TYPE_CHECKING:
        transitions: RelatedManager[ConsensusTransition]
        marks: RelatedManager[ConsensusMark]
        approvals: RelatedManager[ConsensusApproval]
        panel_changes: RelatedManager[PanelChange]

    class Meta:
        constraints: ClassVar = [
            choices_check("state", ConsensusState, name="consensus_state_known"),
            models.UniqueConstraint(fields=["proposal", "round"], name="consensus_once_per_round"),
            models.CheckConstraint(
                condition=Q(state__in=["not_ready", "ready"]) | Q(rapporteur__isnull=False),
                name="consensus_drafted_by_rapporteur",
            ),
            models.CheckConstraint(
                condition=~Q(state="final")
                | Q(total__isnull=False, is_above_thresholds__isnull=False),
                name="consensus_final_has_total",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dissent", "panel"]) | ~Q(dissent=""),
                name="consensus_dissent_has_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: consensus"


class ConsensusTransition(TransitionBase):
    """One move of a consensus report, written by the gate."""

    record = models.ForeignKey(Consensus, models.PROTECT, related_name="transitions")


class ConsensusMark(Record):
    """The mark that the group gives for one criterion, with the text the applicant will read."""

    consensus = models.ForeignKey(Consensus, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consensus", "criterion"], name="consensus_mark_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0),
                name="consensus_mark_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class ConsensusApproval(Record):
    """One expert's word on one version of the draft. An objection says what is wrong."""

    Decision = ApprovalDecision

    consensus = models.ForeignKey(Consensus, models.PROTECT, related_name="approvals")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="+")
    draft_version = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=8, choices=ApprovalDecision.choices)
    text = models.TextField(blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            choices_check("decision", ApprovalDecision, name="approval_decision_known"),
            models.UniqueConstraint(
                fields=["consensus", "expert", "draft_version"],
                name="approval_once_per_version",
            ),
            models.CheckConstraint(
                condition=~Q(decision="objected") | ~Q(text=""),
                name="approval_objection_has_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.get_decision_display()} v{self.draft_version}"


class PanelChange(Record):
    """A mark that the panel changed: the old one, the new one, and why. Never edited."""

    consensus = models.ForeignKey(Consensus, models.PROTECT, related_name="panel_changes")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    old_score = models.DecimalField(max_digits=6, decimal_places=2)
    new_score = models.DecimalField(max_digits=6, decimal_places=2)
    why = models.TextField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="panel_change_has_reason"),
            models.CheckConstraint(condition=Q(new_score__gte=0), name="panel_change_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.old_score} → {self.new_score}"
