"""Periodic reports and what they stand on, by the same actions that a click uses."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from core import documents
from core.models import Person
from grants.actions import acceptance, report, statement
from grants.models import CostLine
from ledger import api as ledger
from ledger.rules import legs
from ledger.rules.chart import AccountType as T
from tests.factories import grant as given
from tests.factories.grants import officer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from grants.models import Grant, PeriodicReport, Statement

AT = datetime(2023, 9, 20, 9, 0, tzinfo=UTC)
_numbers: Iterator[int] = itertools.count(1)


def signatory(of: Statement) -> Person:
    """The financial signatory of the statement's partner."""
    return given.holder(of.report.grant, of.beneficiary.organisation, "FSIGN")


def add_costs(
    to: Statement, *, cents: int, category: str = "A", actor: Person | None = None
) -> CostLine:
    """One cost line in euro."""
    return statement.add_line(
        statement_id=to.pk,
        category=category,
        description=f"Cost {next(_numbers)}",
        local_cents=cents,
        actor=actor or signatory(to),
        at=AT,
    )


def sign_all(of: PeriodicReport, *, at: datetime = AT) -> None:
    """Every partner that has not signed yet signs."""
    rows = of.statements.filter(signed_at=None).select_related("beneficiary", "report__grant")
    for row in rows:
        statement.sign_statement(statement_id=row.pk, actor=signatory(row), at=at)


def hand_in(
    of: PeriodicReport,
    *,
    sme_cents: int = 0,
    summary: str = "Two calls were opened and forty firms advised.",
    at: datetime = AT,
) -> PeriodicReport:
    """Written, signed by all and handed in by the coordinator."""
    legal = given.holder(of.grant, of.grant.coordinator, "LSIGN")
    report.save_summary(report_id=of.pk, summary=summary, actor=legal, at=at)
    sign_all(of, at=at)
    report.submit(report_id=of.pk, sme_support_cents=sme_cents, actor=legal, at=at)
    of.refresh_from_db()
    return of


def accepted(
    of: PeriodicReport,
    *,
    decisions: Mapping[UUID, tuple[int, str]] | None = None,
    at: datetime = AT,
) -> PeriodicReport:
    """Assessed by a programme officer (all of it unless told otherwise), accepted by another."""
    lines = CostLine.objects.filter(statement__report=of)
    whole = {line.pk: (line.cost_cents, "") for line in lines}
    assessor = officer(of.grant.call, "PO")
    acceptance.assess(
        report_id=of.pk, decisions=whole | dict(decisions or {}), actor=assessor, at=at
    )
    found = acceptance.accept(report_id=of.pk, actor=officer(of.grant.call, "AO"), at=at)
    of.refresh_from_db()
    return found


@transaction.atomic
def accept_support(of: Grant, *, cents: int, on: date) -> None:
    """SME support accepted and paid in the ledger, as a certified and executed claim leaves it."""
    assert of.book is not None
    number = next(_numbers)
    paper = documents.store(
        f"certificate {number}".encode(),
        kind="certificate",
        name="certificate.txt",
        media_type="text/plain",
        actor=Person.objects.system(),
        at=AT,
    )
    actor, approver = officer(of.call, "FO"), officer(of.call, "AUD")
    group = f"group{number}"
    ledger.open_headroom(of.book, group=group, cap=cents, document=paper, actor=actor, at=AT)
    for kind, made in _road_of_a_claim(of, number=number, cents=cents):
        event = ledger.LedgerEvent(uuid4(), kind, paper, on, tuple(made), approver=approver)
        ledger.post(event, actor=actor, at=AT)


def _road_of_a_claim(
    of: Grant, *, number: int, cents: int
) -> list[tuple[ledger.Kind, Sequence[ledger.Leg]]]:
    call, application, voucher, payee, group = (
        f"{name}{number}" for name in ("call", "application", "voucher", "payee", "group")
    )
    assert of.book is not None
    leg, pk = legs.leg, of.book.pk
    return [
        (ledger.Kind.SME_CALL_OPENED, [leg(pk, T.POOL, T.CALL, cents, to=call)]),
        (
            ledger.Kind.APPLICATION_AWARDED,
            legs.application_awarded(
                pk, call=call, application=application, group=group, amount=cents
            ),
        ),
        (
            ledger.Kind.VOUCHER_ISSUED,
            legs.voucher_issued(pk, application=application, voucher=voucher, amount=cents),
        ),
        (
            ledger.Kind.CLAIM_SUBMITTED,
            legs.claim_submitted(pk, voucher=voucher, claimed=cents, advance=0),
        ),
        (
            ledger.Kind.CLAIM_CERTIFIED,
            legs.claim_certified(
                pk, voucher=voucher, payee=payee, claimed=cents, accepted=cents, advance=0
            ),
        ),
        (ledger.Kind.OWN_MONEY_IN, [leg(pk, T.BANK, T.OWN, max(0, cents - _cash(of)))]),
        (ledger.Kind.PAYMENT_EXECUTED, [leg(pk, T.SPAY, T.BANK, cents, frm=payee)]),
    ]


def _cash(of: Grant) -> int:
    assert of.book is not None
    return ledger.balances(of.book)["P.BANK"]
