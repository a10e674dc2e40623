"""The final settlement of a grant, its balance or recovery, and its closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import gate
from core.errors import Refused
from core.locks import locked
from core.models import Person
from core.presentation.formats import eur
from grants.actions import papers
from grants.actions import payment as payments
from grants.actions.acceptance import close as close_report
from grants.actions.acceptance import order_payment
from grants.actions.signature import sign
from grants.lifecycle.grant import GrantLifecycle
from grants.models import Grant, Payment, PeriodicReport, Signature
from grants.notices import grant as notices
from grants.postings import grant as postings
from grants.queries.settlement import if_closed_today
from grants.rules import agreement, payment_clock
from ledger import api as ledger
from ledger.rules.chart import AccountType as T
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Document


@transaction.atomic
def settle(
    *,
    grant_id: UUID,
    reduction_cents: int = 0,
    actor: Person,
    at: datetime,
    reason: str = "",
) -> Grant:
    """Sign the final grant as the ledger computes it; the balance or a debit note follows.

    ``reduction_cents`` lowers the highest grant for a breach and needs a reason. Refused while the
    final report is not accepted or anything is still open in the ledger. Nobody can settle above
    ``min(G, S + min(C, S/3))``: the ledger refuses it.
    """
    grant = locked(Grant, grant_id)
    _reduce(grant, cents=reduction_cents, reason=reason)
    gate.fire(GrantLifecycle(grant, at=at), "settle", actor=actor, at=at, reason=reason)
    report = _final_report(grant)
    paper = _sign(grant, report=report, actor=actor, at=at)
    assert grant.book is not None, "a grant that reports has its book"
    assert report.assessed_by is not None, "an accepted report was assessed"
    ledger.settle(
        grant.book,
        grant_max=grant.grant_max_cents - grant.reduction_cents,
        document=paper,
        actor=report.assessed_by,
        approver=actor,
        at=at,
    )
    _set_off(grant, document=paper, actor=actor, at=at)
    _follow_up(grant, report=report, actor=actor, at=at)
    notices.settled(grant, at=at)
    return grant


def _reduce(grant: Grant, *, cents: int, reason: str) -> None:
    if not 0 <= cents <= grant.grant_max_cents:
        raise Refused(
            _("A reduction lies between 0 and the highest grant of %(max)s.")
            % {"max": eur(grant.grant_max_cents)},
            field="reduction_cents",
        )
    if cents and not reason.strip():
        raise Refused(_("Say why the grant is reduced."), field="reason")
    grant.reduction_cents = cents
    grant.reduction_reason = reason.strip() if cents else ""


def _final_report(grant: Grant) -> PeriodicReport:
    report = locked(PeriodicReport, grant.reports.get(is_final=True).pk)
    report.grant = grant
    return report


def _sign(grant: Grant, *, report: PeriodicReport, actor: Person, at: datetime) -> Document:
    paper = papers.keep(
        "settlement",
        kind="final_settlement",
        name=f"settlement-{grant}.txt",
        actor=actor,
        at=at,
        grant=grant,
        report=report,
        outcome=if_closed_today(grant),
    )
    sign(grant, Signature.Kind.SETTLEMENT, document=paper, organisation_id=None, actor=actor, at=at)
    return paper


def _set_off(grant: Grant, *, document: Document, actor: Person, at: datetime) -> None:
    """What both sides owe each other is not paid twice around."""
    both = min(postings.balance(grant, T.EUREC), postings.balance(grant, T.EUDUE))
    if both:
        event = postings.offset(grant, cents=both, document=document, on=day_of(at))
        ledger.post(event, actor=actor, at=at)


def _follow_up(grant: Grant, *, report: PeriodicReport, actor: Person, at: datetime) -> None:
    """A balance to pay, a debit note to send, or neither."""
    system = Person.objects.system()
    balance, debt = postings.balance(grant, T.EUREC), postings.balance(grant, T.EUDUE)
    report.payable_cents = balance
    report.save(update_fields=["payable_cents"])
    if balance:
        order_payment(report, kind=Payment.Kind.BALANCE, cents=balance, actor=actor, at=at)
    elif debt:
        gate.fire(GrantLifecycle(grant, at=at), "start_recovery", actor=system, at=at)
        _order_debit_note(grant, report=report, cents=debt, actor=actor, at=at)
    else:
        grant.retention_until = agreement.retention_until(
            day_of(at), grant_cents=grant.grant_max_cents
        )
        gate.fire(GrantLifecycle(grant, at=at), "pay_balance", actor=system, at=at)
        close_report(report, at=at)


def _order_debit_note(
    grant: Grant, *, report: PeriodicReport, cents: int, actor: Person, at: datetime
) -> None:
    payments.order(
        grant,
        kind=Payment.Kind.DEBIT_NOTE,
        payer_id=grant.coordinator_id,
        payee_id=None,
        amount_cents=cents,
        subject=_("%(grant)s debit note") % {"grant": grant},
        due_on=payment_clock.due_on(day_of(at), days=grant.prefinancing_days),
        report=report,
        certifier=actor,
        actor=actor,
        at=at,
    )


@transaction.atomic
def close(*, grant_id: UUID, actor: Person, at: datetime, reason: str = "") -> Grant:
    """Close a grant in which nobody owes anything; its records stay until the retention date."""
    grant = locked(Grant, grant_id)
    gate.fire(GrantLifecycle(grant, at=at), "close", actor=actor, at=at, reason=reason)
    return grant


EVENTS = {"settle": settle, "close": close}
