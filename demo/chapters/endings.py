"""Two grants end: one reaches 75 % to the cent, one misses it and is settled down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core import clockwork
from demo.chapters.proposals import part_b
from demo.money import pay
from grants.actions import acceptance, report, settlement, statement
from grants.models import CostLine, Grant, Payment, PeriodicReport
from grants.queries.report_figures import sme_support
from grants.rules.financial_statement import eu_share
from ledger import api as ledger
from vouchers.actions import sme_call as sme_calls
from vouchers.actions import voucher as vouchers
from vouchers.models import SmeCall, Voucher

if TYPE_CHECKING:
    from demo.staff import Staff
    from demo.stage import Stage

EXPIRY = datetime(2024, 7, 20, 6, 0, tzinfo=UTC)
INTERIM = datetime(2023, 9, 4, 6, 0, tzinfo=UTC)
FINAL = datetime(2024, 9, 3, 6, 0, tzinfo=UTC)
TODAY = datetime(2025, 1, 13, 8, 0, tzinfo=UTC)
EURO = 100
TOO_MUCH = 9_000_000


def play(stage: Stage) -> None:
    """The clock expires and opens; reports, acceptance, settlement, balance, closure."""
    ending = stage.notes["played"][:2]
    clockwork.tick(at=INTERIM)
    for grant in ending:
        hand_over(stage, grant, final=False, at=INTERIM)
    clockwork.tick(at=EXPIRY)
    for grant in ending:
        wind_down(stage, grant)
    clockwork.tick(at=FINAL)
    for number, grant in enumerate(ending):
        hand_over(stage, grant, final=True, at=FINAL)
        settle(stage, grant)
        stage.tell("Grants settled", number + 1, len(ending))
    clockwork.tick(at=TODAY)


def wind_down(stage: Stage, grant: Grant) -> None:
    """Used vouchers are closed, unsigned ones cancelled, the SME call is done."""
    people: Staff = stage.notes["staff"][grant.pk]
    manager = people.funds[0]
    for voucher in Voucher.objects.filter(grant=grant, state=Voucher.State.REDEEMED):
        vouchers.close(
            voucher_id=voucher.pk,
            actor=manager,
            at=EXPIRY,
            reason="Final report, answers on the impact and proof of visibility were read.",
        )
    for voucher in Voucher.objects.filter(grant=grant, state=Voucher.State.RESERVED):
        reason = "The holder never signed."
        vouchers.cancel(voucher_id=voucher.pk, actor=manager, at=EXPIRY, reason=reason)
    for sme_call in SmeCall.objects.filter(grant=grant, state=SmeCall.State.CONTRACTING):
        sme_calls.finish(sme_call_id=sme_call.pk, actor=manager, at=EXPIRY)


def hand_over(stage: Stage, grant: Grant, *, final: bool, at: datetime) -> None:
    """Statements, signatures, text, submission, assessment, acceptance, payment."""
    one = PeriodicReport.objects.get(grant=grant, is_final=final)
    state_costs(stage, one, wanted=_coordination(stage, grant, final=final), at=at)
    lead = stage.notes["by_organisation"][grant.coordinator_id].person
    text = "The SME call was run, the network met four times, 40 plans were written."
    report.save_summary(report_id=one.pk, summary=text, actor=lead, at=at + timedelta(days=10))
    report.submit(
        report_id=one.pk,
        sme_support_cents=sme_support(one),
        actor=lead,
        at=at + timedelta(days=20),
    )
    lines = CostLine.objects.filter(statement__report=one)
    acceptance.assess(
        report_id=one.pk,
        decisions={line.pk: (line.cost_cents, "") for line in lines},
        actor=stage.officer("PO"),
        at=at + timedelta(days=40),
    )
    acceptance.accept(report_id=one.pk, actor=stage.officer("AO"), at=at + timedelta(days=45))
    for payment in Payment.objects.filter(report=one, state=Payment.State.DUE):
        pay(payment, stage.officers["FO"], at=at + timedelta(days=50))


def _coordination(stage: Stage, grant: Grant, *, final: bool) -> int:
    """EU share of coordination to claim in this period, in cents.

    The first grant comes to exactly a third of its SME support, the second to far more.
    """
    if grant.pk != stage.notes["played"][0].pk:
        return TOO_MUCH
    assert grant.book is not None, "a signed grant has its book"
    figures = ledger.balances(grant.book)
    accepted = figures.get("B.CACC", 0)
    third = figures.get("B.SACC", 0) // 3
    return third - accepted if final else min(4_000_000, third)


def state_costs(stage: Stage, one: PeriodicReport, *, wanted: int, at: datetime) -> None:
    """The coordinator states what is wanted, the others nothing; each signs its own."""
    people = stage.notes["by_organisation"]
    for row in one.statements.select_related("beneficiary").order_by("pk"):
        person = people[row.beneficiary.organisation_id].person
        if row.beneficiary.is_coordinator:
            statement.add_line(
                statement_id=row.pk,
                category="A",
                description="Salaries of the coordination team",
                local_cents=direct_cost(one, wanted=wanted),
                actor=person,
                at=at,
            )
            certificate = ("certificate.pdf", part_b("Certificate", pages=2), "application/pdf")
            statement.add_certificate(
                statement_id=row.pk, certificate=certificate, actor=person, at=at
            )
        statement.sign_statement(statement_id=row.pk, actor=person, at=at + timedelta(days=5))


def direct_cost(one: PeriodicReport, *, wanted: int) -> int:
    """The direct cost whose cumulated EU share, after what earlier reports had, is ``wanted``."""
    grant = one.grant
    earlier = CostLine.objects.filter(
        statement__report__grant=grant, statement__report__number__lt=one.number
    )
    before = sum(line.accepted_cents or 0 for line in earlier)

    def share(cost: int) -> int:
        return eu_share({"A": cost}, rates_bp=grant.rates_bp, indirect_bp=grant.indirect_bp)

    target = share(before) + wanted
    guess = target * 10_000 * 10_000 // (9_000 * 10_700) - 3
    return next(cost for cost in range(guess, guess + 9) if share(cost) >= target) - before


def settle(stage: Stage, grant: Grant) -> None:
    """The authorising officer signs the figure the ledger computes; money follows; closure."""
    officer, at = stage.officer("AO"), FINAL + timedelta(days=60)
    settlement.settle(grant_id=grant.pk, actor=officer, at=at)
    for payment in Payment.objects.filter(grant=grant, state=Payment.State.DUE):
        if payment.kind in {Payment.Kind.BALANCE, Payment.Kind.DEBIT_NOTE}:
            pay(payment, stage.officers["FO"], at=at + timedelta(days=14))
    settlement.close(grant_id=grant.pk, actor=officer, at=at + timedelta(days=30))
