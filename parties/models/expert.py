from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Record
from parties.models.keyword import Keyword
from parties.models.organisation import Organisation
from parties.rules.countries import COUNTRIES


class ExpertProfile(Record):
    """What an evaluator can judge, where they work and worked, how long they are contracted."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert_profile"
    )
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    employer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="employed_experts", null=True, blank=True
    )
    languages = models.JSONField(_("languages"), default=list)
    keywords = models.ManyToManyField(Keyword, related_name="experts", blank=True)
    past_work = models.TextField(_("past work"), blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    days_max = models.PositiveSmallIntegerField(_("working days available"), default=10)
    contract_start = models.DateField(_("contract from"), null=True, blank=True)
    contract_end = models.DateField(_("mandate ends"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("expert profile")
        verbose_name_plural = _("expert profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(country__in=list(COUNTRIES)), name="parties_expertprofile_country"
            ),
            models.CheckConstraint(
                condition=Q(available_until__isnull=True)
                | Q(available_from__isnull=True)
                | Q(available_until__gte=F("available_from")),
                name="parties_expertprofile_available_forward",
            ),
            models.CheckConstraint(
                condition=Q(contract_end__isnull=True)
                | Q(contract_start__isnull=True)
                | Q(contract_end__gte=F("contract_start")),
                name="parties_expertprofile_contract_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Employment(models.Model):
    """Where an expert worked, from a day to a day; the employer need not be registered here."""

    profile = models.ForeignKey(ExpertProfile, models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("employer"), max_length=200)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="parties_employment_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(end_date__isnull=True, organisation__isnull=False),
                name="parties_employment_one_current_registered",
            ),
        ]

    def __str__(self) -> str:
        return self.name
