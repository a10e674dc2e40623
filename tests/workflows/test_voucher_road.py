"""Whose turn it is on the road of a voucher: tables written by hand, a row for each step."""

from __future__ import annotations

from typing import Any

import pytest

from grants.actions import payment as payments
from tests.factories import claims
from tests.factories import grant as grants
from tests.factories import vouchers as made
from tests.factories.parties import a_person, the_representative
from tests.workflows.lists import asked, changed
from vouchers.actions import application as applications
from vouchers.actions import certification, decision, expiry, review
from vouchers.actions import sme_call as sme_calls
from vouchers.actions import voucher as vouchers
from vouchers.models import Voucher

pytestmark = pytest.mark.django_db


def test_an_sme_call_until_it_is_open() -> None:
    one = made.a_draft_sme_call()
    manager, legal = made.the_fund_manager(one.grant), made.the_signatory(one.grant)
    assert asked(one) == ["write: FM"]
    sme_calls.make_ready(sme_call_id=one.pk, actor=manager, at=made.PLANNING)
    assert asked(one) == ["approve: LSIGN"]
    sme_calls.approve(sme_call_id=one.pk, actor=legal, at=made.PLANNING)
    assert asked(one) == ["open: FM"]
    expiry.open_sme_calls(made.OPENING)
    assert asked(one) == ["closing: clock"]
    expiry.close_sme_calls(made.CLOSED)
    assert asked(one) == ["evaluate: FM"]


def test_an_application_until_it_is_awarded() -> None:
    one = made.a_complete_application()
    actor = the_representative(one.organisation)
    assert asked(one) == ["write: organisation"]
    applications.submit(application_id=one.pk, actor=actor, at=made.APPLYING)
    assert asked(one) == ["check: FM"]
    made.find_eligible(made.fresh(one))
    assert asked(one) == ["assign: FM"]
    manager = made.the_fund_manager(one.sme_call.grant)
    people = [a_person(), a_person()]
    for number, person in enumerate(people, start=1):
        review.ask(one.pk, evaluator=person, actor=manager, at=made.DECIDING)
        ask_more = ["assign: FM"] if number == 1 else []
        assert asked(one) == [*ask_more, *["review: person"] * number]
    review.decline(one.pk, reason="My cousin.", actor=people[0], at=made.DECIDING)
    assert asked(one) == ["assign: FM", "review: person"]
    scored = made.a_scored_application()
    assert asked(scored) == ["decide: FM"]
    made.decide(scored.sme_call)
    assert asked(scored) == ["accept: organisation"]


def test_a_refusal_needs_a_second_person() -> None:
    one = made.a_submitted_application()
    first = made.the_fund_manager(one.sme_call.grant)
    second = made.a_second_fund_manager(one.sme_call.grant)
    plain: dict[str, Any] = {
        "ground": "not_sme",
        "reason": "It is a large firm.",
        "at": made.DECIDING,
    }
    decision.propose_refusal(one.pk, actor=first, **plain)
    assert asked(one) == ["confirm: FM"]
    decision.drop_refusal(one.pk, actor=second, at=made.DECIDING)
    assert asked(one) == ["check: FM"]
    decision.propose_refusal(one.pk, actor=first, **plain)
    decision.confirm_refusal(application_id=one.pk, actor=second, at=made.DECIDING)
    assert asked(one) == []


def test_a_voucher_from_its_signatures_to_its_use() -> None:
    one = made.a_reserved_voucher()
    holder, legal = made.the_holder(one), made.the_signatory(one.grant)
    assert asked(one) == ["countersign: LSIGN", "sign: organisation"]
    assert asked(one.application) == []
    vouchers.sign_as_holder(voucher_id=one.pk, actor=holder, at=made.SIGNING)
    assert asked(one) == ["countersign: LSIGN"]
    vouchers.sign_for_consortium(voucher_id=one.pk, actor=legal, at=made.SIGNING)
    assert asked(one) == ["choose: organisation"]
    made.name_provider(made.fresh_voucher(one))
    assert asked(one) == ["confirm: FM"]
    manager = made.the_fund_manager(one.grant)
    vouchers.confirm_provider(voucher_id=one.pk, actor=manager, at=made.HIRING)
    assert asked(one) == ["begin: organisation"]
    assert asked(made.a_running_voucher()) == ["use: organisation"]


def test_the_clock_ends_a_voucher_and_nobody_is_asked_any_more() -> None:
    one = made.a_running_voucher()
    expiry.expire_vouchers(made.day_after(one.expires_on))
    assert changed(one).state == Voucher.State.EXPIRED
    assert asked(one) == []


def test_a_claim_until_its_payment_is_at_the_bank() -> None:
    one = claims.a_complete()
    assert asked(one) == ["write: organisation"]
    claims.submit(one)
    assert asked(one) == ["check: FM"]
    manager = made.the_fund_manager(one.voucher.grant)
    claims.decide_lines(one)
    certification.check(claim_id=one.pk, actor=manager, at=claims.CHECKING)
    assert asked(one) == ["certify: FO"]
    claims.certify(one)
    assert asked(one) == ["payment: clock"]
    due = claims.the_payment(one)
    officers = claims.the_officers(one.voucher.grant)[1:]
    assert asked(due) == ["prepare: FO"]
    payments.prepare(payment_id=due.pk, actor=officers[0], at=claims.PAYING)
    assert asked(due) == ["approve: FO"]
    payments.approve(payment_id=due.pk, actor=officers[1], at=claims.PAYING)
    assert asked(due) == ["send: FO"]
    payments.send(payment_id=due.pk, actor=officers[2], at=claims.PAYING)
    assert asked(due) == ["read: FO"]
    grants.read_statement(changed(due), by=officers, at=claims.PAYING)
    assert asked(due) == []
    assert asked(one) == []
