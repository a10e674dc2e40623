"""What SME calls, applications and vouchers tell the others once at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from core import clockwork, navigation
from grants.models import Grant, GrantRole
from grants.models.grant import running
from parties.models.scope import Reach, register_reach
from vouchers import navigation as links
from vouchers import tags
from vouchers.actions.expiry import SWEEPS

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person


def smes_and_providers(person: Person, on_date: date) -> Q:
    """Who asks for or gets support in the grants that the person may see."""
    grants = Grant.objects.visible_to(person, on=on_date)
    sent = Q(applications__submitted_at__isnull=False, applications__sme_call__grant__in=grants)
    return sent | Q(provides_in__grant__in=grants)


def accounts_to_check(person: Person, on_date: date) -> Q:
    """SMEs and providers whose bank accounts the finance officers of a grant validate."""
    mine = GrantRole.objects.filter(person=person, role=GrantRole.Role.FO)
    grants = running(mine, on=on_date).values("grant")
    sent = Q(applications__submitted_at__isnull=False, applications__sme_call__grant__in=grants)
    return sent | Q(provides_in__grant__in=grants)


def connect() -> None:
    """Words of states, sweeps of the clock, links, and whom the grant's people may look up."""
    tags.connect()
    navigation.register(*links.ITEMS)
    register_reach(Reach.READ, smes_and_providers)
    register_reach(Reach.ACCOUNT, accounts_to_check)
    for name, (order, sweep) in SWEEPS.items():
        clockwork.on_tick(name, sweep, order=order)
