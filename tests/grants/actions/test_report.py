"""Periodic reports: opened by the clock, signed, handed in, assessed, accepted, paid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core import documents
from core.errors import NotAllowed, Refused
from grants.actions import acceptance, report, reporting_clock, statement
from grants.models import CostLine, Payment, PeriodicReport
from ledger import api as ledger
from tests.factories import grant as given
from tests.factories.grant_reports import (
    accept_support,
    accepted,
    add_costs,
    hand_in,
    sign_all,
    signatory,
)
from tests.factories.grants import a_pdf, officer
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from grants.models import Grant, Statement

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 20, 9, 0, tzinfo=UTC)
S = PeriodicReport.State


def opened(**changes: object) -> PeriodicReport:
    return given.the_report(given.a_funded_grant(**changes))


def own(of: PeriodicReport, *, place: int = 0) -> Statement:
    """The coordinator's statement, or another partner's."""
    partner = given.partners(of.grant)[place]
    return of.statements.select_related("beneficiary", "report").get(beneficiary=partner)


def held(of: Grant) -> dict[str, int]:
    assert of.book is not None
    return ledger.balances(of.book)


def test_the_clock_opens_a_report_on_the_day_after_its_period_and_not_before() -> None:
    grant = given.a_funded_grant()
    assert reporting_clock.open_reports(datetime(2023, 8, 31, 9, tzinfo=UTC)) == 0
    assert reporting_clock.open_reports(datetime(2023, 9, 1, 9, tzinfo=UTC)) == 1
    assert reporting_clock.open_reports(datetime(2023, 9, 1, 10, tzinfo=UTC)) == 0
    found = grant.reports.get()
    assert (found.number, found.is_final, found.due_on.isoformat()) == (1, False, "2023-10-30")
    assert found.statements.count() == 3


def test_a_clock_that_stood_still_opens_all_periods_and_the_last_is_final() -> None:
    grant = given.a_funded_grant()
    assert reporting_clock.open_reports(datetime(2025, 3, 1, 9, tzinfo=UTC)) == 3
    assert list(grant.reports.order_by("number").values_list("is_final", flat=True)) == [
        False,
        False,
        True,
    ]
    assert given.fresh(grant).state == "reporting"


def test_late_reports_are_reminded_of_once() -> None:
    found = opened()
    given.appoint(found.grant, "FM")
    assert reporting_clock.remind_overdue(datetime(2023, 10, 30, 9, tzinfo=UTC)) == 0
    late = datetime(2023, 10, 31, 9, tzinfo=UTC)
    first = reporting_clock.remind_overdue(late)
    assert first == 7
    from core.models import Mail

    before = Mail.objects.count()
    reporting_clock.remind_overdue(late + timedelta(days=1))
    assert Mail.objects.count() == before


def test_costs_in_another_currency_are_converted_at_the_rate_of_the_period() -> None:
    found = own(opened(), place=1)
    actor = signatory(found)
    line = statement.add_line(
        statement_id=found.pk,
        category="A",
        description="Staff",
        local_cents=426_000,
        actor=actor,
        at=AT,
    )
    assert line.cost_cents == 426_000
    statement.save_terms(
        statement_id=found.pk,
        currency="PLN",
        rate_millionths=4_260_000,
        audited_cents=0,
        actor=actor,
        at=AT,
    )
    line.refresh_from_db()
    assert (line.local_cents, line.cost_cents) == (426_000, 100_000)


def test_the_euro_has_no_other_rate() -> None:
    found = own(opened())
    with pytest.raises(Refused, match="rate of the euro"):
        statement.save_terms(
            statement_id=found.pk,
            currency="EUR",
            rate_millionths=2,
            audited_cents=0,
            actor=signatory(found),
            at=AT,
        )


def test_a_partner_does_not_write_for_another() -> None:
    found = opened()
    stranger = signatory(own(found, place=1))
    with pytest.raises(NotAllowed):
        add_costs(own(found), cents=100, actor=stranger)


def test_a_signed_statement_is_fixed_until_the_signature_is_taken_back() -> None:
    found = opened()
    mine = own(found)
    actor = signatory(mine)
    line = add_costs(mine, cents=10_000)
    statement.sign_statement(statement_id=mine.pk, actor=actor, at=AT)
    with pytest.raises(Refused, match="is signed"):
        statement.remove_line(line_id=line.pk, actor=actor, at=AT)
    statement.take_back(statement_id=mine.pk, actor=actor, at=AT)
    statement.remove_line(line_id=line.pk, actor=actor, at=AT)
    assert not mine.lines.exists()


def test_the_last_signature_closes_the_statements_and_taking_one_back_opens_them() -> None:
    found = opened()
    sign_all(found)
    found.refresh_from_db()
    assert found.state == S.PARTS_LOCKED
    mine = own(found)
    statement.take_back(statement_id=mine.pk, actor=signatory(mine), at=AT)
    found.refresh_from_db()
    assert found.state == S.OPEN


def test_handing_in_claims_the_eu_share_of_each_partner_in_the_ledger() -> None:
    found = opened()
    add_costs(own(found), cents=1_000_000)
    add_costs(own(found, place=1), cents=500_000)
    hand_in(found)
    assert found.state == S.SUBMITTED
    assert (own(found).claimed_cents, own(found, place=1).claimed_cents) == (963_000, 481_500)
    assert held(found.grant)["B.CCLAIM"] == 963_000 + 481_500
    assert found.answer_by == (AT + timedelta(days=90)).date()


def test_claims_above_what_the_agreement_leaves_are_cut_in_proportion() -> None:
    found = opened()
    free = held(found.grant)["B.COORD"]
    add_costs(own(found), cents=2 * free)
    add_costs(own(found, place=1), cents=free)
    hand_in(found)
    assert held(found.grant)["B.COORD"] == 0
    claimed = own(found).claimed_cents
    assert claimed is not None
    assert abs(claimed - 2 * free // 3) <= 1


def test_the_sme_support_confirmed_must_be_the_ledgers_to_the_cent() -> None:
    found = opened()
    accept_support(found.grant, cents=5_000_000, on=found.starts_on)
    sign_all(found)
    with pytest.raises(Refused) as refusal:
        hand_in(found, sme_cents=4_999_999)
    words = str(refusal.value).replace("\u00a0", " ")
    assert words == (
        "You confirmed SME support of EUR 49,999.99; the ledger shows EUR 50,000.00 for the period."
    )
    hand_in(found, sme_cents=5_000_000)
    assert found.sme_support_cents == 5_000_000


def test_support_accepted_after_the_period_belongs_to_the_next_report() -> None:
    found = opened()
    accept_support(found.grant, cents=5_000_000, on=found.ends_on + timedelta(days=1))
    hand_in(found, sme_cents=0)
    assert found.sme_support_cents == 0


def test_a_report_without_a_text_is_refused() -> None:
    found = opened()
    sign_all(found)
    with pytest.raises(Refused, match="Say what was done"):
        hand_in(found, summary="")


def test_a_report_sent_back_frees_the_claim_and_starts_the_clock_anew() -> None:
    found = opened()
    add_costs(own(found), cents=1_000_000)
    hand_in(found)
    report.send_back(
        report_id=found.pk,
        actor=officer(found.grant.call, "PO"),
        at=AT + timedelta(days=5),
        reason="The travel lines lack their dates.",
    )
    assert held(found.grant)["B.CCLAIM"] == 0
    hand_in(found, at=AT + timedelta(days=9))
    assert found.submissions == 2
    assert found.answer_by == (AT + timedelta(days=99)).date()
    assert held(found.grant)["B.CCLAIM"] == 963_000


def test_a_question_stops_the_clock_and_keeps_the_days() -> None:
    found = opened()
    hand_in(found)
    actor = officer(found.grant.call, "PO")
    report.suspend(
        report_id=found.pk, actor=actor, at=AT + timedelta(days=30), reason="Which hall?"
    )
    found.refresh_from_db()
    assert (found.state, found.days_left, found.answer_by) == (S.SUSPENDED, 60, None)
    resumed = AT + timedelta(days=45)
    report.resume(report_id=found.pk, actor=actor, at=resumed, reason="Hall B.")
    found.refresh_from_db()
    assert found.answer_by == (resumed + timedelta(days=60)).date()


def test_every_line_is_assessed_and_a_cut_says_why() -> None:
    found = opened()
    line = add_costs(own(found), cents=1_000_000)
    hand_in(found)
    actor = officer(found.grant.call, "PO")
    cases = [
        ({}, "Say what is accepted"),
        ({line.pk: (1_000_001, "")}, "at most its cost"),
        ({line.pk: (999_999, " ")}, "Say why"),
    ]
    for decisions, words in cases:
        with pytest.raises(Refused, match=words):
            acceptance.assess(report_id=found.pk, decisions=decisions, actor=actor, at=AT)


def test_the_assessor_does_not_accept_and_a_stranger_neither() -> None:
    found = opened()
    hand_in(found)
    actor = officer(found.grant.call, "PO")
    acceptance.assess(report_id=found.pk, decisions={}, actor=actor, at=AT)
    for person in (actor, a_person()):
        with pytest.raises(NotAllowed):
            acceptance.accept(report_id=found.pk, actor=person, at=AT)


def test_a_part_of_a_cost_is_accepted_with_its_reason() -> None:
    found = opened()
    line = add_costs(own(found), cents=1_000_000)
    hand_in(found)
    accepted(found, decisions={line.pk: (600_000, "Flight in business class.")})
    found.refresh_from_db()
    assert found.state == S.CLOSED
    assert own(found).accepted_cents == 577_800
    figures = held(found.grant)
    assert (figures["B.CACC"], figures["B.CCLAIM"]) == (577_800, 0)
    line.refresh_from_db()
    assert (line.accepted_cents, line.reason) == (600_000, "Flight in business class.")
    moves = list(found.transitions.order_by("pk").values_list("event", flat=True))
    assert moves == ["begin", "lock_parts", "submit", "accept_in_part", "close"]


def test_an_accepted_report_pays_what_the_formula_gives_and_closes_when_it_is_paid() -> None:
    """Coordination counts only as far as a third of the SME support carries it."""
    found = opened()
    add_costs(own(found), cents=1_000_000)
    accept_support(found.grant, cents=1_200_000, on=found.starts_on)
    hand_in(found, sme_cents=1_200_000)
    accepted(found)
    found.refresh_from_db()
    assert (found.state, found.payable_cents) == (S.PAYMENT_DUE, 1_200_000 + 400_000)
    due = found.payments.get()
    assert (due.kind, due.due_on) == (Payment.Kind.INTERIM, found.answer_by)
    given.pay(due, by=given.three_officers(found.grant), at=AT + timedelta(days=3))
    found.refresh_from_db()
    assert found.state == S.CLOSED
    assert held(found.grant)["P.INCOME"] == 1_600_000
    assert held(found.grant)["P.EUREC"] == 0


def test_the_ceiling_of_ninety_per_cent_limits_the_interim() -> None:
    found = opened()
    grant = found.grant
    accept_support(grant, cents=70_000_000, on=found.starts_on)
    hand_in(found, sme_cents=70_000_000)
    accepted(found)
    found.refresh_from_db()
    ceiling = grant.grant_max_cents * 9 // 10 - grant.grant_max_cents // 2
    assert found.payable_cents == ceiling
    assert held(grant)["P.EUREC"] == 70_000_000


def final_report() -> PeriodicReport:
    grant = given.a_funded_grant(report_months=36)
    return given.the_report(grant)


def test_a_final_report_above_the_threshold_needs_the_certificate() -> None:
    """The coordinator asks for the SME support too: 325,000.00 reaches the threshold."""
    found = final_report()
    accept_support(found.grant, cents=32_500_000, on=found.starts_on)
    sign_all(found)
    with pytest.raises(Refused, match="certificate on the financial statements"):
        hand_in(found, sme_cents=32_500_000)
    mine = own(found)
    statement.take_back(statement_id=mine.pk, actor=signatory(mine), at=AT)
    statement.add_certificate(
        statement_id=mine.pk,
        certificate=("cfs.pdf", a_pdf(), documents.PDF),
        actor=signatory(mine),
        at=AT,
    )
    hand_in(found, sme_cents=32_500_000)
    assert found.state == S.SUBMITTED


def test_one_cent_below_the_threshold_needs_none() -> None:
    found = final_report()
    accept_support(found.grant, cents=32_499_999, on=found.starts_on)
    hand_in(found, sme_cents=32_499_999)
    assert found.state == S.SUBMITTED


def test_lines_of_a_report_handed_in_are_fixed() -> None:
    found = opened()
    hand_in(found)
    with pytest.raises(Refused, match="handed in"):
        add_costs(own(found), cents=1)
    assert not CostLine.objects.exists()
