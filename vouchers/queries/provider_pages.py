"""What the catalogue of providers shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vouchers.models import Provider

if TYPE_CHECKING:
    from datetime import date

    from grants.models import Grant


@dataclass(frozen=True, slots=True)
class Group:
    """Providers that stand alike; ``event`` is what can be done with them."""

    title: str
    providers: list[Provider]
    event: str = ""
    label: str = ""


def groups(grant: Grant, *, on: date) -> list[Group]:
    """Proposed, listed and past providers of a grant: one statement."""
    rows = Provider.objects.filter(grant=grant).select_related("organisation", "approved_by")
    every = list(rows.order_by("organisation__legal_name", "pk"))
    listed = [one for one in every if one.is_listed(on=on)]
    proposed = [one for one in every if one.approved_at is None]
    past = [one for one in every if one not in listed and one not in proposed]
    found = [
        Group(_("Waits for approval"), proposed, "provider_approve", _("Approve")),
        Group(_("In the catalogue"), listed, "provider_take_off", _("Take off the catalogue")),
        Group(_("Taken off"), past),
    ]
    return [one for one in found if one.providers]
