from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail
from ledger.api import invariants
from ledger.models import Event
from tests.factories import claims
from tests.factories.parties import a_person, an_sme, the_representative
from tests.factories.vouchers import (
    STARTING,
    a_file,
    a_running_voucher,
    an_issued_voucher,
    an_open_sme_call,
    fresh_voucher,
    the_fund_manager,
    the_holder,
)
from vouchers import accounts
from vouchers.actions import certification, claim
from vouchers.models import Claim, EvidenceItem, Voucher
from vouchers.queries.claim import remaining_cents

pytestmark = pytest.mark.django_db
S = Claim.State


def events(kind: str) -> int:
    """Postings of a kind, everywhere."""
    return Event.objects.filter(kind=kind).count()


def test_handing_in_moves_the_amount_from_the_voucher_to_the_claim() -> None:
    voucher = a_running_voucher()
    made = claims.a_submitted(voucher)
    assert made.state == S.SUBMITTED
    assert made.amount_cents == 200_000
    assert accounts.left(accounts.under_check(voucher)) == 200_000
    assert accounts.left(accounts.commitment(voucher)) == voucher.value_cents - 200_000
    assert Mail.objects.filter(subject__contains="A claim to check").exists()
    assert invariants() == []


def test_handing_in_twice_is_one_posting_and_a_sentence() -> None:
    made = claims.a_submitted(a_running_voucher())
    before = events("claim_submitted")
    with pytest.raises(Refused, match="is now: being checked"):
        claims.submit(made)
    assert events("claim_submitted") == before == 1
    assert invariants() == []


def test_a_claim_that_was_sent_back_is_handed_in_again_and_judged_anew() -> None:
    voucher = a_running_voucher()
    made = claims.decide_lines(claims.a_submitted(voucher), {2: (0, "No report of it.")})
    manager = the_fund_manager(voucher.grant)
    back = certification.send_back(
        claim_id=made.pk, actor=manager, at=claims.CHECKING, reason="Add the metering plan."
    )
    assert back.state == S.RETURNED
    assert back.note == "Add the metering plan."
    assert accounts.left(accounts.under_check(voucher)) == 0
    assert remaining_cents(fresh_voucher(voucher)) == voucher.value_cents
    claims.write(back, lines=claims.a_price(900))
    again = claims.submit(back, at=claims.CHECKING)
    assert (again.state, again.amount_cents, again.accepted_cents) == (S.SUBMITTED, 90_000, None)
    assert again.note == ""
    assert events("claim_submitted") == 2
    with pytest.raises(Refused, match="for each line"):
        certification.check(claim_id=again.pk, actor=manager, at=claims.CHECKING)
    assert invariants() == []


def test_the_decisions_before_it_was_sent_back_do_not_count_if_nothing_was_rewritten() -> None:
    made = claims.decide_lines(claims.a_submitted(a_running_voucher()))
    manager = the_fund_manager(made.voucher.grant)
    certification.send_back(
        claim_id=made.pk, actor=manager, at=claims.CHECKING, reason="Sign the report."
    )
    again = claims.submit(made, at=claims.CHECKING)
    assert set(again.lines.values_list("accepted_cents", flat=True)) == {None}
    assert again.lines.count() == 2


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_a_claim_is_withdrawn_and_the_voucher_keeps_its_value(state: str) -> None:
    voucher = a_running_voucher()
    made = claims.a_draft(voucher) if state == "draft" else claims.a_submitted(voucher)
    if state == "returned":
        manager = the_fund_manager(voucher.grant)
        certification.send_back(
            claim_id=made.pk, actor=manager, at=claims.CHECKING, reason="Add the report."
        )
    gone = claim.withdraw(claim_id=made.pk, actor=the_holder(voucher), at=claims.CHECKING)
    assert gone.state == S.WITHDRAWN
    assert remaining_cents(fresh_voucher(voucher)) == voucher.value_cents
    assert claims.a_draft(voucher).number == 2
    assert invariants() == []


def test_one_claim_of_a_voucher_is_under_way_at_a_time() -> None:
    voucher = a_running_voucher()
    first = claims.a_draft(voucher)
    with pytest.raises(Refused, match=f"{first.number} is still under way"):
        claims.a_draft(voucher)


def test_a_claim_needs_a_service_in_progress() -> None:
    with pytest.raises(Refused, match="in progress"):
        claims.a_draft(an_issued_voucher())


def test_a_stranger_neither_begins_nor_writes_nor_hands_in() -> None:
    made = claims.a_complete(a_running_voucher())
    other, item = the_representative(an_sme()), made.evidence.get().item
    asked: dict[str, Any] = {"claim_id": made.pk, "actor": other, "at": claims.HANDING_IN}
    with pytest.raises(NotAllowed):
        claim.start(voucher_id=made.voucher_id, actor=other, at=claims.WRITING)
    with pytest.raises(NotAllowed):
        claim.save(**asked, **claims.words())
    with pytest.raises(NotAllowed):
        claim.add_evidence(**asked, item_id=item.pk, upload=a_file())
    with pytest.raises(NotAllowed):
        claim.submit(**asked)
    with pytest.raises(NotAllowed):
        claim.withdraw(**asked)


