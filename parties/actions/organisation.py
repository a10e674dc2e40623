"""Organisations: registered by a person who then represents them, changed with a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed
from core.locks import locked
from parties.actions import identifier
from parties.models import Membership, Organisation, OrganisationChange
from parties.permissions import can_run
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


class Details(TypedDict):
    """What is written down about an organisation, as typed."""

    legal_name: str
    short_name: str
    kind: str
    country: str
    nuts: str
    vat_number: str
    registration_number: str
    legal_form: str
    nace: str
    website: str
    street: str
    postcode: str
    town: str


@transaction.atomic
def register(*, actor: Person, at: datetime, **details: Unpack[Details]) -> Organisation:
    """Register an organisation; the person becomes its representative.

    Refused when a number cannot be right or the organisation is here already.
    """
    organisation = Organisation(created_at=at, created_by=actor, **_checked(details))
    _save(organisation)
    Membership.objects.create(
        person=actor,
        organisation=organisation,
        function=Membership.Function.REPRESENTATIVE,
        start_date=day_of(at),
        granted_by=actor,
        granted_at=at,
    )
    return organisation


@transaction.atomic
def change(
    *, organisation_id: UUID, actor: Person, at: datetime, **details: Unpack[Details]
) -> Organisation:
    """Change details of an organisation; each changed field leaves a line of history.

    Refused as for `register`; only who runs the organisation may.
    """
    organisation = locked(Organisation, organisation_id)
    if not can_run(actor, organisation_id, on_date=day_of(at)):
        raise NotAllowed(f"{actor} does not run {organisation}")
    after = _checked(details)
    before = {field: getattr(organisation, field) for field in after}
    for field, value in after.items():
        setattr(organisation, field, value)
    _save(organisation)
    OrganisationChange.objects.bulk_create(
        OrganisationChange(
            organisation=organisation,
            field=field,
            before=before[field],
            after=str(value),
            actor=actor,
            at=at,
        )
        for field, value in after.items()
        if before[field] != value
    )
    return organisation


def _checked(details: Details) -> Details:
    country = details["country"]
    checked = details.copy()
    checked["vat_number"] = identifier.vat_number(details["vat_number"], country=country)
    checked["registration_number"] = identifier.registration_number(
        details["registration_number"], country=country
    )
    checked["nuts"] = identifier.nuts(details["nuts"], country=country)
    checked["nace"] = identifier.nace(details["nace"])
    if not checked["vat_number"] and not checked["registration_number"]:
        words = _("Give the VAT number, the registration number, or both.")
        raise DomainError(words, field="registration_number")
    return checked


def _save(organisation: Organisation) -> None:
    """Write the row; a number that another organisation holds is refused in words."""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        others = Organisation.objects.exclude(pk=organisation.pk)
        vat = organisation.vat_number
        is_vat = bool(vat) and others.filter(vat_number=vat).exists()
        words = _(
            "An organisation with the number %(number)s is registered already. "
            "Ask one of its representatives to invite you."
        )
        number = vat if is_vat else organisation.registration_number
        field = "vat_number" if is_vat else "registration_number"
        raise DomainError(words % {"number": number}, field=field) from error
