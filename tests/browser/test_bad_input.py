"""What a person gets wrong, or what goes wrong around a person who types.

Each time a sentence says what to do, and nothing typed is lost. The same is asked without a
browser, with more cases, beside the pages concerned.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from demo.stage import PASSWORD
from tests.browser.journey import Journey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

    from tests.browser.server import Server

pytestmark = pytest.mark.browser

TEXT: FilePayload = {
    "name": "invoice.pdf",
    "mimeType": "application/pdf",
    "buffer": b"just words, no PDF",
}
TOO_BIG: FilePayload = {
    "name": "letters.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7" + bytes(10_000_000),
}
A_SECOND_LATE = datetime(2025, 2, 5, 16, 0, 1, tzinfo=UTC)
TYPED = "Every adviser is trained once and then trains two more. "


def test_a_share_below_the_floor_is_typed_with_a_comma_and_refused_in_a_sentence(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "applicant")
    one.link("^Finish and submit")
    one.link("Budget", exact=True)
    one.fill("D1 Support to SMEs", "982.500,00")
    one.press("Save and go to the list")
    one.sees(r"74[.]99\s% goes to SMEs; it must be at least 75[.]00\s%")
    expect(one.page.get_by_role("link", name="Check and submit")).to_have_count(0)
    one.link("Budget", exact=True)
    field = one.page.get_by_role("textbox", name="D1 Support to SMEs").first
    expect(field).to_have_value("982,500.00")
    one.sees(r"74[.]99\s%")
    one.end()


def test_an_amount_that_is_none_is_quoted_and_kept(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "applicant")
    one.link("^Finish and submit")
    one.link("Budget", exact=True)
    one.fill("B Subcontracting", "nine thousand")
    one.press("Save and go to the list")
    one.sees("“nine thousand” could not be read as an amount")
    field = one.page.get_by_role("textbox", name="B Subcontracting").first
    expect(field).to_have_value("nine thousand")
    one.is_sound()
    one.end()


def test_a_file_of_the_wrong_kind_is_refused_beside_its_field(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "sme")
    one.link("^Use voucher")
    one.press("Start a claim")
    one.fill("What was delivered", TYPED)
    one.attach("Invoice, or report", TEXT)
    one.press("^Add: Invoice")
    one.refused("Invoice, or report for a lump sum", "“invoice.pdf” is not one of PDF, PNG, JPG")
    expect(one.page.get_by_role("textbox", name="What was delivered")).to_have_value(TYPED)
    expect(one.page.get_by_role("link", name="Download")).to_have_count(0)
    one.end()


def test_a_file_that_is_too_big_is_refused_with_both_sizes(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "applicant")
    one.link("^Finish and submit")
    one.link("Files", exact=True)
    one.link("Add the file Letters of support")
    one.attach("Letters of support", TOO_BIG)
    one.press("Add the file")
    one.refused("Letters of support", "“letters.pdf” is 10.1 MB; a file may be 10.0 MB at most.")
    one.link("Back to the files")
    expect(one.page.get_by_text("letters.pdf")).to_have_count(0)
    one.end()


def test_an_iban_with_a_wrong_digit_is_refused_beside_its_field(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "sme")
    one.menu("My organisations")
    one.open_row()
    one.link("Change the bank account")
    one.fill("Account holder", "Zinnia Dyehouse, Valdeolmo")
    one.fill("IBAN", "BE71 0961 2345 6760")
    one.press("Propose this account")
    one.sees("Your password again")
    one.page.get_by_label("Password").fill(PASSWORD)
    one.press("Go on")
    one.refused(
        "IBAN",
        "“BE71 0961 2345 6760” is not a valid IBAN: its check digits do not match, so one "
        "character is wrong.",
    )
    expect(one.page.get_by_label("IBAN")).to_have_value("BE71 0961 2345 6760")
    expect(one.page.get_by_label("Account holder")).to_have_value("Zinnia Dyehouse, Valdeolmo")
    one.fill("IBAN", "BE71 0961 2345 6769")
    one.press("Propose this account")
    one.sees("Proposed[.]")
    one.sees("BE71 0961 2345 6769")
    one.end()


def test_a_vat_number_with_a_wrong_digit_is_refused_and_kept_for_the_next_visit(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "sme")
    one.menu("My organisations")
    one.open_row()
    one.link("Change the details")
    one.fill("VAT number", "ESB10464007")
    one.fill("Town", "Valdeolmo de Arriba")
    one.press("Save the details")
    one.refused("VAT number", "“ESB10464007” is not a VAT number of Spain: its check digits")
    expect(one.page.get_by_label("Town")).to_have_value("Valdeolmo de Arriba")
    one.link("Leave without saving")
    one.sees("ESB10464006")
    one.link("Change the details")
    one.sees("was kept in this browser and is back in the form")
    expect(one.page.get_by_label("VAT number")).to_have_value("ESB10464007")
    expect(one.page.get_by_label("Town")).to_have_value("Valdeolmo de Arriba")
    one.end()


def test_a_consortium_of_two_countries_reads_what_is_missing_and_where(
    chromium: Browser, own_server: Server
) -> None:
    one = Journey(chromium, own_server.url, "applicant")
    one.refusals.add(409)
    one.link("^Finish and submit")
    one.link("Check and submit")
    partner = one.page.context.new_page()
    partner.goto(one.page.url)
    partner.get_by_role("link", name="Back to the list").click()
    partner.get_by_role("link", name="Partners", exact=True).click()
    partner.get_by_role("button", name="Take out Birkholm").click()
    one.press("Submit the proposal")
    one.sees("The proposal was not submitted")
    one.sees("2 eligible organisations from 2 countries")
    one.sees("still missing: 1 organisation from 1 other country")
    one.is_sound()
    one.link("Go to the partners")
    expect(one.page.get_by_role("link", name="Invite a partner by mail")).to_be_visible()
    one.link("Back to the list")
    one.sees("still missing: 1 organisation from 1 other country")
    one.end()


def test_a_text_typed_while_the_deadline_passed_stays_on_the_page(
    chromium: Browser, own_server: Server
) -> None:
    one = Journey(chromium, own_server.url, "applicant")
    one.link("^Finish and submit")
    one.link("Work plan and mandatory actions")
    own_server.stand_at(A_SECOND_LATE)
    one.fill("Work plan and mandatory actions", TYPED)
    saved = one.page.locator("#saved")
    expect(saved).to_contain_text("Not saved. The deadline passed on Wed 5 Feb 2025, 17:00")
    one.is_sound()
    one.press("^Save and go")
    one.sees("The deadline passed on Wed 5 Feb 2025, 17:00 Brussels. This proposal was not")
    one.sees("It stays below, so that you can copy it")
    kept = one.page.get_by_role("textbox", name="Work plan and mandatory actions")
    expect(kept).to_have_value(TYPED)
    one.is_sound()
    one.link("Go to the proposal")
    one.sees("The proposal can no longer be changed")
    one.end()


def test_a_text_typed_after_the_session_ended_is_there_after_signing_in_again(
    chromium: Browser, own_server: Server
) -> None:
    one = Journey(chromium, own_server.url, "applicant")
    one.link("^Finish and submit")
    one.link("Work plan and mandatory actions")
    own_server.let_sessions_expire()
    one.fill("Work plan and mandatory actions", TYPED)
    expect(one.page.locator("#saved")).to_contain_text("Not saved: you were signed out.")
    one.press("^Save and go")
    one.sees("You were signed out, your text was not lost")
    one.is_sound()
    one.page.get_by_label("Password").fill(PASSWORD)
    one.press("Sign in")
    one.sees("Here is what you typed")
    one.sees(TYPED)
    one.is_sound()
    one.link("Back to the form")
    one.sees("was kept in this browser and is back in the form")
    box = one.page.get_by_role("textbox", name="Work plan and mandatory actions")
    expect(box).to_have_value(TYPED)
    one.press("^Save and go")
    one.sees("Saved[.]")
    one.page.go_back()
    one.page.reload()
    expect(box).to_have_value(TYPED)
    one.end()
