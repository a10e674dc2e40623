"""A payment: prepared, approved and sent by three persons, read at the bank by two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from core.presentation.formats import eur
from grants.models import Payment
from workflows.models import PaymentProcess
from workflows.queues import call_key, grant_key
from workflows.turns import Outcome, RecordFlow, Turn, end_of

if TYPE_CHECKING:
    from datetime import datetime

S = Payment.State


def _desk(payment: Payment) -> str:
    """The finance officers of the side that handles it: the authority's or the partner's."""
    if payment.desk_id is None:
        return call_key(payment.grant.call_id, "FO")
    return grant_key(payment.grant_id, "FO", payment.desk_id)


def _authority(payment: Payment) -> str:
    return call_key(payment.grant.call_id, "AO")


def _due(payment: Payment) -> datetime | None:
    return end_of(payment.due_on)


def _certifier(payment: Payment) -> list[Any]:
    return [payment.certifier_id]


def _preparer(payment: Payment) -> list[Any]:
    return [payment.preparer_id]


def _both(payment: Payment) -> list[Any]:
    return [payment.preparer_id, payment.approver_id]


def _is_read(payment: Payment) -> bool:
    return payment.bank_records.filter(withdrawn_at__isnull=True).exists()


def _is_unread(payment: Payment) -> bool:
    return not _is_read(payment)


def _reader(payment: Payment) -> list[Any]:
    return list(
        payment.bank_records.filter(withdrawn_at__isnull=True).values_list("entered_by", flat=True)
    )


class PaymentFlow(RecordFlow):
    process_class = PaymentProcess
    page = "grants:payment_detail"
    related = ("record__payee",)

    @classmethod
    def about(cls, record: Payment) -> str:
        """Its kind, amount and payee."""
        payee = record.payee.short_name if record.payee else ""
        return f"{record.get_kind_display()} · {eur(record.amount_cents)} · {payee}"

    start = flow.StartHandle().Next(this.prepare)
    prepare = Turn(
        S.DUE, queue=_desk, not_by=_certifier, due=_due, words=_("Prepare payment %(record)s")
    ).Next(prepare=this.approve, drop=this.cancelled)
    resume = Turn(S.SUSPENDED, queue=_authority, words=_("Payment %(record)s is suspended")).Next(
        resume=this.prepare, drop=this.cancelled
    )
    approve = Turn(
        S.PREPARED, queue=_desk, not_by=_preparer, due=_due, words=_("Approve payment %(record)s")
    ).Next(approve=this.send, cancel=this.cancelled)
    send = Turn(
        S.APPROVED, queue=_desk, not_by=_both, due=_due, words=_("Send payment %(record)s")
    ).Next(send=this.read, cancel=this.cancelled)
    read = Turn(
        S.SENT,
        when=_is_unread,
        queue=_desk,
        words=_("Enter what the bank did with %(record)s"),
        page="grants:payment_bank",
    ).Next(enter=this.confirm)
    confirm = Turn(
        S.SENT,
        when=_is_read,
        queue=_desk,
        not_by=_reader,
        words=_("Confirm what the bank did with %(record)s"),
    ).Next(execute=this.executed, give_back=this.returned, withdraw=this.read)
    executed = Outcome(S.EXECUTED, S.RECOVERED)
    returned = Outcome(S.RETURNED)
    cancelled = Outcome(S.CANCELLED)
