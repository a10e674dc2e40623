"""Grants, brought to a state by the same actions that a click uses."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import documents, gate
from core.models import Person
from grants.actions import bank_record, grant_roles, payment, reporting_clock, signature
from grants.actions import grant as grants
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import BankRecord, Grant, GrantRole, Payment
from parties.models import Membership
from tests.factories.grants import an_admitted_proposal, an_officer, officer
from tests.factories.parties import a_member, a_validated_account, the_representative
from tests.staging import staged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants.models import Beneficiary, PeriodicReport, Proposal
    from parties.models import Organisation

EVALUATED = datetime(2022, 2, 1, 9, 0, tzinfo=UTC)
PREPARING = datetime(2022, 4, 4, 9, 0, tzinfo=UTC)
SIGNING = datetime(2022, 8, 1, 9, 0, tzinfo=UTC)
STARTS_ON = date(2022, 9, 1)
STARTED = datetime(2022, 9, 1, 9, 0, tzinfo=UTC)
PAYING = datetime(2022, 9, 15, 9, 0, tzinfo=UTC)
FUNCTIONS = Membership.Function
_numbers: Iterator[int] = itertools.count(1)


def a_main_list_proposal(**changes: Any) -> Proposal:
    """A proposal on the main list, whose partners have their signatories."""
    made = an_admitted_proposal(**changes)
    for of_partner in made.partners.order_by("position"):
        assert of_partner.organisation is not None
        for function in (FUNCTIONS.LEGAL_SIGNATORY, FUNCTIONS.FINANCIAL_SIGNATORY):
            a_member(of_partner.organisation, function=function)
    system, award = Person.objects.system(), officer(made.call, "AO")
    _move(made, [("evaluate", system), ("rank", system), ("place_main", award)])
    return made


@staged
def an_invited_proposal(**changes: Any) -> Proposal:
    """A proposal whose consortium was invited to prepare the grant."""
    made = a_main_list_proposal(**changes)
    _move(made, [("invite", officer(made.call, "AO"))])
    return made


def _move(made: Proposal, moves: list[tuple[str, Person]]) -> None:
    with transaction.atomic():
        for event, actor in moves:
            gate.fire(ProposalLifecycle(made, at=EVALUATED), event, actor=actor, at=EVALUATED)


@staged
def a_grant(*, starts_on: date = STARTS_ON, report_months: int = 12, **changes: Any) -> Grant:
    """A grant in preparation."""
    proposal = an_invited_proposal(**changes)
    return grants.prepare(
        proposal_id=proposal.pk,
        starts_on=starts_on,
        report_months=report_months,
        actor=officer(proposal.call, "PO"),
        at=PREPARING,
    )


def holder(of: Grant, organisation: Organisation, role: str) -> Person:
    """Who holds the role for the partner, the first by address."""
    rows = of.roles.filter(organisation=organisation, role=role).select_related("person")
    return rows.order_by("person__email")[0].person


def partners(of: Grant) -> list[Beneficiary]:
    """The coordinator, then the others by name."""
    rows = of.beneficiaries.select_related("organisation")
    return list(rows.order_by("-is_coordinator", "organisation__short_name"))


def declare_all(of: Grant) -> None:
    """Every partner signs its declaration of honour."""
    for partner in partners(of):
        signatory = holder(of, partner.organisation, "LSIGN")
        signature.declare(beneficiary_id=partner.pk, actor=signatory, at=PREPARING)


def validate_account(organisation: Organisation, *, of: Grant) -> None:
    """The call's finance officer validates the partner's bank account."""
    a_validated_account(organisation, officer=officer(of.call, "FO"), at=PREPARING)


def check_exclusion(of: Grant) -> None:
    """The programme officer has looked the partners up."""
    grants.record_exclusion_check(
        grant_id=of.pk,
        source="Exclusion register, list of 4 April 2022",
        actor=officer(of.call, "PO"),
        at=PREPARING,
    )


@transaction.atomic
def print_agreement(of: Grant) -> None:
    """What the printing job does."""
    number = next(_numbers)
    paper = documents.store(
        f"%PDF-1.7 agreement {number}".encode(),
        kind="grant_agreement",
        name="agreement.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=PREPARING,
    )
    grants.attach_agreement(grant_id=of.pk, document=paper, at=PREPARING)


def an_unprinted_grant(**changes: Any) -> Grant:
    """A grant whose agreement is about to be printed."""
    made = a_grant(**changes)
    declare_all(made)
    validate_account(made.coordinator, of=made)
    check_exclusion(made)
    return grants.make_ready(grant_id=made.pk, actor=officer(made.call, "PO"), at=PREPARING)


@staged
def a_ready_grant(**changes: Any) -> Grant:
    """A grant whose agreement is printed."""
    made = an_unprinted_grant(**changes)
    print_agreement(made)
    return fresh(made)


@staged
def a_signed_grant(**changes: Any) -> Grant:
    """A grant signed by both sides; its book is open."""
    made = a_ready_grant(**changes)
    legal = holder(made, made.coordinator, "LSIGN")
    signature.sign_for_coordinator(grant_id=made.pk, actor=legal, at=SIGNING)
    award = officer(made.call, "AO")
    signature.sign_for_authority(grant_id=made.pk, actor=award, at=SIGNING)
    return fresh(made)


def accede_all(of: Grant) -> None:
    """Every partner but the coordinator signs its accession form."""
    for partner in partners(of)[1:]:
        signatory = holder(of, partner.organisation, "LSIGN")
        signature.accede(beneficiary_id=partner.pk, actor=signatory, at=SIGNING)


@staged
def an_active_grant(**changes: Any) -> Grant:
    """A grant that the clock has started; its prefinancing is due."""
    made = a_signed_grant(**changes)
    accede_all(made)
    reporting_clock.start_grants(STARTED)
    return fresh(made)


def fresh(of: Grant) -> Grant:
    """The grant as the database has it."""
    return Grant.objects.select_related("call", "book", "coordinator", "proposal").get(pk=of.pk)


def appoint(of: Grant, role: str, *, organisation: Organisation | None = None) -> Person:
    """A new member of the partner (the coordinator) with a role in the grant."""
    partner = organisation or of.coordinator
    person = a_member(partner)
    grant_roles.appoint(
        grant_id=of.pk,
        person_id=person.pk,
        organisation_id=partner.pk,
        role=role,
        actor=the_representative(partner),
        at=PREPARING,
    )
    return person


def three_officers(of: Grant, *, of_call: bool = True) -> list[Person]:
    """Three finance officers of the granting authority, or of the coordinator."""
    if of_call:
        return [officer(of.call, "FO"), an_officer(of.call, "FO"), an_officer(of.call, "FO")]
    return [appoint(of, GrantRole.Role.FO) for _ in range(3)]


def send(due: Payment, *, by: list[Person], at: datetime = PAYING) -> Payment:
    """Prepared, approved and sent by three officers."""
    payment.prepare(payment_id=due.pk, actor=by[0], at=at)
    payment.approve(payment_id=due.pk, actor=by[1], at=at)
    return payment.send(payment_id=due.pk, actor=by[2], at=at)


def read_statement(
    sent: Payment,
    *,
    by: list[Person],
    at: datetime = PAYING,
    outcome: str = BankRecord.Outcome.EXECUTED,
) -> Payment:
    """One officer enters what the bank did, another confirms it."""
    bank_record.enter(
        payment_id=sent.pk,
        outcome=outcome,
        reference=f"BANK-{next(_numbers)}",
        booked_on=at.date(),
        bank_reason="" if outcome == BankRecord.Outcome.EXECUTED else "AC04 account closed",
        actor=by[0],
        at=at,
    )
    return bank_record.confirm(payment_id=sent.pk, actor=by[1], at=at)


def pay(due: Payment, *, by: list[Person], at: datetime = PAYING) -> Payment:
    """The whole road of a payment."""
    return read_statement(send(due, by=by, at=at), by=by, at=at)


@staged
def a_funded_grant(**changes: Any) -> Grant:
    """An active grant whose prefinancing has arrived."""
    made = an_active_grant(**changes)
    pay(made.payments.get(), by=three_officers(made))
    return fresh(made)


def the_report(of: Grant, *, number: int = 1) -> PeriodicReport:
    """The report of a period, opened by the clock on the day after it."""
    from grants.rules.agreement import periods

    planned = periods(of.starts_on, end_date=of.ends_on, months=of.report_months)
    day = planned[number - 1].end_date + timedelta(days=1)
    reporting_clock.open_reports(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))
    return of.reports.select_related("grant").get(number=number)
