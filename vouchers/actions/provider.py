"""The catalogue of providers of a grant: proposed, approved, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.locks import locked
from grants.models import Beneficiary, Grant
from grants.permissions import is_member
from parties.queries import tied
from parties.rules.days import day_of
from vouchers.models import Provider
from vouchers.permissions import holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person
    from parties.models import Organisation


def is_of_consortium(grant: Grant, organisation_id: UUID, *, on: date) -> bool:
    """Whether an organisation is a partner of the grant, or linked with or affiliated to one."""
    group = tied(organisation_id, on_date=on)
    return Beneficiary.objects.filter(grant=grant, organisation__in=group).exists()


@transaction.atomic
def propose(
    grant_id: UUID,
    *,
    organisation: Organisation,
    services: str,
    kinds: Sequence[str],
    actor: Person,
    at: datetime,
) -> Provider:
    """Enter an organisation as a provider of the grant; approved by a fund manager, or not yet.

    Refused for the consortium and for who is tied to it (docs/domain.md, "Provider").
    """
    grant = locked(Grant, grant_id)
    if is_of_consortium(grant, organisation.pk, on=day_of(at)):
        raise Refused(
            _("%(name)s belongs to the consortium or is tied to it, so it can't be a provider.")
            % {"name": organisation.legal_name},
            field="organisation",
        )
    found = Provider.objects.filter(grant=grant, organisation=organisation).first()
    if found is not None:
        return found
    return Provider.objects.create(
        grant=grant,
        organisation=organisation,
        services=services,
        kinds=list(kinds),
        proposed_by=actor,
        proposed_at=at,
    )


@transaction.atomic
def approve(
    provider_id: UUID, *, valid_until: date | None = None, actor: Person, at: datetime
) -> Provider:
    """List the provider in the catalogue from today on."""
    provider = _locked_for(provider_id, actor=actor, at=at)
    if is_of_consortium(provider.grant, provider.organisation_id, on=day_of(at)):
        raise Refused(_("This provider is tied to the consortium by now."))
    if valid_until is not None and valid_until < day_of(at):
        raise Refused(_("The last day in the catalogue has passed already."), field="valid_until")
    provider.approved_by, provider.approved_at = actor, at
    provider.valid_from, provider.valid_until = day_of(at), valid_until
    provider.save()
    return provider


@transaction.atomic
def take_off(provider_id: UUID, *, actor: Person, at: datetime) -> Provider:
    """Today is the provider's last day in the catalogue; contracts that run go on."""
    provider = _locked_for(provider_id, actor=actor, at=at)
    if not provider.is_listed(on=day_of(at)):
        raise Refused(_("This provider is not in the catalogue."))
    provider.valid_until = day_of(at)
    provider.save(update_fields=["valid_until"])
    return provider


def _locked_for(provider_id: UUID, *, actor: Person, at: datetime) -> Provider:
    provider = locked(Provider, provider_id)
    day = day_of(at)
    if not holds(actor, provider.grant_id, "FM", on=day):
        raise NotAllowed(f"{actor} keeps no catalogue of {provider.grant}")
    if is_member(actor, provider.organisation_id, on=day):
        raise NotAllowed(f"{actor} belongs to {provider}")
    return provider
