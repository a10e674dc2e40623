"""One record for each button, one press before the end, and two persons who may press it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import jobs
from core.models import Job
from grants.actions import payment, signature
from parties.models import Membership
from tests.factories import claims, grant, grants, vouchers
from tests.factories.parties import a_member, a_validated_account, the_representative

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person
    from parties.models import Organisation
    from vouchers.models import Claim, SmeCall, Voucher


@dataclass(frozen=True, slots=True)
class Case:
    """``record`` is pressed at ``at`` by both persons."""

    record: UUID
    persons: tuple[Person, Person]
    at: datetime


def build() -> tuple[dict[str, Case], UUID]:
    """A case for each button, by its name, and a job that waits to be run."""
    with jobs.held():
        first = claims.a_claimable_voucher()
        more = [_another(first) for _ in range(2)]
        sme_call = first.application.sme_call
        cases = {
            "approve a payment": _a_payment(first),
            "certify a claim": _a_checked_claim(more[0]),
            "hand in a claim": _a_written_claim(more[1]),
            "admit a proposal": _a_proposal(),
            "sign for the authority": _an_agreement(),
            "accept an award": _an_award(vouchers.fresh_call(sme_call)),
        }
    receipts = Job.objects.filter(kind="proposal_receipt", status=Job.Status.PENDING)
    return cases, receipts.order_by("pk")[0].pk


def _another(voucher: Voucher) -> Voucher:
    """A second SME of the same call, with an account."""
    made = vouchers.a_running_voucher(of=vouchers.fresh_call(voucher.application.sme_call))
    officer = claims.the_officers(made.grant)[0]
    a_validated_account(made.organisation, officer=officer, at=claims.WRITING)
    return vouchers.fresh_voucher(made)


def _a_payment(voucher: Voucher) -> Case:
    claim = claims.a_scheduled(voucher)
    _certifier, preparer, one, other, *_rest = claims.the_officers(voucher.grant)
    due = claims.the_payment(claim)
    payment.prepare(payment_id=due.pk, actor=preparer, at=claims.PAYING)
    return Case(due.pk, (one, other), claims.PAYING)


def _a_checked_claim(voucher: Voucher) -> Case:
    claim: Claim = claims.screen(claims.a_checked(voucher))
    one, other, *_rest = claims.the_officers(voucher.grant)
    return Case(claim.pk, (one, other), claims.CERTIFYING)


def _a_written_claim(voucher: Voucher) -> Case:
    claim = claims.a_complete(voucher)
    colleague = _a_colleague(voucher.organisation)
    return Case(claim.pk, (vouchers.the_holder(voucher), colleague), claims.HANDING_IN)


def _a_colleague(of: Organisation) -> Person:
    """Somebody else who acts for the SME."""
    return a_member(of, function=Membership.Function.REPRESENTATIVE)


def _a_proposal() -> Case:
    proposal = grants.a_frozen_proposal()
    one = grants.officer(proposal.call, "PO")
    other = grants.officer(proposal.call, "PO", second=True)
    return Case(proposal.pk, (one, other), grants.CHECKING)


def _an_agreement() -> Case:
    made = grant.a_ready_grant()
    legal = grant.holder(made, made.coordinator, "LSIGN")
    signature.sign_for_coordinator(grant_id=made.pk, actor=legal, at=grant.SIGNING)
    deputy = grants.an_officer(made.call, "AO")
    one = next(
        row.person
        for row in made.call.roles.filter(role="AO").select_related("person")
        if row.person_id != deputy.pk
    )
    return Case(made.pk, (one, deputy), grant.SIGNING)


def _an_award(sme_call: SmeCall) -> Case:
    made = vouchers.an_awarded_application(of=sme_call)
    holder = the_representative(made.organisation)
    persons = (holder, _a_colleague(made.organisation))
    return Case(made.pk, persons, vouchers.ACCEPTING)
