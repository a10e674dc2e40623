from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record
from parties.models.organisation import Organisation
from parties.rules.ties import LINKED_ABOVE_BP, WHOLE_BP

if TYPE_CHECKING:
    from datetime import date


class OrganisationLinkKind(models.TextChoices):
    LINKED = "linked", _("Linked enterprise")
    PARTNER = "partner", _("Partner enterprise")
    AFFILIATED = "affiliated", _("Affiliated entity")


class OrganisationLinkQuerySet(models.QuerySet["OrganisationLink"]):
    """Ties between organisations."""

    def live(self, *, on_date: date) -> OrganisationLinkQuerySet:
        """Ties that hold on that day."""
        unended = Q(end_date__isnull=True) | Q(end_date__gte=on_date)
        return self.filter(unended, start_date__lte=on_date)


class OrganisationLink(Record):
    """One organisation's hold on another, in basis points of capital or votes, whichever is higher.

    Linked: more than 50 %, or control by other means; partner: 25 % to 50 %
    (Recommendation 2003/361/EC, Annex, Article 3). Affiliated: a legal tie without such a share
    (Financial Regulation (EU, Euratom) 2024/2509, affiliated entities). A tie that an officer
    recorded instead of one of the two has a reason and the document that shows it.
    """

    Kind = OrganisationLinkKind

    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="links_down")
    child = models.ForeignKey(Organisation, models.PROTECT, related_name="links_up")
    share_bp = models.PositiveIntegerField(_("share in basis points"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    evidence = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = OrganisationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie between organisations")
        verbose_name_plural = _("ties between organisations")
        constraints: ClassVar = [
            choices_check("kind", OrganisationLinkKind, name="parties_organisationlink_kind"),
            models.CheckConstraint(
                condition=~Q(parent=F("child")), name="parties_organisationlink_two_organisations"
            ),
            models.CheckConstraint(
                condition=Q(share_bp__lte=WHOLE_BP), name="parties_organisationlink_share_whole"
            ),
            models.CheckConstraint(
                condition=Q(share_bp__lte=LINKED_ABOVE_BP) | Q(kind="linked"),
                name="parties_organisationlink_majority_is_linked",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="parties_organisationlink_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["parent", "child"],
                condition=Q(end_date__isnull=True),
                name="parties_organisationlink_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}: {self.share_bp} bp"
