"""Payments between the granting authority, the coordinator and its partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import NotAllowed, Refused
from core.locks import locked
from core.models import Person
from core.presentation.formats import eur
from grants.actions import payment as payments
from grants.actions.bank_record import confirmed_record
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import Grant, Payment, PeriodicReport
from grants.permissions import has_grant_role
from grants.postings import grant as postings
from grants.rules import agreement, payment_clock
from ledger import api as ledger
from ledger.rules.chart import AccountType as T
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

Kind = Payment.Kind


def order_prefinancing(grant: Grant, *, actor: Person, at: datetime) -> None:
    """The first payment falls due the agreement's days after the grant has started."""
    amount = agreement.prefinancing(grant.grant_max_cents, prefinancing_bp=grant.prefinancing_bp)
    if not amount:
        return
    payments.order(
        grant,
        kind=Kind.PREFINANCING,
        payer_id=None,
        payee_id=grant.coordinator_id,
        amount_cents=amount,
        subject=_("%(grant)s prefinancing") % {"grant": grant},
        due_on=payment_clock.due_on(day_of(at), days=grant.prefinancing_days),
        actor=actor,
        at=at,
    )


def drop_unpaid(grant: Grant, *, reason: str, at: datetime) -> None:
    """Prefinancing that nobody has begun to pay falls away with a terminated grant."""
    waiting = (Payment.State.DUE, Payment.State.SUSPENDED)
    rows = grant.payments.filter(kind=Kind.PREFINANCING, state__in=waiting)
    for payment_id in rows.values_list("pk", flat=True):
        payments.drop(payment_id=payment_id, reason=reason, at=at)


@transaction.atomic
def order_partner(
    *, grant_id: UUID, partner_id: UUID, amount_cents: int, actor: Person, at: datetime
) -> Payment:
    """Pass money on to a partner: accepted costs first, then prefinancing.

    Refused for more than the cash in hand and for the coordinator itself. Fund managers and finance
    officers of the coordinator order it; three finance officers then pay it.
    """
    grant = locked(Grant, grant_id)
    if not has_grant_role(
        actor, grant, "FM", "FO", organisation_id=grant.coordinator_id, on=day_of(at)
    ):
        raise NotAllowed(f"{actor} does not pay for the coordinator of {grant}")
    partner = grant.beneficiaries.filter(organisation=partner_id, is_coordinator=False).first()
    if partner is None:
        raise Refused(_("This is not another partner of the grant."), field="partner_id")
    free = _cash_free(grant)
    if not 0 < amount_cents <= free:
        raise Refused(
            _("%(free)s is in hand and not promised to anybody. Enter an amount up to that.")
            % {"free": eur(free)},
            field="amount_cents",
        )
    return payments.order(
        grant,
        kind=Kind.PARTNER,
        payer_id=grant.coordinator_id,
        payee_id=partner.organisation_id,
        amount_cents=amount_cents,
        subject=_("%(grant)s share of %(partner)s") % {"grant": grant, "partner": partner},
        certifier=actor,
        actor=actor,
        at=at,
    )


def _cash_free(grant: Grant) -> int:
    """Cash of the book less what partner payments under way will take."""
    if grant.book is None:
        return 0
    under_way = (Payment.State.DUE, Payment.State.PREPARED, Payment.State.APPROVED)
    rows = grant.payments.filter(kind=Kind.PARTNER, state__in=(*under_way, Payment.State.SENT))
    return postings.balance(grant, T.BANK) - sum(row.amount_cents for row in rows)


def _again(payment: Payment, *, actor: Person, at: datetime) -> None:
    payments.again(payment, actor=actor, at=at)


def _post(payment: Payment, events: list[ledger.LedgerEvent], *, at: datetime) -> None:
    """The person who entered the bank's act posts, the one who confirmed it approves."""
    poster = confirmed_record(payment).entered_by
    for event in events:
        ledger.post(event, actor=poster, at=at)


def _prefinancing_executed(payment: Payment, *, actor: Person, at: datetime) -> None:  # noqa: ARG001  every follower has this shape
    event = postings.prefinancing(payment, record=confirmed_record(payment))
    _post(payment, [event], at=at)


def _interim_executed(payment: Payment, *, actor: Person, at: datetime) -> None:  # noqa: ARG001  every follower has this shape
    event = postings.interim_paid(payment, record=confirmed_record(payment))
    _post(payment, [event], at=at)
    _close_report(payment, at=at)


def _partner_executed(payment: Payment, *, actor: Person, at: datetime) -> None:  # noqa: ARG001  every follower has this shape
    _post(payment, postings.partner_paid(payment, record=confirmed_record(payment)), at=at)


def _balance_executed(payment: Payment, *, actor: Person, at: datetime) -> None:  # noqa: ARG001  every follower has this shape
    event = postings.balance_paid(payment, record=confirmed_record(payment))
    _post(payment, [event], at=at)
    grant = locked(Grant, payment.grant_id)
    _keep_until(grant, payment=payment)
    system = Person.objects.system()
    gate.fire(GrantLifecycle(grant, at=at), "pay_balance", actor=system, at=at)
    _close_report(payment, at=at)


def _debit_note_executed(payment: Payment, *, actor: Person, at: datetime) -> None:  # noqa: ARG001  every follower has this shape
    event = postings.recovery_paid(payment, record=confirmed_record(payment))
    _post(payment, [event], at=at)
    _keep_until(locked(Grant, payment.grant_id), payment=payment)
    _close_report(payment, at=at)


def _keep_until(grant: Grant, *, payment: Payment) -> None:
    assert payment.executed_on is not None, "the bank has executed it"
    grant.retention_until = agreement.retention_until(
        payment.executed_on, grant_cents=grant.grant_max_cents
    )
    grant.save(update_fields=["retention_until"])


def _close_report(payment: Payment, *, at: datetime) -> None:
    if payment.report_id is not None:
        report = locked(PeriodicReport, payment.report_id)
        lifecycle = PeriodicReportLifecycle(report, at=at)
        gate.fire(lifecycle, "close", actor=Person.objects.system(), at=at)


def connect() -> None:
    """Take over the kinds of this app; called once at start."""
    owned = {
        Kind.PREFINANCING: _prefinancing_executed,
        Kind.INTERIM: _interim_executed,
        Kind.PARTNER: _partner_executed,
        Kind.BALANCE: _balance_executed,
        Kind.DEBIT_NOTE: _debit_note_executed,
    }
    for kind, executed in owned.items():
        payments.follow(kind, on_executed=executed, on_returned=_again, on_cancelled=_again)
