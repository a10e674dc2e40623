"""What grants, payments and reports tell the others once at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock, clockwork, navigation
from core.navigation import Item
from grants import grant_tags
from grants.actions import eu_payment, reporting_clock
from grants.models import Beneficiary, CallRole, Grant, GrantRole, Partner, Payment
from grants.models.grant import running
from grants.models.proposal import SEALED
from parties.models import Reach, register_reach
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def partners_of_my_calls(person: Person, on: date) -> Q:
    """Organisations of proposals handed in to a call in which the person holds an office."""
    offices = CallRole.objects.on(on).filter(person=person)
    return _applicants(offices)


def accounts_i_check(person: Person, on: date) -> Q:
    """Organisations whose bank accounts this finance officer validates."""
    offices = CallRole.objects.on(on).filter(person=person, role=CallRole.Role.FO)
    mine = running(GrantRole.objects.filter(person=person, role=GrantRole.Role.FO), on=on)
    return _applicants(offices) | Q(
        pk__in=Beneficiary.objects.filter(grant__in=mine.values("grant")).values("organisation")
    )


def _applicants(offices: QuerySet[CallRole]) -> Q:
    partners = Partner.objects.filter(proposal__call__roles__in=offices)
    handed_in = partners.exclude(proposal__state__in=SEALED)
    return Q(pk__in=handed_in.values("organisation"))


def sees_grants(person: Person) -> QuerySet[Grant]:
    """The grants that are visible to the person today."""
    return Grant.objects.visible_to(person, on=day_of(clock.now()))


def sees_payments(person: Person) -> QuerySet[Payment]:
    """The payments that are visible to the person today."""
    return Payment.objects.visible_to(person, on=day_of(clock.now()))


ITEMS = [
    Item(_("Grants"), "grants:grant_list", order=25, who=sees_grants, under="/grants/"),
    Item(_("Payments"), "grants:payment_list", order=28, who=sees_payments, under="/payments/"),
]


def connect() -> None:
    """Called by ``grants.wiring``; safe to call twice."""
    grant_tags.connect()
    navigation.register(*ITEMS)
    eu_payment.connect()
    register_reach(Reach.READ, partners_of_my_calls)
    register_reach(Reach.ACCOUNT, accounts_i_check)
    clockwork.on_tick("grants: start", reporting_clock.start_grants, order=30)
    clockwork.on_tick("grants: open reports", reporting_clock.open_reports, order=70)
    clockwork.on_tick("grants: overdue reports", reporting_clock.remind_overdue, order=80)
