"""A proposal, its consortium and budget, and the versions that were handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Document, Person, Record, TransitionBase
from grants.models.call import Call
from grants.models.call_parts import Objective, Strand
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

    from grants.models.partner import Partner
    from grants.models.section import Annex, Section


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals as people may see them."""

    def of_member(self, person: Person, *, on: date) -> ProposalQuerySet:
        """Proposals in whose consortium one of the person's organisations stands."""
        mine = Membership.objects.live(on_date=on).filter(person=person)
        consortia = self.filter(partners__organisation__in=mine.values("organisation"))
        return self.filter(pk__in=consortia.values("pk"))

    def run_by(self, person: Person, *, on: date) -> ProposalQuerySet:
        """Proposals of the calls in which the person has a role; sealed until the deadline."""
        calls = Call.objects.run_by(person, on=on)
        return self.exclude(state__in=SEALED).filter(call__in=calls.values("pk"))

    def visible_to(self, person: Person, *, on: date) -> ProposalQuerySet:
        """One's own consortium's proposals, and those of the calls one works in."""
        own = self.of_member(person, on=on).values("pk")
        run = self.run_by(person, on=on).values("pk")
        return self.filter(models.Q(pk__in=own) | models.Q(pk__in=run))


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    FROZEN = "frozen", _("Locked at deadline")
    EXPIRED = "expired", _("Never submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INADMISSIBLE = "inadmissible", _("Not admissible")
    INELIGIBLE = "ineligible", _("Not eligible")
    TO_EVALUATE = "to_evaluate", _("Being evaluated")
    EVALUATED = "evaluated", _("Evaluated")
    BELOW_THRESHOLD = "below_threshold", _("Below threshold")
    RANKED = "ranked", _("Ranked")
    MAIN_LIST = "main_list", _("Main list")
    RESERVE_LIST = "reserve_list", _("Reserve list")
    NO_BUDGET = "no_budget", _("Above threshold, no budget")
    INVITED = "invited", _("Invited to prepare the grant")
    GRANT_PREP = "grant_prep", _("Grant in preparation")
    GRANTED = "granted", _("Granted")
    PREP_FAILED = "prep_failed", _("Grant preparation failed")
    CALL_CANCELLED = "call_cancelled", _("Call cancelled")


class Proposal(Record):
    """A consortium's answer to a call. ``version`` is what was handed in last, and what counts."""

    State = ProposalState

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=15, choices=State.choices, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    acronym = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    strand = models.ForeignKey(
        Strand, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    objectives = models.ManyToManyField(Objective, blank=True, related_name="proposals")
    duration_months = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.OneToOneField(
        "ProposalVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
    )
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    if TYPE_CHECKING:
        transitions: RelatedManager[ProposalTransition]
        partners: RelatedManager[Partner]
        sections: RelatedManager[Section]
        annexes: RelatedManager[Annex]
        versions: RelatedManager[ProposalVersion]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="proposal_number_once"),
            choices_check("state", ProposalState, name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "expired", "withdrawn", "call_cancelled"])
                | Q(version__isnull=False, submitted_at__isnull=False),
                name="proposal_counts_with_version",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["call", "state"], name="proposal_by_state")]

    def __str__(self) -> str:
        return self.acronym

    @property
    def reference(self) -> str:
        """The number people quote: the call's identifier and the proposal's own number."""
        return f"{self.call.identifier}-{self.number:04d}"


SEALED = (Proposal.State.DRAFT, Proposal.State.SUBMITTED, Proposal.State.EXPIRED)
EDITABLE = (Proposal.State.DRAFT, Proposal.State.SUBMITTED)
LOCKED = (Proposal.State.FROZEN, Proposal.State.EXPIRED)


class ProposalTransition(TransitionBase):
    """One move of a proposal, written by the gate."""

    record = models.ForeignKey(Proposal, models.PROTECT, related_name="transitions")


class ProposalVersion(Record):
    """What was handed in: the whole content, its fingerprint, the server's instant. Never edited.

    The printed receipt follows as a row of its own.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    receipt_number = models.CharField(max_length=24, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    cost_cents = models.BigIntegerField()
    requested_cents = models.BigIntegerField()
    sme_cents = models.BigIntegerField()
    partner_count = models.PositiveSmallIntegerField()
    country_count = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once"),
            models.CheckConstraint(
                condition=Q(cost_cents__gte=0, requested_cents__gte=0, sme_cents__gte=0),
                name="proposal_version_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} v{self.number}"


class Receipt(Record):
    """The sealed receipt of a version, printed by a job after the submission."""

    version = models.OneToOneField(ProposalVersion, models.PROTECT, related_name="receipt")
    document = models.OneToOneField(Document, models.PROTECT, related_name="receipt")

    def __str__(self) -> str:
        return self.version.receipt_number
