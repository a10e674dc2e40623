"""What SME calls, applications and vouchers tell the others once at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import clockwork, navigation
from grants.models import Grant, GrantRole
from grants.models.grant import running
from parties.models.scope import Reach, register_reach
from vouchers import navigation as links
from vouchers import tags
from vouchers.actions.expiry import SWEEPS
from vouchers.models import Application, Provider

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def smes_in_sight(person: Person, on: date) -> QuerySet[Application]:
    """What SMEs have handed in to the grants that the person may see."""
    grants = Grant.objects.visible_to(person, on=on)
    return Application.objects.filter(submitted_at__isnull=False, sme_call__grant__in=grants)


def providers_in_sight(person: Person, on: date) -> QuerySet[Provider]:
    """Who delivers services in the grants that the person may see."""
    return Provider.objects.filter(grant__in=Grant.objects.visible_to(person, on=on))


def smes_i_check(person: Person, on: date) -> QuerySet[Application]:
    """What SMEs have handed in where the person, a finance officer, validates bank accounts."""
    grants = _of_finance_officer(person, on).values("grant")
    return Application.objects.filter(submitted_at__isnull=False, sme_call__grant__in=grants)


def providers_i_check(person: Person, on: date) -> QuerySet[Provider]:
    """Who delivers services where the person, a finance officer, validates bank accounts."""
    return Provider.objects.filter(grant__in=_of_finance_officer(person, on).values("grant"))


def _of_finance_officer(person: Person, on: date) -> QuerySet[GrantRole]:
    return running(GrantRole.objects.filter(person=person, role=GrantRole.Role.FO), on=on)


def connect() -> None:
    """Words of states, sweeps of the clock, links, and whom the grant's people may look up."""
    tags.connect()
    navigation.register(*links.ITEMS)
    for reached in (smes_in_sight, providers_in_sight):
        register_reach(Reach.READ, reached)
    for reached in (smes_i_check, providers_i_check):
        register_reach(Reach.ACCOUNT, reached)
    for name, (order, sweep) in SWEEPS.items():
        clockwork.on_tick(name, sweep, order=order)
