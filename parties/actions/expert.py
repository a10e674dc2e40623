"""What experts say about themselves, and the contract that the granting authority gives them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.locks import locked
from parties.models import Employment, ExpertProfile, Keyword, Organisation
from parties.rules.countries import COUNTRIES, LANGUAGES
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.models import Person

DAYS_MAX = 366


@transaction.atomic
def save_profile(
    *,
    actor: Person,
    at: datetime,
    country: str,
    languages: Sequence[str],
    keywords: Sequence[Keyword],
    past_work: str = "",
    available_from: date | None = None,
    available_until: date | None = None,
    days_max: int = 10,
) -> ExpertProfile:
    """Write one's own profile, the first or again.

    Refused without a language and a keyword, and when availability ends before it begins.
    """
    _refuse_gaps(country=country, languages=languages, keywords=keywords, days_max=days_max)
    if available_from and available_until and available_until < available_from:
        raise DomainError(_("Availability ends before it begins."), field="available_until")
    profile, _created = ExpertProfile.objects.update_or_create(
        person=actor,
        defaults={
            "country": country,
            "languages": sorted(languages),
            "past_work": past_work.strip(),
            "available_from": available_from,
            "available_until": available_until,
            "days_max": days_max,
            "updated_at": at,
        },
    )
    profile.keywords.set(keywords)
    return profile


@transaction.atomic
def change_employer(
    *,
    actor: Person,
    at: datetime,
    name: str,
    start_date: date,
    organisation: Organisation | None = None,
) -> Employment:
    """Begin a new employment; the one before ends the day before, and stays in the history.

    Refused when it begins in the future or before the current one.
    """
    profile = own_profile(actor)
    if start_date > day_of(at):
        raise DomainError(_("Write it down once it has begun."), field="start_date")
    current = profile.employments.filter(end_date=None).order_by("-start_date").first()
    if current is not None:
        _end(current, before=start_date)
    profile.employer, profile.updated_at = organisation, at
    profile.save(update_fields=["employer", "updated_at"])
    return Employment.objects.create(
        profile=profile,
        organisation=organisation,
        name=organisation.legal_name if organisation else name.strip(),
        start_date=start_date,
    )


@transaction.atomic
def add_past_employment(
    *,
    actor: Person,
    at: datetime,
    name: str,
    start_date: date,
    end_date: date,
    organisation: Organisation | None = None,
) -> Employment:
    """Add an employment that is over: conflicts of interest look years back."""
    profile = own_profile(actor)
    if end_date < start_date:
        raise DomainError(_("This employment ends before it begins."), field="end_date")
    if end_date > day_of(at):
        raise DomainError(_("This employment is not over yet."), field="end_date")
    return Employment.objects.create(
        profile=profile,
        organisation=organisation,
        name=organisation.legal_name if organisation else name.strip(),
        start_date=start_date,
        end_date=end_date,
    )


def add_employment(
    *, actor: Person, at: datetime, name: str, start_date: date, end_date: date | None
) -> Employment:
    """Add where one works now, or worked; an organisation registered under that name is meant."""
    organisation = Organisation.objects.filter(legal_name__iexact=name.strip()).first()
    if end_date is None:
        return change_employer(
            actor=actor, at=at, name=name, start_date=start_date, organisation=organisation
        )
    return add_past_employment(
        actor=actor,
        at=at,
        name=name,
        start_date=start_date,
        end_date=end_date,
        organisation=organisation,
    )


@transaction.atomic
def contract(
    profile: ExpertProfile, *, start_date: date, end_date: date, at: datetime
) -> ExpertProfile:
    """Write down the contract of an expert; access ends with `end_date`.

    The caller has checked that the officer may.
    """
    if end_date < start_date:
        raise DomainError(_("The contract ends before it begins."), field="end_date")
    row = locked(ExpertProfile, profile.pk)
    row.contract_start, row.contract_end, row.updated_at = start_date, end_date, at
    row.save(update_fields=["contract_start", "contract_end", "updated_at"])
    return row


def own_profile(person: Person) -> ExpertProfile:
    """The person's profile, locked; refused when there is none yet."""
    profile = ExpertProfile.objects.select_for_update(of=("self",)).filter(person=person).first()
    if profile is None:
        raise DomainError(_("Fill in your expert profile first, then your employers."))
    return profile


def _end(employment: Employment, *, before: date) -> None:
    if before <= employment.start_date:
        words = _("You wrote that you began at %(name)s on %(day)s. This one has to begin later.")
        facts = {"name": employment.name, "day": f"{employment.start_date:%d.%m.%Y}"}
        raise DomainError(words % facts, field="start_date")
    employment.end_date = date.fromordinal(before.toordinal() - 1)
    employment.save(update_fields=["end_date"])


def _refuse_gaps(
    *, country: str, languages: Sequence[str], keywords: Sequence[Keyword], days_max: int
) -> None:
    if country not in COUNTRIES:
        raise DomainError(_("Choose a country of the list."), field="country")
    if not languages or not set(languages) <= set(LANGUAGES):
        raise DomainError(_("Choose at least one language."), field="languages")
    if not keywords:
        raise DomainError(_("Choose at least one field of expertise."), field="keywords")
    if not 0 < days_max <= DAYS_MAX:
        raise DomainError(_("Say how many days a year, from 1 to 366."), field="days_max")
