"""What a payment of a claim brings about, told by the payment desk in its own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.gate import fire
from grants.actions import payment as payments
from grants.actions.bank_record import confirmed_record
from grants.models import Payment
from ledger import api as ledger
from vouchers.actions import aid
from vouchers.actions.claim import locked_claim
from vouchers.actions.claim_settling import settle
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.models import Claim, Recovery
from vouchers.notices import claim as notices
from vouchers.postings import claim as postings
from vouchers.queries import claim as queries

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.models import Person
    from grants.models import BankRecord


def executed(payment: Payment, *, actor: Person, at: datetime) -> None:
    """The bank has paid: post 10b, the claim is paid, the voucher is used in part or wholly.

    What the EU's money did not cover yet was the payer's own (4b): a bank statement is a fact.
    """
    claim = _claim_of(payment)
    record = confirmed_record(payment)
    short = payment.amount_cents - queries.cash_cents(claim.voucher)
    on = _open_day(claim, record)
    if short > 0:
        own = postings.own_money(claim, cents=short, document=record.document, on=on)
        ledger.post(own, actor=actor, at=at)
    event = postings.executed(claim, document=record.document, on=on, approver=record.entered_by)
    ledger.post(event, actor=actor, at=at)
    settle(claim, on=record.booked_on, at=at)


def _open_day(claim: Claim, record: BankRecord) -> date:
    """The bank's day; the first open day of the grant's book when that one is closed."""
    book_id = claim.voucher.grant.book_id
    assert book_id is not None, "a voucher is issued from a signed grant"
    return ledger.open_day(book_id, record.booked_on)


def returned(payment: Payment, *, actor: Person, at: datetime) -> None:
    """The bank sent it back, nothing was paid: the same is ordered again."""
    claim = _claim_of(payment)
    claim.payment = payments.again(payment, actor=actor, at=at)
    claim.save(update_fields=["payment"])
    notices.payment_returned(claim, at=at)


def cancelled(payment: Payment, *, actor: Person, at: datetime) -> None:
    """The order was cancelled: the certificate stands and waits for a new one."""
    claim = _claim_of(payment)
    fire(ClaimLifecycle(claim, at=at), "unschedule", actor=actor, at=at)


def repaid(payment: Payment, *, actor: Person, at: datetime) -> None:
    """An SME has paid back what was recovered: post 14; it may get vouchers again.

    The payment desk holds the grant: who shares a cap with whom does not change meanwhile.
    """
    recovery = Recovery.objects.select_for_update(of=("self",)).get(payment=payment)
    record = confirmed_record(payment)
    recovery.repaid_on = record.booked_on
    recovery.save(update_fields=["repaid_on"])
    on = _open_day(recovery.claim, record)
    event = postings.recovered(recovery, document=record.document, on=on)
    posted = ledger.post(event, actor=actor, at=at)
    assert posted is not None, "a repayment is more than nothing"
    aid.take_back(
        recovery.voucher,
        cents=payment.amount_cents,
        event=posted,
        document=record.document,
        actor=actor,
        at=at,
    )


def not_repaid(payment: Payment, *, actor: Person, at: datetime) -> None:
    """A repayment that did not arrive, or was cancelled, is still owed: ask again."""
    recovery = Recovery.objects.select_for_update(of=("self",)).get(payment=payment)
    recovery.payment = payments.again(payment, actor=actor, at=at)
    recovery.save(update_fields=["payment"])


def _claim_of(payment: Payment) -> Claim:
    return locked_claim(Claim.objects.values_list("pk", flat=True).get(payment=payment))


def connect() -> None:
    """Tell the payment desk who follows these kinds."""
    payments.follow(
        Payment.Kind.CLAIM, on_executed=executed, on_returned=returned, on_cancelled=cancelled
    )
    payments.follow(
        Payment.Kind.RECOVERY_IN,
        on_executed=repaid,
        on_returned=not_repaid,
        on_cancelled=not_repaid,
    )
