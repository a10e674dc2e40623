from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.constraints import choices_check
from core.models import Record
from parties.models.scope import Reach, reach
from parties.rules.countries import COUNTRIES

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person


class OrganisationKind(models.TextChoices):
    CLUSTER = "cluster", _("Cluster organisation")
    SME = "sme", _("Small or medium-sized enterprise")
    PROVIDER = "provider", _("Provider of services")
    RESEARCH = "research", _("Research or education")
    PUBLIC = "public", _("Public body")
    OTHER = "other", _("Other")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, narrowed to those that a person may see or act for."""

    def visible_to(self, person: Person, *, on_date: date) -> OrganisationQuerySet:
        """Organisations of the person, and those that an office lets them read."""
        mine = person.memberships.live(on_date=on_date)
        reached = reach(Reach.READ, person, on_date=on_date)
        reached |= reach(Reach.ACCOUNT, person, on_date=on_date)
        return self.filter(Q(pk__in=mine.values("organisation")) | reached)


class Organisation(Record):
    """A legal person: a cluster, an enterprise, a provider of services, a public body."""

    Kind = OrganisationKind

    legal_name = models.CharField(_("legal name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    nuts = models.CharField(_("NUTS region"), max_length=5, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=80)
    nace = models.CharField(_("NACE code"), max_length=7, blank=True)
    website = models.URLField(_("website"), blank=True)
    street = models.CharField(_("street and number"), max_length=140)
    postcode = models.CharField(_("postcode"), max_length=16)
    town = models.CharField(_("town"), max_length=80)
    created_at = models.DateTimeField(_("registered at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registered by")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            choices_check("kind", OrganisationKind, name="parties_organisation_kind"),
            models.CheckConstraint(
                condition=Q(country__in=list(COUNTRIES)), name="parties_organisation_country"
            ),
            models.CheckConstraint(
                condition=~Q(vat_number="", registration_number=""),
                name="parties_organisation_has_a_number",
            ),
            models.UniqueConstraint(
                fields=["vat_number"],
                condition=~Q(vat_number=""),
                name="parties_organisation_one_per_vat_number",
            ),
            models.UniqueConstraint(
                fields=["country", "registration_number"],
                condition=~Q(registration_number=""),
                name="parties_organisation_one_per_registration_number",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("parties:organisation_detail", args=[self.pk])


class OrganisationChange(models.Model):
    """One field of an organisation that was changed: what stood there before, what after."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of an organisation")
        verbose_name_plural = _("changes of organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="parties_organisation_change_differs"
            ),
        ]

    @property
    def field_words(self) -> str:
        """The field as people call it."""
        field = Organisation._meta.get_field(self.field)
        assert isinstance(field, models.Field)
        return str(field.verbose_name).capitalize()

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"
