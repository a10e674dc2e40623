from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from grants.models import GrantRole
from ledger.api import invariants
from tests.factories import claims
from tests.factories.grant import PREPARING
from tests.factories.parties import the_representative
from tests.factories.vouchers import fresh_voucher, the_fund_manager, the_holder
from vouchers import accounts
from vouchers.actions import certification
from vouchers.models import Claim

if TYPE_CHECKING:
    from core.models import Person

pytestmark = pytest.mark.django_db
S = Claim.State
CUT = {2: (20_000, "Two of five meters.")}


def certify(one: Claim, by: Person) -> Claim:
    return certification.certify(claim_id=one.pk, actor=by, at=claims.CERTIFYING)


def test_lines_are_cut_with_a_reason_and_what_is_cut_returns_to_the_voucher() -> None:
    made = claims.certify(claims.a_checked(claims.a_claimable_voucher(), cuts=CUT))
    assert made.state == S.SCHEDULED
    assert made.accepted_cents == 170_000
    voucher = fresh_voucher(made.voucher)
    assert accounts.left(accounts.under_check(voucher)) == 0
    assert accounts.left(accounts.commitment(voucher)) == voucher.value_cents - 170_000
    payment = claims.the_payment(made)
    assert payment.amount_cents == 170_000
    assert payment.due_on == claims.CERTIFYING.date() + timedelta(days=14)
    assert invariants() == []


def test_a_cut_needs_a_reason_and_no_line_grows() -> None:
    made = claims.a_submitted(claims.a_claimable_voucher())
    with pytest.raises(DomainError, match="why less"):
        claims.decide_lines(made, {1: (1, " ")})
    with pytest.raises(DomainError, match="no more than was claimed"):
        claims.decide_lines(made, {1: (150_001, "more")})


def test_only_the_fund_manager_decides_lines_and_only_while_it_is_checked() -> None:
    made = claims.a_submitted(claims.a_claimable_voucher())
    for person in (the_holder(made.voucher), claims.the_officers(made.voucher.grant)[0]):
        with pytest.raises(NotAllowed):
            certification.decide_lines(
                claim_id=made.pk, accepted_cents={}, reasons={}, actor=person, at=claims.CHECKING
            )
    manager = the_fund_manager(made.voucher.grant)
    claims.decide_lines(made)
    certification.check(claim_id=made.pk, actor=manager, at=claims.CHECKING)
    with pytest.raises(Refused, match="not being checked now"):
        claims.decide_lines(made)


def test_who_checked_never_certifies() -> None:
    made = claims.a_checked(claims.a_claimable_voucher())
    grant, manager = made.voucher.grant, the_fund_manager(made.voucher.grant)
    GrantRole.objects.create(
        grant=grant,
        person=manager,
        organisation=grant.coordinator,
        role=GrantRole.Role.FO,
        start_date=PREPARING.date(),
    )
    claims.screen(made)
    with pytest.raises(Refused, match="who checked this claim cannot certify"):
        certify(made, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=made.pk).update(certified_by=manager)


def test_only_a_finance_officer_of_the_payer_certifies() -> None:
    made = claims.screen(claims.a_checked(claims.a_claimable_voucher()))
    for person in (the_holder(made.voucher), the_representative(made.voucher.grant.coordinator)):
        with pytest.raises(NotAllowed):
            certify(made, person)


@pytest.mark.parametrize("age", [None, 31])
def test_a_certificate_needs_a_fresh_look_up(age: int | None) -> None:
    made = claims.a_checked(claims.a_claimable_voucher())
    if age:
        claims.screen(made, on=claims.CERTIFYING.date() - timedelta(days=age))
    with pytest.raises(Refused, match="not looked up lately"):
        certify(made, claims.the_officers(made.voucher.grant)[0])
    assert claims.fresh(made).payment is None


def test_a_look_up_is_not_in_the_future_nor_before_the_check() -> None:
    voucher = claims.a_claimable_voucher()
    made = claims.a_submitted(voucher)
    with pytest.raises(Refused, match="does not wait for a certificate"):
        claims.screen(made)
    claims.decide_lines(made)
    manager = the_fund_manager(voucher.grant)
    certification.check(claim_id=made.pk, actor=manager, at=claims.CHECKING)
    with pytest.raises(DomainError, match="future"):
        claims.screen(made, on=date(2023, 6, 23))
    with pytest.raises(NotAllowed):
        certification.screen(
            claim_id=made.pk,
            screened_on=date(2023, 6, 22),
            vat_seen_on=None,
            actor=manager,
            at=claims.CERTIFYING,
        )


def test_nothing_accepted_is_rejected_not_certified() -> None:
    nothing = {1: (0, "Not delivered."), 2: (0, "Not delivered.")}
    made = claims.screen(claims.a_checked(claims.a_claimable_voucher(), cuts=nothing))
    officer = claims.the_officers(made.voucher.grant)[0]
    with pytest.raises(Refused, match="Nothing was accepted"):
        certify(made, officer)
    with pytest.raises(Refused, match="Write what is missing"):
        certification.reject(claim_id=made.pk, actor=officer, at=claims.CERTIFYING, reason=" ")
    gone = certification.reject(
        claim_id=made.pk, actor=officer, at=claims.CERTIFYING, reason="Nothing was delivered."
    )
    assert gone.state == S.REJECTED
    voucher = fresh_voucher(made.voucher)
    assert accounts.left(accounts.commitment(voucher)) == voucher.value_cents
    assert Mail.objects.filter(subject__contains="was rejected").exists()
    assert invariants() == []


def test_the_certifier_may_send_it_back_too() -> None:
    made = claims.a_checked(claims.a_claimable_voucher())
    officer = claims.the_officers(made.voucher.grant)[0]
    back = certification.send_back(
        claim_id=made.pk, actor=officer, at=claims.CERTIFYING, reason="The invoice is unsigned."
    )
    assert (back.state, back.checked_by) == (S.RETURNED, None)
    assert invariants() == []


def test_certifying_twice_is_one_payment_and_a_sentence() -> None:
    made = claims.a_scheduled(claims.a_claimable_voucher())
    payment = claims.the_payment(made)
    with pytest.raises(Refused, match="is now: in payment"):
        certify(made, claims.the_officers(made.voucher.grant)[1])
    assert claims.the_payment(made) == payment
    assert invariants() == []
