from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record
from parties.models.organisation import Organisation

if TYPE_CHECKING:
    from datetime import date


class MembershipFunction(models.TextChoices):
    REPRESENTATIVE = "representative", _("Representative")
    LEGAL_SIGNATORY = "legal_signatory", _("Legal signatory")
    FINANCIAL_SIGNATORY = "financial_signatory", _("Financial signatory")
    MEMBER = "member", _("Member")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships of people in organisations."""

    def live(self, *, on_date: date) -> MembershipQuerySet:
        """Memberships that count on that day; a revoked one counts on no day."""
        begun = Q(start_date__lte=on_date)
        unended = Q(end_date__isnull=True) | Q(end_date__gte=on_date)
        return self.filter(begun & unended, revoked_at__isnull=True)

    def acting(self) -> MembershipQuerySet:
        """Those that let a person act for the organisation, not only look."""
        return self.exclude(function=Membership.Function.MEMBER)


class Membership(Record):
    """A person's function in an organisation, from a day to a day."""

    Function = MembershipFunction

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    function = models.CharField(_("function"), max_length=20, choices=Function.choices)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            choices_check("function", MembershipFunction, name="parties_membership_function"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="parties_membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="parties_membership_revoked_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "function"],
                condition=Q(revoked_at__isnull=True, end_date__isnull=True),
                name="parties_membership_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.function} {self.organisation_id}"
