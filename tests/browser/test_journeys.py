"""Eight people, each with one whole task, from the front page to its end.

They click what is seen by its name; an error of the console or of the server fails them. With
``TRELLIS_SHOTS`` set, the pages on the way are the pictures of the documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.journey import Journey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

pytestmark = pytest.mark.browser

PDF: FilePayload = {
    "name": "invoice.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}
COMMENT = "The plan names who does what, by when, and how the result is measured. " * 5


def test_an_applicant_finishes_and_submits(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server)
    one.shot("front")
    one.sign_in("applicant")
    one.shot("applicant")
    one.phone_shot("applicant-phone")
    one.link("^Finish and submit")
    one.link("Impact and spreading of results")
    text = "Twelve months later we ask every firm what it does differently."
    one.fill("Impact and spreading of results", text)
    one.press("^Save and go")
    one.link("Budget", exact=True)
    one.fill("A Personnel", "79.381,44")
    one.shot("budget")
    one.press("Save and go to the list")
    one.link("Check and submit")
    one.sees(text)
    one.press("Submit the proposal")
    one.sees("[Rr]eceipt")
    one.end()


def test_an_expert_declares_marks_and_drafts(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "evaluator")
    one.link("^Say whether you can judge")
    one.tick("I have no conflict of interest")
    one.tick("I keep the proposal and my report secret")
    one.press("Sign and open the proposal")
    one.link("Home", exact=True)
    one.link("^Read and mark")
    for place in range(3):
        one.choose("4", place=place)
        one.fill("Why this mark", COMMENT, place=place)
    one.saved()
    one.shot("evaluate")
    one.press("Check and finish")
    one.press("^(Sign|Finish)")
    one.link("Home", exact=True)
    one.link("^Draft the consensus")
    one.press("Start the draft")
    for place in range(3):
        one.choose("4", place=place)
        one.fill("Text for the applicant", COMMENT, place=place)
    one.press("Save the draft")
    one.shot("consensus")
    one.press("Lay it before the group")
    one.sees("approve|agree")
    one.end()


def test_a_programme_officer_checks(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "officer")
    one.link("^Check the admissibility")
    one.tick("Goes to evaluation")
    one.press("Sign my decision")
    one.link("Home", exact=True)
    one.link("^Confirm the refusal")
    one.press("Confirm the refusal")
    one.link("Home", exact=True)
    one.link("SMP-COSME-2021-CLUSTER-01", exact=True)
    one.link("Ranking", exact=True)
    one.shot("ranking")
    one.end()


def test_an_authorising_officer_publishes(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "authorising")
    one.link("^Publish the call")
    one.press("Publish the call")
    one.sees("Published")
    one.end()


def test_a_fund_manager_checks_a_claim_line_by_line(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "funds")
    one.link("Claims to check")
    one.link("^To be checked")
    one.open_row()
    one.link("Decide line by line")
    one.shot("claim")
    one.phone_shot("claim-phone")
    one.press("^(Keep|Save)")
    one.press("^(Sign|Pass|Check|Confirm)")
    one.sees("[Cc]ertif")
    one.end()


def test_an_sme_claims_on_its_voucher(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "sme")
    one.link("^Use voucher")
    one.shot("voucher")
    one.press("Start a claim")
    one.fill("What was delivered", "Booking system set up and tested with our own orders.")
    one.fill("Delivered on", "10 Jan 2025")
    one.fill("Invoice number", "2025-07")
    one.fill("Invoice date", "10 Jan 2025")
    one.fill("Line 1", "Booking system")
    one.fill("Net price of line 1", "1.200,00")
    one.tick("No other EU money pays for this work")
    one.tick("The EU’s support was made visible")
    one.press("Save the claim")
    one.attach("Invoice, or report", PDF)
    one.press("^Add: Invoice")
    one.shot("claim-write")
    one.press("^(Hand|Send|Submit)")
    one.sees("1,200.00")
    one.sees("checked|check")
    one.end()


def test_a_finance_officer_certifies_and_prepares(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "finance")
    one.link("^Certify claim")
    one.press("Keep these look-ups")
    one.press("^Certify")
    one.link("Home", exact=True)
    one.link("^Prepare payment")
    one.press("Prepare the payment")
    one.link("Payments", exact=True)
    one.shot("payments")
    one.link("Grants", exact=True)
    one.open_row()
    one.sees("75")
    one.shot("grant")
    one.end()


def test_an_auditor_reads_the_ledger_and_takes_a_workbook(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "auditor")
    one.link("Read the grants")
    one.open_row()
    one.shot("auditor")
    one.link("Ledger", exact=True)
    one.shot("ledger")
    one.link("Home", exact=True)
    one.link("Exports", exact=True)
    one.press("^Make the workbook")
    one.sees("Your file is ready")
    one.end()
