"""What grants, payments and reports tell the others once at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import clockwork, navigation
from core.navigation import Item
from grants.actions import eu_payment, reporting_clock
from grants.models import Beneficiary, CallRole, Grant, GrantRole, Partner, Payment
from grants.models.grant import running
from grants.models.proposal import SEALED
from grants.queries import account_names
from parties.models import Reach, register_reach

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person


def applicants_of_my_calls(person: Person, on: date) -> QuerySet[Partner]:
    """Partners of proposals handed in to a call in which the person holds an office."""
    return _handed_in(CallRole.objects.on(on).filter(person=person))


def applicants_i_check(person: Person, on: date) -> QuerySet[Partner]:
    """The same, where the office is the finance officer's, who validates bank accounts."""
    return _handed_in(CallRole.objects.on(on).filter(person=person, role=CallRole.Role.FO))


def beneficiaries_i_check(person: Person, on: date) -> QuerySet[Beneficiary]:
    """Partners of the grants in which the person is finance officer of one of them."""
    mine = running(GrantRole.objects.filter(person=person, role=GrantRole.Role.FO), on=on)
    return Beneficiary.objects.filter(grant__in=mine.values("grant"))


def _handed_in(offices: QuerySet[CallRole]) -> QuerySet[Partner]:
    partners = Partner.objects.filter(proposal__call__in=offices.values("call"))
    return partners.exclude(proposal__state__in=SEALED)


def sees_grants(person: Person, on: date) -> QuerySet[Grant]:
    """The grants that are visible to the person on that day."""
    return Grant.objects.visible_to(person, on=on)


def sees_payments(person: Person, on: date) -> QuerySet[Payment]:
    """The payments that are visible to the person on that day."""
    return Payment.objects.visible_to(person, on=on)


ITEMS = [
    Item(_("Grants"), "grants:grant_list", order=25, who=sees_grants, under="/grants/"),
    Item(_("Payments"), "grants:payment_list", order=28, who=sees_payments, under="/payments/"),
]


def connect() -> None:
    """Called by ``grants.wiring``; safe to call twice."""
    navigation.register(*ITEMS)
    eu_payment.connect()
    account_names.connect()
    register_reach(Reach.READ, applicants_of_my_calls)
    register_reach(Reach.ACCOUNT, applicants_i_check)
    register_reach(Reach.ACCOUNT, beneficiaries_i_check)
    clockwork.on_tick("grants: start", reporting_clock.start_grants, order=30)
    clockwork.on_tick("grants: open reports", reporting_clock.open_reports, order=70)
    clockwork.on_tick("grants: overdue reports", reporting_clock.remind_overdue, order=80)
