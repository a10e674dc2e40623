"""Payments: three persons, the bank's word by two, nobody for their own organisation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, Refused
from core.models import Job
from grants.actions import bank_record, eu_payment, payment
from grants.models import BankRecord, Payment
from ledger import api as ledger
from tests.factories import grant as given
from tests.factories.grants import an_officer, officer
from tests.factories.parties import a_member, a_person, a_validated_account

if TYPE_CHECKING:
    from grants.models import Grant

pytestmark = pytest.mark.django_db
RETURNED = BankRecord.Outcome.RETURNED


def test_prefinancing_reaches_the_book_through_five_acts_of_three_persons() -> None:
    grant = given.an_active_grant()
    due = grant.payments.get()
    by = given.three_officers(grant)
    paid = given.pay(due, by=by)
    assert paid.state == Payment.State.EXECUTED
    assert (paid.preparer, paid.approver, paid.sender) == tuple(by)
    assert paid.executed_on == given.PAYING.date()
    assert grant.book is not None
    held = ledger.balances(grant.book)
    assert held["P.BANK"] == held["P.PREFIN"] == due.amount_cents
    assert not ledger.invariants(grant.book)


def test_the_end_to_end_id_is_short_and_its_own() -> None:
    due = given.an_active_grant().payments.get()
    assert re.fullmatch(r"TR-PREF-[0-9A-F]{16}", due.end_to_end_id)
    assert len(due.end_to_end_id) <= 35


def test_sending_prints_one_payment_order() -> None:
    grant = given.an_active_grant()
    sent = given.send(grant.payments.get(), by=given.three_officers(grant))
    assert Job.objects.get(kind="payment_order").payload == {"payment": str(sent.pk)}


def test_preparing_fixes_the_validated_account() -> None:
    grant = given.an_active_grant()
    due = payment.prepare(
        payment_id=grant.payments.get().pk, actor=officer(grant.call, "FO"), at=given.PAYING
    )
    account = grant.account
    assert account is not None
    assert (due.iban, due.holder, due.account) == (account.iban, account.holder, account)


def test_the_preparer_does_not_approve() -> None:
    grant = given.an_active_grant()
    first = officer(grant.call, "FO")
    due = grant.payments.get()
    payment.prepare(payment_id=due.pk, actor=first, at=given.PAYING)
    with pytest.raises(Refused, match="A second officer"):
        payment.approve(payment_id=due.pk, actor=first, at=given.PAYING)


def test_neither_preparer_nor_approver_sends() -> None:
    grant = given.an_active_grant()
    first, second, _third = given.three_officers(grant)
    due = grant.payments.get()
    payment.prepare(payment_id=due.pk, actor=first, at=given.PAYING)
    payment.approve(payment_id=due.pk, actor=second, at=given.PAYING)
    for actor in (first, second):
        with pytest.raises(Refused, match="A third officer"):
            payment.send(payment_id=due.pk, actor=actor, at=given.PAYING)


@pytest.mark.parametrize("fields", [("approver", "preparer"), ("sender", "approver")])
def test_the_table_itself_refuses_one_person_in_two_places(fields: tuple[str, str]) -> None:
    grant = given.an_active_grant()
    sent = given.send(grant.payments.get(), by=given.three_officers(grant))
    taken = getattr(sent, fields[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=sent.pk).update(**{fields[0]: taken})


def test_the_table_refuses_a_certifier_who_prepares() -> None:
    grant = given.an_active_grant()
    sent = given.send(grant.payments.get(), by=given.three_officers(grant))
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=sent.pk).update(certifier=sent.preparer)


def test_strangers_and_officers_of_other_kinds_may_not() -> None:
    grant = given.an_active_grant()
    due = grant.payments.get()
    for actor in (a_person(), officer(grant.call, "PO"), officer(grant.call, "AO")):
        with pytest.raises(NotAllowed):
            payment.prepare(payment_id=due.pk, actor=actor, at=given.PAYING)


def test_nobody_pays_their_own_organisation() -> None:
    grant = given.an_active_grant()
    insider = a_member(grant.coordinator)
    an_officer(grant.call, "FO", person=insider)
    with pytest.raises(NotAllowed):
        payment.prepare(payment_id=grant.payments.get().pk, actor=insider, at=given.PAYING)


def test_the_same_step_twice_reads_that_somebody_was_faster() -> None:
    grant = given.an_active_grant()
    due = grant.payments.get()
    actor = officer(grant.call, "FO")
    payment.prepare(payment_id=due.pk, actor=actor, at=given.PAYING)
    with pytest.raises(Refused, match="Somebody was faster"):
        payment.prepare(payment_id=due.pk, actor=actor, at=given.PAYING)


def test_a_replaced_account_stops_the_payment_between_two_persons() -> None:
    grant = given.an_active_grant()
    first, second, third = given.three_officers(grant)
    due = payment.prepare(payment_id=grant.payments.get().pk, actor=first, at=given.PAYING)
    a_validated_account(grant.coordinator, officer=third, at=given.PAYING)
    with pytest.raises(Refused, match="no longer valid"):
        payment.approve(payment_id=due.pk, actor=second, at=given.PAYING)


def test_the_one_who_entered_the_statement_does_not_confirm_it() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    sent = given.send(grant.payments.get(), by=by)
    with pytest.raises(Refused, match="You entered it"):
        given.read_statement(sent, by=[by[0], by[0]])


def test_nothing_is_confirmed_before_somebody_entered_it() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    sent = given.send(grant.payments.get(), by=by)
    with pytest.raises(Refused, match="First enter"):
        bank_record.confirm(payment_id=sent.pk, actor=by[1], at=given.PAYING)


def test_a_wrong_entry_is_taken_back_and_entered_again() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    sent = given.send(grant.payments.get(), by=by)
    given_entry: dict[str, Any] = {
        "payment_id": sent.pk,
        "outcome": "executed",
        "reference": "R1",
        "booked_on": given.PAYING.date(),
        "actor": by[0],
        "at": given.PAYING,
    }
    bank_record.enter(**given_entry)
    with pytest.raises(Refused, match="entered it already"):
        bank_record.enter(**given_entry)
    bank_record.withdraw(payment_id=sent.pk, actor=by[1], at=given.PAYING)
    assert given.read_statement(sent, by=by).state == Payment.State.EXECUTED
    assert sent.bank_records.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reference": " "}, "Copy the bank's reference"),
        ({"booked_on": given.PAYING.date() + timedelta(days=1)}, "a day to come"),
        ({"outcome": "returned"}, "reason for the return"),
    ],
)
def test_entries_that_cannot_be(change: dict[str, Any], words: str) -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    sent = given.send(grant.payments.get(), by=by)
    entry: dict[str, Any] = {
        "outcome": "executed",
        "reference": "R1",
        "booked_on": given.PAYING.date(),
    } | change
    with pytest.raises(Refused, match=words):
        bank_record.enter(payment_id=sent.pk, actor=by[0], at=given.PAYING, **entry)


def test_a_returned_payment_is_due_again_as_a_new_one() -> None:
    grant = given.an_active_grant()
    by = given.three_officers(grant)
    sent = given.send(grant.payments.get(), by=by)
    back = given.read_statement(sent, by=by, outcome=RETURNED)
    new = grant.payments.get(state=Payment.State.DUE)
    assert back.state == Payment.State.RETURNED
    assert (new.replaces, new.amount_cents, new.due_on) == (back, back.amount_cents, back.due_on)
    assert grant.book is not None
    assert ledger.balances(grant.book)["P.BANK"] == 0
    assert given.pay(new, by=by).state == Payment.State.EXECUTED


def test_a_cancelled_payment_is_due_again_and_needs_a_reason() -> None:
    grant = given.an_active_grant()
    actor = officer(grant.call, "FO")
    due = payment.prepare(payment_id=grant.payments.get().pk, actor=actor, at=given.PAYING)
    with pytest.raises(Refused, match="Say why"):
        payment.cancel(payment_id=due.pk, actor=actor, at=given.PAYING)
    payment.cancel(payment_id=due.pk, actor=actor, at=given.PAYING, reason="Wrong account.")
    states = sorted(grant.payments.values_list("state", flat=True))
    assert states == ["cancelled", "due"]


def test_the_authority_suspends_its_clock_and_keeps_the_days() -> None:
    grant = given.an_active_grant()
    due = grant.payments.get()
    award = officer(grant.call, "AO")
    payment.suspend(payment_id=due.pk, actor=award, at=given.PAYING, reason="A question.")
    due.refresh_from_db()
    assert (due.days_left, due.due_on) == (16, None)
    later = given.PAYING + timedelta(days=50)
    payment.resume(payment_id=due.pk, actor=award, at=later, reason="Answered.")
    due.refresh_from_db()
    assert due.due_on == (later + timedelta(days=16)).date()


def order_partner(grant: Grant, cents: int) -> Payment:
    partner = given.partners(grant)[1].organisation
    given.validate_account(partner, of=grant)
    return eu_payment.order_partner(
        grant_id=grant.pk,
        partner_id=partner.pk,
        amount_cents=cents,
        actor=given.appoint(grant, "FM"),
        at=given.PAYING,
    )


def test_prefinancing_is_passed_on_by_three_officers_of_the_coordinator() -> None:
    grant = given.a_funded_grant()
    passed = order_partner(grant, 2_000_000)
    given.pay(passed, by=given.three_officers(grant, of_call=False))
    assert grant.book is not None
    held = ledger.balances(grant.book)
    assert (held["P.PADV"], held["P.BANK"]) == (2_000_000, 136_779_000 // 2 - 2_000_000)


def test_officers_of_the_call_do_not_pay_for_the_coordinator() -> None:
    grant = given.a_funded_grant()
    passed = order_partner(grant, 100)
    with pytest.raises(NotAllowed):
        payment.prepare(payment_id=passed.pk, actor=officer(grant.call, "FO"), at=given.PAYING)


def test_no_more_is_passed_on_than_is_in_hand_and_not_promised() -> None:
    grant = given.a_funded_grant()
    half = 136_779_000 // 2
    order_partner(grant, half)
    with pytest.raises(Refused, match=r"EUR.0\.00 is in hand"):
        eu_payment.order_partner(
            grant_id=grant.pk,
            partner_id=given.partners(grant)[2].organisation.pk,
            amount_cents=1,
            actor=given.appoint(grant, "FM"),
            at=given.PAYING,
        )


def test_the_coordinator_does_not_pay_itself() -> None:
    grant = given.a_funded_grant()
    with pytest.raises(Refused, match="not another partner"):
        eu_payment.order_partner(
            grant_id=grant.pk,
            partner_id=grant.coordinator.pk,
            amount_cents=1,
            actor=given.appoint(grant, "FM"),
            at=given.PAYING,
        )


def test_a_kind_has_one_owner() -> None:
    with pytest.raises(ValueError, match="two owners"):
        payment.follow("interim", on_executed=print, on_returned=print)


def test_a_payment_of_nothing_is_a_mistake() -> None:
    grant = given.an_active_grant()
    with pytest.raises(AssertionError, match="0 cents"):
        payment.order(
            grant,
            kind="interim",
            payer_id=None,
            payee_id=grant.coordinator_id,
            amount_cents=0,
            subject="",
            actor=officer(grant.call, "FO"),
            at=given.PAYING,
        )


def test_a_repayment_in_full_marks_the_payment_as_paid_back() -> None:
    grant = given.a_funded_grant()
    first = grant.payments.get()
    by = given.three_officers(grant, of_call=False)
    passed = order_partner(grant, 2_000_000)
    given.pay(passed, by=by)
    back = payment.order(
        grant,
        kind=Payment.Kind.PARTNER,
        payer_id=grant.coordinator_id,
        payee_id=passed.payee_id,
        amount_cents=2_000_000,
        subject="stands in for a repayment",
        recovers=passed,
        actor=by[0],
        at=given.PAYING,
    )
    given.pay(back, by=by)
    passed.refresh_from_db()
    assert passed.state == Payment.State.RECOVERED
    assert first.state == Payment.State.EXECUTED
