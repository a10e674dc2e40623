"""What experts say about a proposal, each alone: assignments, individual reports, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.constraints import choices_check
from core.models import Person, Record, TransitionBase
from grants.models.call_parts import Criterion
from grants.models.evaluation_states import OPENED, ConflictOrigin, ConflictRelation, ReportState
from grants.models.proposal import Proposal
from grants.models.roles import CallRole

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

SEES_REPORTS = ("CC", "MOD", "PO", "AO", "AUD")


class IndividualReportQuerySet(models.QuerySet["IndividualReport"]):
    """Reports as people may see them: the only road by which a page may load one."""

    def of_expert(self, person: Person) -> IndividualReportQuerySet:
        """The person's own reports, whatever their state."""
        return self.filter(expert=person)

    def counting(self) -> IndividualReportQuerySet:
        """Reports that are asked for or written: not declined, not voided."""
        return self.exclude(state__in=IndividualReport.OUT)

    def outstanding(self) -> IndividualReportQuerySet:
        """Reports that are still awaited."""
        return self.filter(state__in=IndividualReport.WAITING)

    def finished(self) -> IndividualReportQuerySet:
        """Reports whose marks count."""
        return self.filter(state=IndividualReport.State.FINISHED)

    def visible_to(self, person: Person, *, on: date) -> IndividualReportQuerySet:
        """Own reports; others only as the evaluation allows (docs/domain.md, Evaluation).

        An expert of the same group, once the consensus is open and the own report finished;
        officers of the call from the moment a report is finished.
        """
        return self.filter(
            Q(expert=person) | self._shown_to_member(person) | self._shown_to_officer(person, on)
        )

    def _shown_to_member(self, person: Person) -> Q:
        own = IndividualReport.objects.filter(
            proposal=OuterRef("proposal"),
            round=OuterRef("round"),
            expert=person,
            state=IndividualReport.State.FINISHED,
        )
        opened = Proposal.objects.filter(
            pk=OuterRef("proposal"),
            consensuses__round=OuterRef("round"),
            consensuses__state__in=OPENED,
        )
        return Q(Exists(own), Exists(opened), state=IndividualReport.State.FINISHED)

    def _shown_to_officer(self, person: Person, on: date) -> Q:
        roles = CallRole.objects.on(on).filter(
            call=OuterRef("proposal__call"), person=person, role__in=SEES_REPORTS
        )
        return Q(Exists(roles), state__in=IndividualReport.SHOWN)


class IndividualReport(models.Model):
    """One expert's work on one proposal in one round: asked, declared, written, finished."""

    State = ReportState

    WAITING: ClassVar = (ReportState.ASSIGNED, ReportState.OPEN)
    OUT: ClassVar = (ReportState.DECLINED, ReportState.VOIDED)
    SHOWN: ClassVar = (ReportState.FINISHED, ReportState.VOIDED)

    id = models.AutoField(primary_key=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reports")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="reports")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=8, choices=ReportState.choices, default=ReportState.ASSIGNED
    )
    assigned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    is_out_of_scope = models.BooleanField(default=False)
    has_ethics_issue = models.BooleanField(default=False)
    has_security_issue = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    objects = IndividualReportQuerySet.as_manager()

    if TYPE_CHECKING:
        transitions: RelatedManager[IndividualReportTransition]
        marks: RelatedManager[Mark]

    class Meta:
        constraints: ClassVar = [
            choices_check("state", ReportState, name="report_state_known"),
            models.UniqueConstraint(
                fields=["proposal", "expert", "round"],
                name="report_once_per_expert_and_round",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "finished"]) | Q(declared_at__isnull=False),
                name="report_opened_by_declaration",
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(finished_at__isnull=False),
                name="report_finished_at_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expert", "state"], name="report_expert_state")]

    def __str__(self) -> str:
        return f"{self.proposal}: report {self.pk}"


class IndividualReportTransition(TransitionBase):
    """One move of a report, written by the gate."""

    record = models.ForeignKey(IndividualReport, models.PROTECT, related_name="transitions")


class Mark(Record):
    """One criterion in one report: a decimal mark in the criterion's steps, and why."""

    report = models.ForeignKey(IndividualReport, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "criterion"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0),
                name="mark_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class Conflict(Record):
    """An expert's conflict of interest with a proposal: declared by the expert or found by others.

    It bars the expert from the proposal and from every competing one in the same ranked list.
    """

    Origin = ConflictOrigin

    Relation = ConflictRelation

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conflicts")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="conflicts")
    origin = models.CharField(max_length=8, choices=ConflictOrigin.choices)
    relation = models.CharField(max_length=13, choices=ConflictRelation.choices)
    evidence = models.TextField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            choices_check("origin", ConflictOrigin, name="conflict_origin_known"),
            choices_check("relation", ConflictRelation, name="conflict_relation_known"),
            models.UniqueConstraint(
                fields=["proposal", "expert", "relation"],
                name="conflict_once_per_relation",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="conflict_has_evidence"),
            models.CheckConstraint(
                condition=~Q(origin="declared") | Q(recorded_by=F("expert")),
                name="conflict_declared_by_expert",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} × {self.proposal}: {self.get_relation_display()}"
