from __future__ import annotations

from uuid import uuid4

import pytest

from core import documents
from core.errors import NotAllowed, Refused
from core.models import Mail, Person
from grants.actions import payment as payments
from grants.models import BankRecord
from ledger import api as ledger
from ledger.api import AccountRef, AccountType, balance, invariants
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.vouchers import a_running_voucher, fresh_voucher, the_holder
from vouchers.actions import certification
from vouchers.models import Claim, Voucher

pytestmark = pytest.mark.django_db
S = Claim.State


def test_a_paid_part_leaves_the_rest_on_the_voucher() -> None:
    made = claims.a_paid(claims.a_claimable_voucher())
    assert (made.state, made.paid_on) == (S.PAID, claims.PAYING.date())
    assert made.voucher.state == Voucher.State.PARTLY_REDEEMED
    assert Mail.objects.filter(subject__contains="was paid").exists()
    assert invariants() == []


def test_two_claims_use_a_voucher_up() -> None:
    voucher = claims.a_claimable_voucher()
    claims.a_paid(voucher)
    second = claims.a_paid(fresh_voucher(voucher), lines=claims.a_price(9_000))
    assert second.accepted_cents == voucher.value_cents - 200_000
    assert second.voucher.state == Voucher.State.REDEEMED
    with pytest.raises(Refused, match="in progress"):
        claims.a_draft(fresh_voucher(voucher))
    assert invariants() == []


def test_the_last_claim_ends_the_use() -> None:
    made = claims.a_paid(claims.a_claimable_voucher(), is_final=True)
    assert made.voucher.state == Voucher.State.REDEEMED
    assert invariants() == []


def test_what_the_bank_returned_is_ordered_again() -> None:
    made = claims.a_scheduled(claims.a_claimable_voucher())
    first, officers = claims.the_payment(made), claims.the_officers(made.voucher.grant)[1:]
    sent = granted.send(first, by=officers, at=claims.PAYING)
    granted.read_statement(sent, by=officers, at=claims.PAYING, outcome=BankRecord.Outcome.RETURNED)
    again = claims.the_payment(made)
    assert again != first
    assert again.amount_cents == first.amount_cents
    assert again.end_to_end_id != first.end_to_end_id
    assert claims.fresh(made).state == S.SCHEDULED
    assert Mail.objects.filter(subject__contains="came back").exists()
    assert claims.pay(made).state == S.PAID
    assert invariants() == []


def test_a_cancelled_order_leaves_the_certificate_which_is_ordered_again() -> None:
    made = claims.a_scheduled(claims.a_claimable_voucher())
    officers, at = claims.the_officers(made.voucher.grant), claims.PAYING
    due = claims.the_payment(made)
    payments.prepare(payment_id=due.pk, actor=officers[1], at=at)
    payments.cancel(payment_id=due.pk, actor=officers[2], at=at, reason="Wrong account.")
    assert claims.fresh(made).state == S.CERTIFIED
    with pytest.raises(NotAllowed):
        certification.order_again(claim_id=made.pk, actor=the_holder(made.voucher), at=at)
    again = certification.order_again(claim_id=made.pk, actor=officers[0], at=at)
    assert again.state == S.SCHEDULED
    assert claims.the_payment(made) != due
    with pytest.raises(Refused, match="does not wait for a payment order"):
        certification.order_again(claim_id=made.pk, actor=officers[0], at=at)
    assert claims.pay(made).state == S.PAID
    assert invariants() == []


def test_paid_before_the_money_of_the_union_came_is_the_payers_own_money_first() -> None:
    made = claims.a_paid(claims.ready(a_running_voucher()))
    book = made.voucher.grant.book_id
    assert book is not None
    assert balance(AccountRef(book, AccountType.BANK)) == 0
    assert balance(AccountRef(book, AccountType.OWN)) == made.accepted_cents
    assert invariants() == []


def advance(voucher: Voucher, *, cents: int) -> None:
    """Ordered and executed in the ledger."""
    paper = documents.store(
        b"%PDF-1.7 advance",
        kind="payment_order",
        name="advance.pdf",
        media_type=documents.PDF,
        actor=Person.objects.system(),
        at=claims.WRITING,
    )
    assert voucher.grant.book_id is not None
    book, payee = voucher.grant.book_id, voucher.organisation_id
    first, second = claims.the_officers(voucher.grant)[:2]
    ordered = ledger.legs.advance_ordered(book, voucher=voucher.pk, payee=payee, amount=cents)
    paid = [ledger.leg(book, AccountType.SPAY, AccountType.BANK, cents, frm=payee)]
    for kind, made in (("advance_ordered", ordered), ("advance_executed", paid)):
        event = ledger.LedgerEvent(
            uuid4(), ledger.Kind(kind), paper, claims.WRITING.date(), made, approver=second
        )
        ledger.post(event, actor=first, at=claims.WRITING)


def test_an_advance_that_covers_all_of_it_pays_the_claim() -> None:
    voucher = claims.a_claimable_voucher()
    advance(voucher, cents=250_000)
    made = claims.a_scheduled(fresh_voucher(voucher))
    assert made.state == S.PAID
    assert made.payment is None
    assert made.advance_cents == 200_000
    assert invariants() == []


def test_an_advance_that_covers_a_part_leaves_the_rest_to_pay() -> None:
    voucher = claims.a_claimable_voucher()
    advance(voucher, cents=60_000)
    made = claims.a_scheduled(fresh_voucher(voucher))
    assert claims.the_payment(made).amount_cents == 140_000
    assert claims.pay(made).state == S.PAID
    assert invariants() == []
