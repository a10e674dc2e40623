"""What a person is today, asked in one statement; it decides which lists the home shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.questions import ask
from grants.evaluation_wiring import is_evaluator
from grants.models import CallRole, GrantRole, Payment
from grants.models.grant import running
from grants.navigation import acts_for_cluster
from vouchers.models import Application, Claim, SmeCall, Voucher
from vouchers.navigation import acts_for_sme

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Person

OFFICES = (CallRole.Role.PO, CallRole.Role.AO, CallRole.Role.CC, CallRole.Role.MOD)


def runs_calls(person: Person, on: date) -> QuerySet[CallRole]:
    """Offices in which one moves a call on."""
    return _offices(person, on).filter(role__in=OFFICES)


def audits(person: Person, on: date) -> QuerySet[CallRole]:
    """Offices in which one only reads."""
    return _offices(person, on).filter(role=CallRole.Role.AUD)


def pays_for_authority(person: Person, on: date) -> QuerySet[CallRole]:
    """Finance officers of the granting authority."""
    return _offices(person, on).filter(role=CallRole.Role.FO)


def pays_for_partner(person: Person, on: date) -> QuerySet[GrantRole]:
    """Finance officers of a partner of a grant."""
    return _grant_roles(person, on).filter(role=GrantRole.Role.FO)


def manages_funds(person: Person, on: date) -> QuerySet[GrantRole]:
    """Fund managers of a grant."""
    return _grant_roles(person, on).filter(role=GrantRole.Role.FM)


def _offices(person: Person, on: date) -> QuerySet[CallRole]:
    return CallRole.objects.on(on).filter(person=person)


def _grant_roles(person: Person, on: date) -> QuerySet[GrantRole]:
    return running(GrantRole.objects.filter(person=person), on=on)


def open_sme_calls(person: Person, on: date) -> QuerySet[SmeCall]:
    """SME calls that take applications, of the fund manager's grants."""
    mine = manages_funds(person, on).values("grant")
    return SmeCall.objects.filter(grant__in=mine, state=SmeCall.State.OPEN)


def applications_to_check(person: Person, on: date) -> QuerySet[Application]:
    """Applications that were handed in and wait for the fund manager."""
    mine = manages_funds(person, on).values("grant")
    return Application.objects.filter(sme_call__grant__in=mine, state=Application.State.SUBMITTED)


def vouchers_in_use(person: Person, on: date) -> QuerySet[Voucher]:
    """Vouchers of the fund manager's grants on which SMEs work."""
    used = (Voucher.State.IN_PROGRESS, Voucher.State.PARTLY_REDEEMED)
    mine = manages_funds(person, on).values("grant")
    return Voucher.objects.filter(grant__in=mine, state__in=used)


def claims_to_check(person: Person, on: date) -> QuerySet[Claim]:
    """Claims that wait for the fund manager."""
    mine = manages_funds(person, on).values("grant")
    return Claim.objects.filter(voucher__grant__in=mine, state=Claim.State.SUBMITTED)


def payments_to_prepare(person: Person, on: date) -> QuerySet[Payment]:
    """Payments on the finance officer's desk that nobody has prepared."""
    desk = Payment.objects.on_desk_of(person, on=on)
    return desk.filter(state=Payment.State.DUE)


@dataclass(frozen=True, slots=True)
class Roles:
    """What the person may be; one person may be several."""

    applicant: bool
    evaluator: bool
    officer: bool
    fund_manager: bool
    finance: bool
    sme: bool
    auditor: bool

    @property
    def works_at_desk(self) -> bool:
        """Whether the dense layout fits: officers, fund managers, auditors."""
        return self.officer or self.fund_manager or self.finance or self.auditor

    @property
    def is_new(self) -> bool:
        """Nothing at all yet: somebody who has just signed up."""
        return not (self.applicant or self.evaluator or self.sme or self.works_at_desk)


def roles_of(person: Person, *, on: date) -> Roles:
    """One statement."""
    asked = (acts_for_cluster, is_evaluator, runs_calls, manages_funds)
    paying = (pays_for_authority, pays_for_partner)
    known = ask(person, on=on, whether=[*asked, *paying, acts_for_sme, audits])
    return Roles(
        applicant=bool(known[acts_for_cluster]),
        evaluator=bool(known[is_evaluator]),
        officer=bool(known[runs_calls]),
        fund_manager=bool(known[manages_funds]),
        finance=any(known[question] for question in paying),
        sme=bool(known[acts_for_sme]),
        auditor=bool(known[audits]),
    )
