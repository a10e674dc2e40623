"""A claim through its pages: by the SME, the fund manager and the finance officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from tests.factories import claims
from tests.factories.parties import a_person
from tests.factories.vouchers import a_running_voucher, an_upload, the_fund_manager, the_holder
from vouchers.models import Claim, EvidenceItem, Recovery

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person

pytestmark = pytest.mark.django_db
S = Claim.State
TYPED = {
    "delivered": "Energy audit of the dye house.",
    "delivered_on": "7 Jun 2023",
    "invoice_number": "2023-118",
    "invoice_date": "8 Jun 2023",
    "text_1": "Audit on site",
    "net_1": "1.500,00",
    "vat_cents": "315,00",
    "has_no_other_funding": "on",
    "is_visible": "on",
}


def go(person: Person, name: str, *keys: Any, at: datetime = claims.WRITING, **sent: Any) -> Any:
    """GET, or POST what is sent, as a person at an instant."""
    client = Client()
    client.force_login(person)
    path = reverse(f"vouchers:{name}", args=keys)
    with clock.standing_at(at):
        return client.post(path, sent.get("sent")) if "sent" in sent else client.get(path)


def test_the_sme_starts_writes_proves_and_sends_a_claim() -> None:
    voucher = a_running_voucher()
    sme = the_holder(voucher)
    page = go(sme, "voucher_page", voucher.pk)
    assert "Start a claim" in page.content.decode()
    begun = go(sme, "claim_start", voucher.pk, sent={})
    one = voucher.claims.get()
    assert begun.url == reverse("vouchers:claim_edit", args=[one.pk])
    page = go(sme, "claim_edit", one.pk).content.decode()
    assert "Say what was delivered." in page
    assert "Send the claim for" not in page
    assert go(sme, "claim_edit", one.pk, sent=TYPED).status_code == 302
    proved = TYPED | {f"file_{the_item(one).pk}": an_upload()}
    assert go(sme, "claim_edit", one.pk, sent=proved).status_code == 302
    page = go(sme, "claim_edit", one.pk).content.decode()
    assert "Send the claim for EUR 1,500.00" in page.replace("\xa0", " ")
    sent = go(sme, "claim_event", one.pk, "submit", sent={})
    assert sent.url == reverse("vouchers:claim_detail", args=[one.pk])
    assert claims.fresh(one).state == S.SUBMITTED
    page = go(sme, "voucher_page", voucher.pk).content.decode()
    assert reverse("vouchers:claim_detail", args=[one.pk]) in page
    assert "Start a claim" not in page


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"net_1": "much"}, "much"),
        ({"net_1": ""}, "Enter the net price of this line."),
        ({"text_1": ""}, "Say what this amount is for."),
        ({"invoice_date": "31 Feb 2023"}, "31 Feb 2023"),
        ({"vat_cents": "a fifth"}, "a fifth"),
    ],
)
def test_bad_input_keeps_what_was_typed(bad: dict[str, str], sentence: str) -> None:
    one = claims.a_draft(a_running_voucher())
    answer = go(the_holder(one.voucher), "claim_edit", one.pk, sent=TYPED | bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "One thing has to be put right" in page
    assert "Energy audit of the dye house." in page
    assert "2023-118" in page
    assert not claims.fresh(one).lines.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00", "“invoice.pdf” is not one of PDF, PNG, JPG, whatever its name says."),
        (b"%PDF-1.7" + bytes(10_000_000), "is 10.1 MB; a file may be 10.0 MB at most."),
        (b"", "This file is empty."),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field_and_nothing_typed_is_lost(
    content: bytes, sentence: str
) -> None:
    one = claims.a_draft(a_running_voucher())
    field = f"file_{the_item(one).pk}"
    sent = TYPED | {field: SimpleUploadedFile("invoice.pdf", content)}
    answer = go(the_holder(one.voucher), "claim_edit", one.pk, sent=sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    summary, form = page.split("govuk-error-summary__list")[1].split("</ul>")[0:2]
    assert f'<a href="#id_{field}">' in summary
    assert sentence in summary
    assert sentence in form.split(f'id="id_{field}_error"')[1].split("</p>")[0]
    for kept in ("Energy audit of the dye house.", "2023-118", "1.500,00", "7 Jun 2023"):
        assert kept in form
    assert not one.evidence.exists()
    assert not claims.fresh(one).lines.exists()


def test_a_right_file_is_kept_although_an_amount_has_to_be_put_right() -> None:
    one = claims.a_draft(a_running_voucher())
    sent = TYPED | {"net_1": "much", f"file_{the_item(one).pk}": an_upload("invoice.pdf")}
    answer = go(the_holder(one.voucher), "claim_edit", one.pk, sent=sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="much"' in page
    assert reverse("vouchers:claim_file", args=[one.pk, one.evidence.get().pk]) in page


def test_a_file_after_the_claim_was_handed_in_is_refused_in_one_sentence() -> None:
    one = claims.a_submitted(a_running_voucher())
    sent = TYPED | {f"file_{the_item(one).pk}": an_upload()}
    answer = go(the_holder(one.voucher), "claim_edit", one.pk, sent=sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("is with the fund manager and can only be read.") == 1
    assert one.evidence.count() == 1


def the_item(one: Claim) -> EvidenceItem:
    """What the call asks for with each claim."""
    return one.voucher.application.sme_call.evidence_items.get(stage="claim")


def test_the_same_claim_sent_twice_is_a_page_that_says_so() -> None:
    one = claims.a_submitted(a_running_voucher())
    answer = go(the_holder(one.voucher), "claim_event", one.pk, "submit", sent={})
    assert answer.status_code == 409
    assert "is now: being checked" in answer.content.decode()
    edit = go(the_holder(one.voucher), "claim_edit", one.pk)
    assert edit.url == reverse("vouchers:claim_detail", args=[one.pk])


def test_the_fund_manager_decides_line_by_line_and_confirms() -> None:
    one = claims.a_submitted(a_running_voucher())
    manager, at = the_fund_manager(one.voucher.grant), claims.CHECKING
    page = go(manager, "claim_detail", one.pk, at=at).content.decode()
    assert "Decide line by line" in page
    assert "Send it back to the SME" in page
    assert "Confirm the check" not in page
    first, second = one.lines.order_by("position")
    typed = {
        f"accepted_{first.pk}": "1,500.00",
        f"accepted_{second.pk}": "200.00",
        f"reason_{second.pk}": "",
    }
    refused = go(manager, "claim_lines", one.pk, at=at, sent=typed)
    assert refused.status_code == 422
    assert "Write why less is accepted." in refused.content.decode()
    assert 'value="200.00"' in refused.content.decode()
    typed[f"reason_{second.pk}"] = "Two of five meters."
    assert go(manager, "claim_lines", one.pk, at=at, sent=typed).status_code == 302
    page = go(manager, "claim_detail", one.pk, at=at).content.decode()
    assert "Confirm the check" in page
    assert "Two of five meters." in page
    assert go(manager, "claim_event", one.pk, "check", at=at, sent={}).status_code == 302
    assert claims.fresh(one).state == S.CHECKED
    assert go(manager, "claim_lines", one.pk, at=at).status_code == 404


def test_sending_back_needs_words_which_the_sme_reads() -> None:
    one = claims.a_submitted(a_running_voucher())
    manager, at = the_fund_manager(one.voucher.grant), claims.CHECKING
    assert go(manager, "claim_event", one.pk, "send_back", at=at, sent={}).status_code == 409
    sent = {"reason": "The invoice is unsigned."}
    assert go(manager, "claim_event", one.pk, "send_back", at=at, sent=sent).status_code == 302
    page = go(the_holder(one.voucher), "claim_edit", one.pk).content.decode()
    assert "The invoice is unsigned." in page
    assert reverse("vouchers:claim_event", args=[one.pk, "resubmit"]) in page


def test_the_finance_officer_looks_up_certifies_and_recovers() -> None:
    one = claims.a_checked(claims.a_claimable_voucher())
    first, second = claims.the_officers(one.voucher.grant)[:2]
    at = claims.CERTIFYING
    page = go(first, "claim_detail", one.pk, at=at).content.decode()
    assert "Before you certify" in page
    assert "Certify for payment" not in page
    refused = go(first, "claim_screen", one.pk, at=at, sent={"screened_on": "1 Jan 2030"})
    assert refused.status_code == 422
    assert "future" in refused.content.decode()
    sent = {"screened_on": "22 Jun 2023", "vat_seen_on": ""}
    assert go(first, "claim_screen", one.pk, at=at, sent=sent).status_code == 302
    assert "Certify for payment" in go(first, "claim_detail", one.pk, at=at).content.decode()
    assert go(first, "claim_event", one.pk, "certify", at=at, sent={}).status_code == 302
    claims.pay(claims.fresh(one))
    at = claims.RECOVERING
    assert "Propose to recover it" in go(first, "claim_detail", one.pk, at=at).content.decode()
    page = go(first, "recovery_new", one.pk, at=at).content.decode()
    assert 'value="2,000.00"' in page
    assert "All that was accepted, EUR\u00a02,000.00, or a part of it" in page
    assert "Mon 26 Jun 2023" in page
    typed = {"amount_cents": "2,000.01", "reason": "Another building."}
    refused = go(first, "recovery_new", one.pk, at=at, sent=typed)
    assert refused.status_code == 422
    assert "Another building." in refused.content.decode()
    typed["amount_cents"] = "500.00"
    assert go(first, "recovery_new", one.pk, at=at, sent=typed).status_code == 302
    assert go(first, "recovery_decide", one.pk, at=at, sent={}).status_code == 409
    assert go(second, "recovery_decide", one.pk, at=at, sent={}).status_code == 302
    assert Recovery.objects.get(claim=one).decided_by == second
    assert "To be paid back" in go(second, "claim_detail", one.pk, at=at).content.decode()


def test_the_desk_shows_each_person_their_claims_by_state() -> None:
    one = claims.a_submitted(a_running_voucher())
    manager = the_fund_manager(one.voucher.grant)
    for person in (manager, the_holder(one.voucher)):
        assert str(one) in go(person, "claim_desk").content.decode()
    assert str(one) not in go(a_person(), "claim_desk").content.decode()
    client = Client()
    client.force_login(manager)
    assert str(one) not in client.get(reverse("vouchers:claim_desk"), {"state": "paid"}).text


def test_a_file_of_a_claim_is_handed_out_as_a_file() -> None:
    one = claims.a_submitted(a_running_voucher())
    answer = go(the_holder(one.voucher), "claim_file", one.pk, one.evidence.get().pk)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


def test_no_other_word_is_an_event() -> None:
    one = claims.a_submitted(a_running_voucher())
    answer = go(the_holder(one.voucher), "claim_event", one.pk, "pay", sent={})
    assert answer.status_code == 404
