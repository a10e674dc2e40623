"""What a person gets wrong at the browser: a sentence, and nothing typed is lost.

The same for deadlines, sessions, bank accounts and numbers is asked without a browser beside
the pages concerned; here are the ones of a proposal's whole road.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Journey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

pytestmark = pytest.mark.browser

TEXT: FilePayload = {
    "name": "invoice.pdf",
    "mimeType": "application/pdf",
    "buffer": b"just words, no PDF",
}


def test_a_share_below_the_floor_is_typed_with_a_comma_and_refused_in_a_sentence(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "applicant")
    one.link("^Finish and submit")
    one.link("Budget", exact=True)
    one.fill("D1 Support to SMEs", "982.500,00")
    one.press("Save and go to the list")
    one.link("Budget", exact=True)
    field = one.page.get_by_role("textbox", name="D1 Support to SMEs").first
    expect(field).to_have_value("982,500.00")
    one.sees(r"74[.]99\s%")
    one.link("Back to the list")
    one.sees("Cannot start yet")
    expect(one.page.get_by_role("link", name="Check and submit")).to_have_count(0)
    one.end()


def test_an_amount_that_is_none_is_quoted_and_kept(chromium: Browser, demo_server: str) -> None:
    one = Journey(chromium, demo_server, "applicant")
    one.link("^Finish and submit")
    one.link("Budget", exact=True)
    one.fill("B Subcontracting", "nine thousand")
    one.press("Save and go to the list")
    one.sees("nine thousand")
    field = one.page.get_by_role("textbox", name="B Subcontracting").first
    expect(field).to_have_value("nine thousand")
    one.end()


def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(
    chromium: Browser, demo_server: str
) -> None:
    one = Journey(chromium, demo_server, "sme")
    one.refusals.add(409)
    one.link("^Use voucher")
    one.press("Start a claim")
    one.attach("Invoice, or report", TEXT)
    one.press("^Add: Invoice")
    one.sees("not (a|of)|PDF")
    expect(one.page.get_by_role("link", name="Download")).to_have_count(0)
    one.end()
