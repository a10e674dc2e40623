from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from grants.models import BankRecord, Payment
from ledger.api import AccountRef, AccountType, balance, invariants
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.vouchers import the_fund_manager, the_holder
from vouchers.actions import recovery
from vouchers.models import Claim, Recovery

pytestmark = pytest.mark.django_db
S = Claim.State


def accepted(of: Claim) -> int:
    """SME support accepted in the grant, in cents."""
    book = of.voucher.grant.book_id
    assert book is not None
    return balance(AccountRef(book, AccountType.SACC))


def test_proposed_by_one_decided_by_another_then_owed() -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    assert accepted(made) == 200_000
    row = claims.recover(made, cents=50_000)
    assert claims.fresh(made).state == S.RECOVERED
    assert accepted(made) == 150_000
    assert row.payment is not None
    assert row.payment.kind == Payment.Kind.RECOVERY_IN
    assert row.payment.amount_cents == 50_000
    assert Mail.objects.filter(subject__contains="Repayment").exists()
    assert invariants() == []


def test_the_repayment_ends_it() -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    row = claims.recover(made)
    assert row.payment is not None
    granted.pay(row.payment, by=claims.the_officers(made.voucher.grant)[2:], at=claims.RECOVERING)
    row.refresh_from_db()
    assert row.repaid_on == claims.RECOVERING.date()
    assert invariants() == []


@pytest.mark.parametrize("cents", [0, -1, 200_001])
def test_at_least_a_cent_and_at_most_what_was_accepted(cents: int) -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    with pytest.raises(DomainError, match="at least one cent"):
        claims.propose_recovery(made, cents=cents)


def test_a_recovery_needs_words_a_paid_claim_and_its_officer() -> None:
    made = claims.a_scheduled(claims.a_claimable_voucher())
    officer = claims.the_officers(made.voucher.grant)[0]
    with pytest.raises(Refused, match="is not paid"):
        claims.propose_recovery(made)
    claims.pay(made)
    with pytest.raises(DomainError, match="why the money"):
        recovery.propose(
            claim_id=made.pk, amount_cents=1, reason=" ", actor=officer, at=claims.RECOVERING
        )
    for person in (the_holder(made.voucher), the_fund_manager(made.voucher.grant)):
        with pytest.raises(NotAllowed):
            recovery.propose(
                claim_id=made.pk, amount_cents=1, reason="x", actor=person, at=claims.RECOVERING
            )


def test_two_persons_and_once() -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    row = claims.propose_recovery(made)
    first, second = claims.the_officers(made.voucher.grant)[:2]
    with pytest.raises(Refused, match="recovery is under way"):
        claims.propose_recovery(made)
    with pytest.raises(Refused, match="Another finance officer"):
        recovery.decide(recovery_id=row.pk, actor=first, at=claims.RECOVERING)
    with pytest.raises(NotAllowed):
        recovery.decide(recovery_id=made.pk, actor=second, at=claims.RECOVERING)
    recovery.decide(recovery_id=row.pk, actor=second, at=claims.RECOVERING)
    with pytest.raises(Refused, match="decided before"):
        recovery.decide(recovery_id=row.pk, actor=second, at=claims.RECOVERING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=row.pk).update(decided_by=first)
    assert invariants() == []


def test_a_repayment_that_did_not_arrive_is_asked_for_again() -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    row = claims.recover(made)
    officers = claims.the_officers(made.voucher.grant)[2:]
    assert row.payment is not None
    sent = granted.send(row.payment, by=officers, at=claims.RECOVERING)
    granted.read_statement(
        sent, by=officers, at=claims.RECOVERING, outcome=BankRecord.Outcome.RETURNED
    )
    before, row = row.payment, Recovery.objects.get(pk=row.pk)
    assert row.payment_id != before.pk
    assert row.repaid_on is None
    assert invariants() == []
