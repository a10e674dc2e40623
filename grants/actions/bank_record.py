"""What the bank did with a payment: one finance officer enters it, another confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import NotAllowed, Refused
from core.locks import locked
from core.models import Person
from grants.actions import papers
from grants.actions.payment import follower, lock
from grants.lifecycle.payment import PaymentLifecycle
from grants.models import BankRecord, Payment
from grants.permissions import pays
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

EXECUTED = BankRecord.Outcome.EXECUTED


def open_record(payment: Payment) -> BankRecord | None:
    """What was entered and not withdrawn; a payment has one at most."""
    return payment.bank_records.filter(withdrawn_at__isnull=True).first()


def confirmed_record(payment: Payment) -> BankRecord:
    """What the bank did, read by two: document, day and people of every posting that follows."""
    return payment.bank_records.get(withdrawn_at__isnull=True, confirmed_at__isnull=False)


def _at_bank(payment_id: UUID, *, actor: Person, at: datetime) -> Payment:
    payment = lock(payment_id)
    if payment.state != Payment.State.SENT:
        raise Refused(
            _("%(payment)s is now: %(state)s. Only what lies at the bank can be read there.")
            % {"payment": payment, "state": payment.get_state_display().lower()}
        )
    if not pays(actor, payment, on=day_of(at)):
        raise NotAllowed(f"{actor} has nothing to do with {payment}")
    return payment


@transaction.atomic
def enter(
    *,
    payment_id: UUID,
    outcome: str,
    reference: str,
    booked_on: date,
    bank_reason: str = "",
    actor: Person,
    at: datetime,
) -> BankRecord:
    """Write down what the bank's statement says; it counts once another officer confirms it.

    Refused while another entry waits, for a day to come, and for a return without its reason.
    """
    payment = _at_bank(payment_id, actor=actor, at=at)
    if open_record(payment) is not None:
        raise Refused(_("Somebody has entered it already. Confirm it, or take it back first."))
    record = BankRecord(
        payment=payment,
        outcome=outcome,
        reference=reference.strip(),
        booked_on=booked_on,
        reason=bank_reason.strip(),
        entered_by=actor,
        entered_at=at,
    )
    _refuse_impossible(record, today=day_of(at))
    record.document = papers.keep(
        "bank_record",
        kind="bank_record",
        name=f"bank-{payment}.txt",
        actor=actor,
        at=at,
        record=record,
    )
    record.save()
    gate.tell(gate.Move(payment, "enter", payment.state, payment.state, actor, at))
    return record


def _refuse_impossible(record: BankRecord, *, today: date) -> None:
    if not record.reference:
        raise Refused(_("Copy the bank's reference from the statement."), field="reference")
    if record.booked_on > today:
        raise Refused(_("The bank cannot have booked it on a day to come."), field="booked_on")
    if record.outcome != EXECUTED and not record.reason:
        raise Refused(_("Copy the bank's reason for the return."), field="bank_reason")


@transaction.atomic
def withdraw(*, payment_id: UUID, actor: Person, at: datetime) -> BankRecord:
    """Take a wrong entry back before it is confirmed; it stays in the list."""
    payment = _at_bank(payment_id, actor=actor, at=at)
    record = open_record(payment)
    if record is None:
        raise Refused(_("Nothing has been entered for this payment."))
    record.withdrawn_at = at
    record.save(update_fields=["withdrawn_at"])
    gate.tell(gate.Move(payment, "withdraw", payment.state, payment.state, actor, at))
    return record


@transaction.atomic
def confirm(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Second reading of the bank's statement: the payment is executed or returned.

    Refused for the person who entered it. The owner of the kind acts in the same transaction.
    """
    payment = lock(payment_id)
    record = open_record(payment)
    lifecycle = PaymentLifecycle(payment, at=at)
    lifecycle.bank_record = record
    returned = record is not None and record.outcome != EXECUTED
    event = "give_back" if returned else "execute"
    gate.fire(lifecycle, event, actor=actor, at=at, reason=reason)
    assert record is not None, "the gate has seen it"
    record.confirmed_by, record.confirmed_at = actor, at
    record.save(update_fields=["confirmed_by", "confirmed_at"])
    owner = follower(payment.kind)
    consequence = owner.on_returned if returned else owner.on_executed
    consequence(payment, actor=actor, at=at)
    if not returned:
        _close_recovered(payment, at=at)
    return payment


def _close_recovered(payment: Payment, *, at: datetime) -> None:
    """A payment whose repayments reach its amount is recovered."""
    if payment.recovers_id is None:
        return
    original = locked(Payment, payment.recovers_id)
    back = original.recoveries.filter(state=Payment.State.EXECUTED)
    if original.state != Payment.State.EXECUTED:
        return
    if sum(row.amount_cents for row in back) >= original.amount_cents:
        lifecycle = PaymentLifecycle(original, at=at)
        gate.fire(lifecycle, "recover", actor=Person.objects.system(), at=at)


EVENTS = {"execute": confirm, "give_back": confirm}
