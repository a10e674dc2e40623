"""Ledger events of a grant: award, EU money in, coordination, interim, settlement, recovery.

Each function is a row of the postings table in docs/ledger.md. The key of an event is made from the
record, what happened and which time it happened, so that the same act sent twice posts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ledger import api as ledger
from ledger.rules import legs
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.models import Document
    from grants.models import BankRecord, Grant, Payment, PeriodicReport, Statement


def key(record_id: UUID, what: str, *, occurrence: int = 1) -> UUID:
    """The idempotency key of one event of one record."""
    return uuid5(record_id, f"{what}:{occurrence}")


def book_of(grant: Grant) -> int:
    """The id of the grant's book; a grant that is signed by both has one."""
    assert grant.book_id is not None, f"grant {grant} has no book yet"
    return grant.book_id


def balance(grant: Grant, account: T, *, of: object = "") -> int:
    """Balance in cents of one account of the grant's book."""
    return ledger.balance(ledger.AccountRef(book_of(grant), account, str(of)))


def awarded(grant: Grant, *, document: Document, on: date) -> ledger.LedgerEvent:
    """Rows 1 to 3: the grant, the SME earmark, coordination."""
    rows = legs.awarded(
        book_of(grant),
        grant=grant.grant_max_cents,
        planned=grant.sme_planned_cents,
        n=grant.share_n,
        d=grant.share_d,
    )
    return ledger.LedgerEvent(key(grant.pk, "award"), Kind.AWARD, document, on, rows)


def _of_payment(
    payment: Payment, record: BankRecord, kind: Kind, rows: Sequence[ledger.Leg], what: str = ""
) -> ledger.LedgerEvent:
    """What the bank did, on its day; on the first open day when that one is closed."""
    return ledger.LedgerEvent(
        key(payment.pk, what or kind),
        kind,
        record.document,
        ledger.open_day(book_of(payment.grant), record.booked_on),
        rows,
        approver=record.confirmed_by,
    )


def prefinancing(payment: Payment, *, record: BankRecord) -> ledger.LedgerEvent:
    """Row 4: prefinancing stays the EU's money until it is cleared."""
    rows = [legs.leg(book_of(payment.grant), T.BANK, T.PREFIN, payment.amount_cents)]
    return _of_payment(payment, record, Kind.PREFINANCING, rows)


def interim_paid(payment: Payment, *, record: BankRecord) -> ledger.LedgerEvent:
    """Row 17, last lines: the EU pays what a report has earned."""
    rows = legs.eu_paid(
        book_of(payment.grant),
        amount=payment.amount_cents,
        receivable=balance(payment.grant, T.EUREC),
    )
    return _of_payment(payment, record, Kind.EU_PAID, rows)


def balance_paid(payment: Payment, *, record: BankRecord) -> ledger.LedgerEvent:
    """Row 19: the balance."""
    rows = [legs.leg(book_of(payment.grant), T.BANK, T.EUREC, payment.amount_cents)]
    return _of_payment(payment, record, Kind.BALANCE_RECEIVED, rows)


def recovery_paid(payment: Payment, *, record: BankRecord) -> ledger.LedgerEvent:
    """Row 20: the recovery order; own money comes in first where the cash does not suffice."""
    rows = legs.recovery_order_paid(
        book_of(payment.grant),
        amount=payment.amount_cents,
        own_money=max(0, payment.amount_cents - balance(payment.grant, T.BANK)),
    )
    return _of_payment(payment, record, Kind.RECOVERY_ORDER_PAID, rows)


def partner_paid(payment: Payment, *, record: BankRecord) -> list[ledger.LedgerEvent]:
    """Rows 16c and 4a: accepted costs first, what is above is prefinancing passed on."""
    book, partner = book_of(payment.grant), payment.payee_id
    owed = min(payment.amount_cents, balance(payment.grant, T.PPAY, of=partner))
    rest = payment.amount_cents - owed
    paid = [legs.leg(book, T.PPAY, T.BANK, owed, frm=partner)]
    passed = [legs.leg(book, T.PADV, T.BANK, rest, frm=partner)]
    events = []
    if owed:
        events.append(_of_payment(payment, record, Kind.COORDINATION_PAID, paid))
    if rest:
        events.append(_of_payment(payment, record, Kind.PASSED_ON, passed))
    return events


def coordination_claimed(
    report: PeriodicReport, *, cents: int, document: Document, on: date
) -> ledger.LedgerEvent:
    """Row 16a: what all partners ask for in this submission."""
    rows = [legs.leg(book_of(report.grant), T.COORD, T.CCLAIM, cents)]
    occurrence = report.submissions
    idem = key(report.pk, "claimed", occurrence=occurrence)
    return ledger.LedgerEvent(idem, Kind.COORDINATION_CLAIMED, document, on, rows)


def coordination_sent_back(
    report: PeriodicReport, *, cents: int, document: Document, on: date
) -> ledger.LedgerEvent:
    """Row 16b, last line, for the whole: a report sent back claims nothing."""
    rows = [legs.leg(book_of(report.grant), T.CCLAIM, T.COORD, cents)]
    idem = key(report.pk, "sent back", occurrence=report.submissions)
    return ledger.LedgerEvent(idem, Kind.COORDINATION_ACCEPTED, document, on, rows)


def coordination_accepted(
    statement: Statement, *, document: Document, on: date
) -> ledger.LedgerEvent:
    """Row 16b: accepted, cleared against what was passed on, the rest free again."""
    report, partner = statement.report, statement.beneficiary.organisation_id
    rows = legs.coordination_accepted(
        book_of(report.grant),
        partner=partner,
        claimed=statement.claimed_cents or 0,
        accepted=statement.accepted_cents or 0,
        passed_on=balance(report.grant, T.PADV, of=partner),
    )
    idem = key(statement.pk, "accepted")
    return ledger.LedgerEvent(idem, Kind.COORDINATION_ACCEPTED, document, on, rows)


def interim(
    report: PeriodicReport, *, income: int, document: Document, on: date
) -> ledger.LedgerEvent:
    """Row 17: income earned by this report; prefinancing is cleared at the end of the grant."""
    rows = legs.interim(book_of(report.grant), income=income, cleared=0)
    return ledger.LedgerEvent(key(report.pk, "interim"), Kind.INTERIM, document, on, rows)


def offset(grant: Grant, *, cents: int, document: Document, on: date) -> ledger.LedgerEvent:
    """Row 20': what both sides owe each other is set off."""
    rows = [legs.leg(book_of(grant), T.EUDUE, T.EUREC, cents)]
    return ledger.LedgerEvent(key(grant.pk, "offset"), Kind.RECOVERY_OFFSET, document, on, rows)