def test_nobody_finds_a_claim_that_does_not_exist() -> None:
    voucher = a_running_voucher()
    with pytest.raises(NotAllowed):
        claim.submit(claim_id=voucher.pk, actor=a_person(), at=claims.HANDING_IN)


def test_what_is_handed_in_can_only_be_read() -> None:
    made = claims.a_submitted(a_running_voucher())
    with pytest.raises(DomainError, match="can only be read"):
        claims.write(made)


GAPS: list[tuple[dict[str, Any], str]] = [
    ({"lines": []}, "at least one line"),
    ({"delivered": " "}, "what was delivered"),
    ({"delivered_on": None}, "when it was delivered"),
    ({"has_no_other_funding": False}, "no other EU money"),
    ({"is_visible": False}, "made visible"),
    ({"invoice_number": ""}, "invoice's number"),
    ({"invoice_date": None}, "invoice's number and date"),
    ({"invoice_date": date(2023, 4, 19)}, "dated from"),
    ({"invoice_date": date(2024, 5, 6)}, "dated from"),
]


@pytest.mark.parametrize(("typed", "sentence"), GAPS)
def test_what_is_missing_is_said(typed: dict[str, Any], sentence: str) -> None:
    made = claims.a_complete(a_running_voucher(), **typed)
    with pytest.raises(Refused, match=sentence):
        claims.submit(made)
    assert claims.fresh(made).state == S.DRAFT
    assert events("claim_submitted") == 0


@pytest.mark.parametrize("day", [date(2023, 4, 20), date(2024, 5, 5)])
def test_the_first_and_the_last_day_of_the_invoice_count(day: date) -> None:
    voucher = a_running_voucher()
    assert voucher.contract_on == STARTING.date()
    assert voucher.expires_on == date(2024, 4, 5)
    made = claims.a_submitted(voucher, invoice_date=day)
    assert made.state == S.SUBMITTED


def test_evidence_is_asked_for_and_with_the_last_claim_the_final_report_too() -> None:
    voucher = a_running_voucher()
    final = EvidenceItem.objects.get(sme_call=voucher.application.sme_call, stage="final")
    EvidenceItem.objects.filter(pk=final.pk).update(is_required=True)
    made = claims.write(claims.a_draft(voucher), is_final=True)
    with pytest.raises(Refused, match=r"Invoice and proof of payment.*Final report"):
        claims.submit(made)


def test_one_invoice_counts_once_in_the_whole_system() -> None:
    first = a_running_voucher()
    claims.a_submitted(first, invoice_number="2023/07")
    assert first.provider is not None
    second = a_running_voucher_of(first)
    again = claims.a_complete(second, invoice_number="2023-07 ")
    with pytest.raises(Refused, match="claimed before"):
        claims.submit(again)


def a_running_voucher_of(first: Voucher) -> Voucher:
    """Of another SME, with the same provider."""

    other = a_running_voucher(of=an_open_sme_call(of=first.grant))
    Voucher.objects.filter(pk=other.pk).update(provider=first.provider)
    return fresh_voucher(other)


def test_an_invoice_of_a_withdrawn_claim_can_be_claimed() -> None:
    voucher = a_running_voucher()
    made = claims.a_submitted(voucher, invoice_number="2023/07")
    claim.withdraw(claim_id=made.pk, actor=the_holder(voucher), at=claims.CHECKING)
    assert claims.a_submitted(voucher, invoice_number="2023/07").state == S.SUBMITTED


def test_the_database_too_takes_an_invoice_once() -> None:
    first = claims.a_submitted(a_running_voucher())
    second = claims.a_submitted(a_running_voucher_of(first.voucher))
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=second.pk).update(invoice_key=first.invoice_key)


def test_no_more_than_the_voucher_has_left_can_be_claimed() -> None:
    voucher = a_running_voucher()
    made = claims.a_submitted(voucher, lines=claims.a_price(9_000))
    assert made.amount_cents == voucher.value_cents
    assert remaining_cents(fresh_voucher(voucher)) == 0
    assert invariants() == []


def test_a_newer_file_replaces_the_older_and_both_are_kept() -> None:
    made = claims.prove(claims.prove(claims.a_draft(a_running_voucher())))
    assert made.evidence.count() == 2
    assert made.evidence.filter(replaced_at__isnull=True).count() == 1


def test_evidence_is_only_for_an_item_of_the_call() -> None:
    made = claims.a_draft(a_running_voucher())
    with pytest.raises(NotAllowed, match="no such item"):
        claim.add_evidence(
            claim_id=made.pk,
            item_id=made.pk,
            upload=a_file(),
            actor=the_holder(made.voucher),
            at=claims.WRITING,
        )
