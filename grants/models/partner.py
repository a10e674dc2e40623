"""The consortium of a proposal and its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from core.constraints import choices_check
from core.models import Person, Record
from grants.models.call_parts import Category
from grants.models.proposal import Proposal
from parties.models import Invitation, Organisation

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Partner(Record):
    """An organisation in the consortium; it confirms its own share, and a changed share again."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    is_coordinator = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="partner"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_cents = models.BigIntegerField(null=True, blank=True)

    if TYPE_CHECKING:
        budget_lines: RelatedManager[BudgetLine]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "organisation"],
                condition=Q(organisation__isnull=False),
                name="partner_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(is_coordinator=True),
                name="partner_one_coordinator",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(email=""),
                name="partner_known_or_invited",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                    confirmed_cents__isnull=True,
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_cents__isnull=False,
                    organisation__isnull=False,
                ),
                name="partner_confirmation_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The organisation's name, or what the coordinator called it when inviting."""
        if self.organisation is not None:
            return self.organisation.legal_name
        return self.name or self.email


class BudgetLine(Record):
    """Estimated cost of one partner in one category, in euro cents. Indirect costs are computed."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="budget_lines")
    category = models.CharField(max_length=2, choices=Category.choices)
    amount_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "category"], name="budget_line_once"),
            choices_check("category", Category, name="budget_line_category_known"),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0), name="budget_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.category}"
