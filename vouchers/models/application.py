"""An SME's application, what evaluators said about it, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.constraints import choices_check
from core.models import Record, TransitionBase
from grants.models import Grant
from parties.models import Membership, Organisation
from vouchers.models.choices import ApplicationState, DecisionKind, RefusalGround
from vouchers.models.sme_call import SmeCall
from vouchers.models.sme_call_parts import EvidenceItem, SmeCriterion, SmeService

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person

UNDECIDED = (
    ApplicationState.SUBMITTED,
    ApplicationState.ELIGIBLE,
    ApplicationState.SCORED,
)
LIVE = (ApplicationState.DRAFT, *UNDECIDED, ApplicationState.WAITING, ApplicationState.AWARDED)


class CapGroup(Record):
    """An SME with its linked enterprises in one grant: they share one cap.

    Who belongs to it is decided by the ties between organisations on the day of an award, or
    when a tie is recorded later: then one group joins the other with all that it was awarded.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="cap_groups")
    joined = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return self.pk.hex


class CapMember(Record):
    """One organisation of a group; in one grant it belongs to one group."""

    group = models.ForeignKey(CapGroup, models.PROTECT, related_name="members")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "organisation"], name="cap_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.group_id}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications as people may see them."""

    def of_member(self, person: Person, *, on: date) -> ApplicationQuerySet:
        """Those of organisations of which the person is a member on that day."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        return self.filter(organisation__in=mine.values("organisation"))

    def visible_to(self, person: Person, *, on: date) -> ApplicationQuerySet:
        """The applicant's own; those handed in, for the grant's people; those to evaluate."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        reviews = ApplicationReview.objects.filter(
            application=OuterRef("pk"), evaluator=person, declined_at__isnull=True
        )
        grants = Grant.objects.visible_to(person, on=on)
        return self.filter(
            Q(organisation__in=mine.values("organisation"))
            | Q(submitted_at__isnull=False, sme_call__grant__in=grants)
            | Q(Exists(reviews))
        )


class Application(Record):
    """One SME asks for one service of one SME call. Money in euro cents."""

    State = ApplicationState

    sme_call = models.ForeignKey(SmeCall, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    service = models.ForeignKey(
        SmeService, models.PROTECT, related_name="applications", null=True, blank=True
    )
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    title = models.CharField(max_length=160, blank=True)
    plan = models.TextField(blank=True)
    result = models.TextField(blank=True)
    net_cost_cents = models.BigIntegerField(null=True, blank=True)
    founded_on = models.DateField(null=True, blank=True)

    is_honest = models.BooleanField(default=False, help_text="declaration of honour")
    has_no_other_funding = models.BooleanField(default=False)
    has_no_conflict = models.BooleanField(default=False)
    is_aid_declared = models.BooleanField(default=False, help_text="also when there is none")

    created_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    value_cents = models.BigIntegerField(null=True, blank=True, help_text="what is asked for")
    total = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    cap_group = models.ForeignKey(
        CapGroup, models.PROTECT, related_name="applications", null=True, blank=True
    )
    awarded_at = models.DateTimeField(null=True, blank=True)
    accept_until = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            choices_check("state", ApplicationState, name="application_state"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="application_number_once"
            ),
            models.UniqueConstraint(
                fields=["sme_call", "organisation", "service"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="application_one_live",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (Q(value_cents__gt=0, service__isnull=False) & ~Q(number="")),
                name="application_submitted_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["awarded", "accepted"])
                | Q(awarded_at__isnull=False, accept_until__isnull=False, cap_group__isnull=False),
                name="application_awarded_facts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sme_call", "state", "submitted_at"], name="application_line"),
        ]

    def __str__(self) -> str:
        return self.number or self.title or str(self.sme_call)


class DeclaredAid(Record):
    """De minimis aid that the applicant says it has had from elsewhere, in euro cents."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="declared_aid")
    granted_on = models.DateField()
    cents = models.BigIntegerField()
    authority = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cents__gt=0) & ~Q(authority=""), name="declared_aid_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.granted_on}"


class ApplicationTransition(TransitionBase):
    """One move of an application."""

    record = models.ForeignKey(Application, models.PROTECT, related_name="transitions")


class ApplicationFile(Record):
    """A file that the SME added for one piece of evidence; a newer one replaces it in the list."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="files")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "item"],
                condition=Q(replaced_at__isnull=True),
                name="application_file_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.document}"


class ApplicationReview(Record):
    """One evaluator's report on one application; submitted once, then fixed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    evaluator = models.ForeignKey("core.Person", models.PROTECT, related_name="sme_reviews")
    assigned_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    has_no_conflict = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    total = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "evaluator"], name="application_review_once"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(total__isnull=False, has_no_conflict=True),
                name="application_review_whole",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(declined_at__isnull=True),
                name="application_review_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.evaluator}"


class ApplicationScore(Record):
    """The marks of one evaluator for one criterion."""

    review = models.ForeignKey(ApplicationReview, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(SmeCriterion, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="application_score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="application_score_points"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


class ApplicationDecision(Record):
    """What was decided, why, by whom; a refusal for eligibility needs a second person."""

    Kind = DecisionKind
    Ground = RefusalGround

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    ground = models.CharField(max_length=14, choices=RefusalGround.choices, blank=True)
    reason = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="exclusion and sanctions")
    decided_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints: ClassVar = [
            choices_check("kind", DecisionKind, name="application_decision_kind"),
            models.CheckConstraint(
                condition=Q(ground="") | Q(ground__in=sorted(RefusalGround.values)),
                name="application_decision_ground",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("decided_by")),
                name="application_decision_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ineligible") | (~Q(reason="") & ~Q(ground="")),
                name="application_decision_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.application}"
