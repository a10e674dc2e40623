"""From a first visit to an organisation of one's own, in a real browser, by visible controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from core.models import Mail
from parties.models import Organisation
from parties.rules import specimens
from tests.browser.axe import violations
from tests.browser.conftest import browser as browser  # noqa: PLC0414  the fixture, named again
from tests.factories.parties import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
SESSION = "session"


def code_in_the_mail() -> str:
    found = re.search(r"^    (\S+)$", Mail.objects.latest("written_at").text, re.MULTILINE)
    assert found
    return found[1]


def button(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def sign_up(page: Page) -> None:
    page.goto("/organisations/")
    assert violations(page) == []
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Nora Newcomer")
    page.get_by_label("Email").fill("nora@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Create my account")
    page.get_by_label("Code from your mail").fill(code_in_the_mail())
    button(page, "Confirm the code")
    expect(page.get_by_role("heading", level=1)).to_have_text("You belong to no organisation yet")


def fill_in_the_organisation(page: Page) -> None:
    page.get_by_role("link", name="Register an organisation").click()
    assert violations(page) == []
    filled = {
        "Legal name": "Example Loom Association",
        "Short name": "Loom",
        "Legal form": "Association",
        "VAT number": "BE 0203.430.577",
        "Street and number": "Example Street 1",
        "Postcode": "1000",
        "Town": "Brussels",
    }
    for label, text in filled.items():
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("Cluster organisation").check()
    page.get_by_label("Country").select_option("Belgium")


def test_newcomer_gets_an_account_an_organisation_and_keeps_what_they_typed(
    server: LiveServer, browser: Browser
) -> None:
    cache.clear()
    page = browser.new_context(base_url=server.url).new_page()
    sign_up(page)
    fill_in_the_organisation(page)
    button(page, "Register this organisation")
    expect(page.get_by_role("alert")).to_contain_text("check digits do not match")
    expect(page.get_by_label("VAT number")).to_have_value("BE 0203.430.577")

    page.get_by_label("VAT number").fill(specimens.vat_number("BE", 7))
    page.context.clear_cookies(name=SESSION)
    button(page, "Register this organisation")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You were signed out, your text was not lost"
    )
    assert not Organisation.objects.exists()
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Sign in")
    assert violations(page) == []
    button(page, "Send what I typed")
    expect(page.get_by_role("heading", level=1)).to_have_text("Example Loom Association")
    assert Organisation.objects.get().town == "Brussels"
