"""Every payment of the house: ordered, prepared, approved and sent by three persons.

Who owns a kind registers what follows its execution or return (``follow``); who reads the bank's
statement is in ``grants.actions.bank_record``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from core import gate, jobs
from core.errors import NotAllowed
from core.locks import locked
from core.models import Document, Person
from grants.lifecycle.payment import PaymentLifecycle
from grants.models import Grant, Payment
from parties.queries import payable_account
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from grants.models import PeriodicReport

    Consequence = Callable[..., None]

ID_HEX = 16
TOUCH_GRANT = frozenset(
    {
        Payment.Kind.PREFINANCING,
        Payment.Kind.INTERIM,
        Payment.Kind.BALANCE,
        Payment.Kind.DEBIT_NOTE,
        Payment.Kind.PARTNER,
        Payment.Kind.RECOVERY_IN,
    }
)
"""Kinds whose execution moves the grant itself: it is locked before the payment."""


@dataclass(frozen=True, slots=True)
class Follower:
    """What the owner of a kind does; each is called as ``f(payment, actor=…, at=…)``."""

    on_executed: Consequence
    on_returned: Consequence
    on_cancelled: Consequence | None


_followers: dict[str, Follower] = {}


def follow(
    kind: str,
    *,
    on_executed: Consequence,
    on_returned: Consequence,
    on_cancelled: Consequence | None = None,
) -> None:
    """Say what follows a payment of this kind, in the same transaction. One owner a kind.

    A payment that was returned or cancelled is over: its owner orders a new one where it is still
    owed (``again``).
    """
    wanted = Follower(on_executed, on_returned, on_cancelled)
    if _followers.setdefault(kind, wanted) != wanted:
        raise ValueError(f"payments of kind {kind} have two owners")


def follower(kind: str) -> Follower:
    """The owner of the kind; a payment nobody follows is a bug."""
    return _followers[kind]


def order(
    grant: Grant,
    *,
    kind: str,
    payer_id: UUID | None,
    payee_id: UUID | None,
    amount_cents: int,
    subject: str,
    actor: Person,
    at: datetime,
    due_on: date | None = None,
    report: PeriodicReport | None = None,
    certifier: Person | None = None,
    recovers: Payment | None = None,
    replaces: Payment | None = None,
) -> Payment:
    """Put a payment on the desk of the side that handles it; called inside the owner's action.

    ``payer_id`` or ``payee_id`` None is the granting authority. ``certifier`` said what is owed and
    will not be let to prepare it. ``recovers`` is the payment that a repayment undoes.
    """
    assert amount_cents > 0, f"a payment of {amount_cents} cents"
    payment = Payment(
        grant=grant,
        kind=kind,
        payer_id=payer_id,
        payee_id=payee_id,
        amount_cents=amount_cents,
        subject=subject[:140],
        created_at=at,
        due_on=due_on,
        report=report,
        certifier=certifier,
        recovers=recovers,
        replaces=replaces,
    )
    payment.end_to_end_id = f"TR-{kind[:4].upper()}-{payment.pk.hex[:ID_HEX].upper()}"
    payment.save(force_insert=True)
    gate.begin(payment, actor=actor, at=at)
    return payment


def again(payment: Payment, *, actor: Person, at: datetime) -> Payment:
    """Order the same once more after the bank returned it or it was cancelled."""
    return order(
        payment.grant,
        kind=payment.kind,
        payer_id=payment.payer_id,
        payee_id=payment.payee_id,
        amount_cents=payment.amount_cents,
        subject=payment.subject,
        actor=actor,
        at=at,
        due_on=payment.due_on,
        report=payment.report,
        certifier=payment.certifier,
        recovers=payment.recovers,
        replaces=payment,
    )


def lock(payment_id: UUID) -> Payment:
    """The payment, locked; before it its grant where the execution will move the grant."""
    row = Payment.objects.filter(pk=payment_id).values_list("kind", "grant_id").first()
    if row is None:
        raise NotAllowed(f"payment {payment_id} does not exist")
    if row[0] in TOUCH_GRANT:
        locked(Grant, row[1])
    return locked(Payment, payment_id)


def _move(
    payment: Payment, event: str, *, actor: Person, at: datetime, reason: str = ""
) -> Payment:
    gate.fire(PaymentLifecycle(payment, at=at), event, actor=actor, at=at, reason=reason)
    return payment


@transaction.atomic
def prepare(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Fix payee and account of a due payment. Refused without a validated account.

    The account is the payee's validated one on this day; the certifier of the amount is refused.
    """
    payment = lock(payment_id)
    lifecycle = PaymentLifecycle(payment, at=at)
    if payment.payee is not None:
        lifecycle.account = payable_account(payment.payee, on_date=day_of(at))
    gate.fire(lifecycle, "prepare", actor=actor, at=at, reason=reason)
    return payment


@transaction.atomic
def approve(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Second pair of eyes. Refused for the preparer and when the account is no longer valid."""
    return _move(lock(payment_id), "approve", actor=actor, at=at, reason=reason)


@transaction.atomic
def send(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Third person: the payment order is printed and goes to the bank."""
    payment = _move(lock(payment_id), "send", actor=actor, at=at, reason=reason)
    jobs.enqueue(
        "payment_order",
        key=f"payment_order:{payment.pk}",
        payload={"payment": str(payment.pk)},
        at=at,
    )
    return payment


@transaction.atomic
def attach_order(*, payment_id: UUID, document: Document) -> Payment:
    """Keep the printed payment order; printing it twice changes nothing."""
    payment = locked(Payment, payment_id)
    if payment.order is None:
        payment.order = document
        payment.save(update_fields=["order"])
    return payment


@transaction.atomic
def cancel(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Stop a payment that has not been sent. Refused without a reason; its owner decides on."""
    payment = _move(lock(payment_id), "cancel", actor=actor, at=at, reason=reason)
    on_cancelled = follower(payment.kind).on_cancelled
    if on_cancelled is not None:
        on_cancelled(payment, actor=actor, at=at)
    return payment


@transaction.atomic
def drop(*, payment_id: UUID, reason: str, at: datetime) -> Payment:
    """Take a due payment off the desk because what it was for has fallen away."""
    system = Person.objects.system()
    return _move(lock(payment_id), "drop", actor=system, at=at, reason=reason)


@transaction.atomic
def suspend(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Stop the clock of a payment by the granting authority. Refused without a reason."""
    return _move(lock(payment_id), "suspend", actor=actor, at=at, reason=reason)


@transaction.atomic
def resume(*, payment_id: UUID, actor: Person, at: datetime, reason: str = "") -> Payment:
    """Let the clock go on with the days that were left. Refused without a reason."""
    return _move(lock(payment_id), "resume", actor=actor, at=at, reason=reason)


EVENTS = {
    "prepare": prepare,
    "approve": approve,
    "send": send,
    "cancel": cancel,
    "suspend": suspend,
    "resume": resume,
}
