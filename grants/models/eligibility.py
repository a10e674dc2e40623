"""Checks of what was handed in, the officers' decisions on them, and the letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Document, Person, Record
from grants.models.call import Call
from grants.models.proposal import Proposal


class CheckOutcome(models.TextChoices):
    PASSED = "passed", _("Kept")
    NOTE = "note", _("To be looked at")
    FAILED = "failed", _("Broken")


class CheckStage(models.TextChoices):
    ADMISSIBILITY = "admissibility", _("Admissibility")
    ELIGIBILITY = "eligibility", _("Eligibility")


class Check(Record):
    """What the automatic reading of one rule found in the version that counts."""

    Outcome = CheckOutcome

    Stage = CheckStage

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="checks")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=40)
    stage = models.CharField(max_length=13, choices=Stage.choices)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    finding = models.TextField()
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "rule"], name="check_once"),
            choices_check("outcome", CheckOutcome, name="check_outcome_known"),
            choices_check("stage", CheckStage, name="check_stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.rule} {self.outcome}"


class Verdict(models.TextChoices):
    ADMIT = "admit", _("Goes to evaluation")
    INADMISSIBLE = "inadmissible", _("Not admissible")
    INELIGIBLE = "ineligible", _("Not eligible")


class EligibilityDecision(Record):
    """An officer's verdict. A refusal takes effect only when another officer confirms it."""

    Verdict = Verdict

    class Reason(models.TextChoices):
        INCOMPLETE = "incomplete", _("A required part or annex is missing")
        UNREADABLE = "unreadable", _("A file cannot be read or printed")
        OFF_TOPIC = "off_topic", _("The content is not in line with the topic")
        CONSORTIUM = "consortium", _("The consortium is not as the call asks")
        COUNTRY = "country", _("A participant is not from an eligible country")
        ORGANISATION = (
            "organisation",
            _("A participant is not of the kind the call asks"),
        )
        GRANT_MAX = "grant_max", _("The request is above the highest grant")
        SME_SHARE = "sme_share", _("The SMEs' share is under the floor")
        STRAND = "strand", _("The strand or the objectives are not those of the call")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    reasons = models.JSONField(default=list)
    note = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            choices_check("verdict", Verdict, name="decision_verdict_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="decision_second_officer",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | ~Q(returned_by=F("proposed_by")),
                name="decision_returned_by_second",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(returned_at__isnull=True),
                name="decision_one_answer",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(returned_at__isnull=True),
                name="decision_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_verdict_display()}"

    @property
    def is_refusal(self) -> bool:
        """Whether the verdict ends the proposal's way and so needs a second officer."""
        return self.verdict != self.Verdict.ADMIT

    @property
    def reason_words(self) -> list[str]:
        """The reasons as sentences, in the order in which they were chosen."""
        return [str(self.Reason(reason).label) for reason in self.reasons]


class LetterKind(models.TextChoices):
    INADMISSIBLE = "inadmissible", _("Not admissible")
    INELIGIBLE = "ineligible", _("Not eligible")
    BELOW_THRESHOLD = "below_threshold", _("Below threshold")
    MAIN_LIST = "main_list", _("Main list")
    RESERVE_LIST = "reserve_list", _("Reserve list")
    NO_BUDGET = "no_budget", _("Above threshold, no budget")
    INVITATION = "invitation", _("Invitation to prepare the grant")
    CANCELLED = "cancelled", _("Call cancelled")
    PREP_FAILED = "prep_failed", _("Grant preparation ended")


class Letter(Record):
    """A letter of the authority to a coordinator; PDF and mail follow by a job."""

    Kind = LetterKind

    call = models.ForeignKey(Call, models.PROTECT, related_name="letters")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="letter"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="letter_once"),
            choices_check("kind", LetterKind, name="letter_kind_known"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("sent_at")),
                name="letter_opened_after_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
