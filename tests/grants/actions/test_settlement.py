"""The final settlement: the formula to the cent, the balance, the recovery, the closure."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core import documents
from core.errors import DomainError, NotAllowed, Refused
from grants.actions import eu_payment, reporting_clock, settlement
from grants.actions import grant as grants
from grants.models import Grant, Payment, Signature
from ledger import api as ledger
from ledger.models import Settlement
from tests.factories import grant as given
from tests.factories.grant_reports import accept_support, accepted, add_costs, hand_in
from tests.factories.grants import officer
from tests.factories.ledger import DAY, a_paper
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from grants.models import PeriodicReport

pytestmark = pytest.mark.django_db
AT = datetime(2025, 3, 20, 9, 0, tzinfo=UTC)
G = 136_779_000


def reported(*, sme: int, costs: int) -> PeriodicReport:
    """A final report accepted in full: SME support, and coordination costs of the coordinator."""
    grant = given.a_funded_grant(report_months=36)
    Grant.objects.filter(pk=grant.pk).update(cfs_threshold_cents=10**12)
    report = given.the_report(grant)
    if sme:
        accept_support(grant, cents=sme, on=report.starts_on)
    if costs:
        mine = report.statements.get(beneficiary=given.partners(grant)[0])
        add_costs(mine, cents=costs)
    hand_in(report, sme_cents=sme, at=AT)
    accepted(report, at=AT)
    report.grant = given.fresh(grant)
    return report


def settle(grant: Grant, **changes: Any) -> Grant:
    found = settlement.settle(grant_id=grant.pk, actor=officer(grant.call, "AO"), at=AT, **changes)
    return given.fresh(found)


def row_of(grant: Grant) -> Settlement:
    return Settlement.objects.get(book=grant.book)


def test_a_grant_that_meets_the_share_gets_its_balance() -> None:
    report = reported(sme=105_000_000, costs=30_000_000)
    grant = settle(report.grant)
    coordination = 28_890_000
    assert row_of(grant).payable == 105_000_000 + coordination
    due = grant.payments.get(state=Payment.State.DUE)
    assert (due.kind, due.amount_cents) == (
        Payment.Kind.BALANCE,
        105_000_000 + coordination - G // 2,
    )
    given.pay(due, by=given.three_officers(grant), at=AT)
    grant = given.fresh(grant)
    assert grant.state == Grant.State.BALANCE_PAID
    assert grant.retention_until is not None
    assert grant.retention_until.isoformat() == "2030-03-20"
    settlement.close(grant_id=grant.pk, actor=officer(grant.call, "AO"), at=AT)
    assert given.fresh(grant).state == Grant.State.CLOSED
    report.refresh_from_db()
    assert report.state == "closed"
    assert grant.book is not None
    assert not ledger.invariants(grant.book)


def test_a_grant_that_misses_the_share_is_settled_down_to_the_cent() -> None:
    """800,000.00 for SMEs carries 266,666.66 of coordination; the rest is borne by the partner."""
    report = reported(sme=80_000_000, costs=31_152_649)
    grant = settle(report.grant)
    row = row_of(grant)
    assert row.c_accepted == 30_000_000
    assert (row.payable, row.coord_part) == (106_666_666, 26_666_666)
    assert grant.book is not None
    held = ledger.balances(grant.book)
    assert held["P.PREC"] + held["P.CEXP"] == 30_000_000
    assert held["P.CEXP"] == 26_666_666


def test_what_was_paid_too_much_is_recovered_with_a_debit_note() -> None:
    report = reported(sme=50_000_000, costs=0)
    grant = settle(report.grant)
    assert grant.state == Grant.State.IN_RECOVERY
    note = grant.payments.get(kind=Payment.Kind.DEBIT_NOTE)
    assert note.amount_cents == G // 2 - 50_000_000
    assert (note.payer, note.payee) == (grant.coordinator, None)
    with pytest.raises(Refused, match="has not been executed"):
        settlement.close(grant_id=grant.pk, actor=officer(grant.call, "AO"), at=AT)
    given.pay(note, by=given.three_officers(grant), at=AT)
    settlement.close(grant_id=grant.pk, actor=officer(grant.call, "AO"), at=AT)
    assert given.fresh(grant).state == Grant.State.CLOSED


def test_a_grant_paid_to_the_cent_owes_nothing() -> None:
    report = reported(sme=G // 2, costs=0)
    grant = settle(report.grant)
    assert grant.state == Grant.State.BALANCE_PAID
    assert not grant.payments.exclude(kind=Payment.Kind.PREFINANCING).exists()
    assert grant.retention_until is not None


def test_a_reduction_lowers_the_highest_grant_and_needs_its_reason() -> None:
    report = reported(sme=105_000_000, costs=30_000_000)
    with pytest.raises(Refused, match="Say why"):
        settle(report.grant, reduction_cents=36_779_000)
    with pytest.raises(Refused, match="between 0 and"):
        settle(report.grant, reduction_cents=G + 1, reason="x")
    grant = settle(report.grant, reduction_cents=36_779_000, reason="Visibility rules were broken.")
    assert row_of(grant).payable == 100_000_000
    assert grant.reduction_cents == 36_779_000


def test_the_officer_signs_the_computation() -> None:
    report = reported(sme=80_000_000, costs=31_152_649)
    grant = settle(report.grant)
    signature = grant.signatures.get(kind=Signature.Kind.SETTLEMENT)
    text = documents.read(signature.document).decode().replace("\u00a0", " ")
    assert signature.document_id == row_of(grant).document_id
    assert "Coordination not payable, borne by the partners: EUR 33,333.34" in text
    assert "Final grant: EUR 1,066,666.66" in text


def test_settlement_waits_for_what_is_under_way() -> None:
    report = reported(sme=0, costs=0)
    grant = report.grant
    accept_support_open(grant)
    with pytest.raises(DomainError, match="Still under way"):
        settle(grant)


def accept_support_open(grant: Grant) -> None:
    """Leave a voucher open in the ledger."""
    assert grant.book is not None
    pk, types, kinds = grant.book.pk, ledger.AccountType, ledger.Kind
    actor = officer(grant.call, "FO")
    paper = a_paper(by=actor)
    ledger.open_headroom(grant.book, group="g", cap=500, document=paper, actor=actor, at=AT)
    rows = [
        (kinds.SME_CALL_OPENED, [ledger.leg(pk, types.POOL, types.CALL, 500, to="k")]),
        (
            kinds.APPLICATION_AWARDED,
            ledger.legs.application_awarded(pk, call="k", application="a", group="g", amount=500),
        ),
    ]
    for kind, made in rows:
        event = ledger.LedgerEvent(uuid.uuid4(), kind, paper, DAY, tuple(made))
        ledger.post(event, actor=actor, at=AT)


def test_only_an_authorising_officer_of_the_call_settles() -> None:
    report = reported(sme=0, costs=0)
    for actor in (officer(report.grant.call, "PO"), a_person()):
        with pytest.raises(NotAllowed):
            settlement.settle(grant_id=report.grant.pk, actor=actor, at=AT)


def test_no_settlement_before_the_final_report_is_accepted() -> None:
    grant = given.a_funded_grant(report_months=36)
    given.the_report(grant)
    with pytest.raises(Refused, match="final report has not been accepted"):
        settle(grant)


def test_a_terminated_grant_reports_up_to_its_last_day_and_is_settled() -> None:
    grant = given.a_funded_grant()
    end = datetime(2023, 1, 15, 9, tzinfo=UTC)
    grants.terminate(
        grant_id=grant.pk, actor=officer(grant.call, "AO"), at=end, reason="Insolvency."
    )
    assert reporting_clock.open_reports(end) == 0
    assert reporting_clock.open_reports(end + timedelta(days=1)) == 1
    report = grant.reports.get()
    assert (report.is_final, report.ends_on) == (True, end.date())
    hand_in(report)
    accepted(report)
    settled = settle(given.fresh(grant))
    assert settled.state == Grant.State.IN_RECOVERY
    assert row_of(settled).payable == 0


def test_what_both_sides_owe_each_other_is_set_off() -> None:
    """Without prefinancing the ceiling leaves a claim on the EU open when a reduction comes."""
    grant = given.a_signed_grant(report_months=12)
    Grant.objects.filter(pk=grant.pk).update(
        prefinancing_bp=0, cfs_threshold_cents=10**12, ends_on=date(2024, 8, 31)
    )
    given.accede_all(grant)
    reporting_clock.start_grants(given.STARTED)
    grant = given.fresh(grant)
    assert not grant.payments.exists()
    first = given.the_report(grant)
    accept_support(grant, cents=105_000_000, on=first.starts_on)
    add_costs(first.statements.get(beneficiary=given.partners(grant)[0]), cents=32_000_000)
    hand_in(first, sme_cents=105_000_000)
    accepted(first)
    given.pay(grant.payments.get(), by=given.three_officers(grant), at=AT)
    assert grant.book is not None
    owed = ledger.balances(grant.book)["P.EUREC"]
    assert owed == 105_000_000 + 30_816_000 - G * 9 // 10
    final = given.the_report(grant, number=2)
    hand_in(final, at=AT)
    accepted(final, at=AT)
    settled = settle(
        given.fresh(grant), reduction_cents=36_779_000, reason="Visibility was missing."
    )
    held = ledger.balances(grant.book)
    assert held["P.EUREC"] == 0
    assert held["P.EUDUE"] == 135_816_000 - 100_000_000 - owed
    assert settled.state == Grant.State.IN_RECOVERY


def test_a_partner_is_paid_its_accepted_costs_before_prefinancing() -> None:
    report = given.the_report(given.a_funded_grant())
    grant, partner = report.grant, given.partners(report.grant)[1]
    add_costs(report.statements.get(beneficiary=partner), cents=1_000_000)
    hand_in(report)
    accepted(report)
    given.validate_account(partner.organisation, of=grant)
    due = eu_payment.order_partner(
        grant_id=grant.pk,
        partner_id=partner.organisation.pk,
        amount_cents=1_000_000,
        actor=given.appoint(grant, "FM"),
        at=AT,
    )
    given.pay(due, by=given.three_officers(grant, of_call=False), at=AT)
    book = given.fresh(grant).book
    assert book is not None
    held = ledger.balances(book)
    assert (held["P.PPAY"], held["P.PADV"]) == (0, 1_000_000 - 963_000)
