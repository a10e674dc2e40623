"""The kit in a real browser: accessibility, width, and the net under what is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from core.models import Person
from tests.browser import kit_urls
from tests.browser.axe import violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.kit_urls")]

LOOKS: list[tuple[int, Any]] = [
    (1280, "light"),
    (1280, "dark"),
    (390, "dark"),
    (320, "light"),
]
ADDRESSES = ["/", "/design/", "/help/", "/accessibility/", "/privacy/", "/nowhere/"]


def test_pages_are_accessible_and_never_scroll_sideways(
    server: LiveServer, browser: Browser
) -> None:
    faults: list[str] = []
    for width, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=server.url
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        for address in ADDRESSES:
            page.goto(address)
            spare = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found = (width, scheme, address, violations(page), max(spare, 0))
            assert found == (width, scheme, address, [], 0)
        context.close()
    assert [fault for fault in faults if "404 (Not Found)" not in fault] == []


@pytest.fixture
def page(server: LiveServer, browser: Browser) -> Iterator[Page]:
    """Somebody who is signed in and looks at a draft."""
    kit_urls.kept.update(text="as it was")
    context = browser.new_context(base_url=server.url)
    sign_in(context, server)
    opened = context.new_page()
    opened.goto("/draft/")
    yield opened
    context.close()


def sign_in(context: BrowserContext, server: LiveServer) -> None:
    """A session as the sign-in page would give it."""
    person = Person.objects.filter(email="mira@example.org").first()
    client = Client()
    client.force_login(
        person or Person.objects.create_user("mira@example.org", full_name="Mira Fernwood"),
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])


def stored(page: Page) -> int:
    """How many drafts the browser keeps."""
    count: int = page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('trellis:')).length"
    )
    return count


def test_a_draft_saves_itself_and_says_when(page: Page) -> None:
    page.get_by_label("Text").fill("better words")
    expect(page.locator("#saved")).to_contain_text("Saved ")
    assert kit_urls.kept["text"] == "better words"
    page.wait_for_timeout(600)
    assert stored(page) == 0


def test_what_was_typed_when_the_session_ended_comes_back_after_signing_in(
    page: Page, server: LiveServer
) -> None:
    Session.objects.all().delete()
    page.get_by_label("Text").fill("typed into the void")
    page.get_by_label("Sure").check()
    expect(page.locator("#saved")).to_contain_text("Not saved: you were signed out.")
    page.reload()
    assert "/account/sign-in/" in page.url
    sign_in(page.context, server)
    page.goto("/draft/")
    expect(page.get_by_label("Text")).to_have_value("typed into the void")
    expect(page.get_by_label("Sure")).to_be_checked()
    expect(page.get_by_text("was kept in this browser and is back in the form")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Text")).to_have_value("as it was")
    assert stored(page) == 0


def test_a_form_that_was_sent_after_the_session_ended_comes_back_too(
    page: Page, server: LiveServer
) -> None:
    page.get_by_label("Text").fill("sent too late")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep it").click()
    assert "/account/sign-in/" in page.url
    sign_in(page.context, server)
    page.goto("/draft/")
    expect(page.get_by_label("Text")).to_have_value("sent too late")


def test_a_form_that_arrived_is_forgotten(page: Page) -> None:
    page.get_by_label("Text").fill("sent in time")
    page.get_by_role("button", name="Keep it").click()
    page.goto("/help/")
    assert stored(page) == 0


def test_signing_out_forgets_what_was_typed(page: Page) -> None:
    Session.objects.all().delete()
    page.get_by_label("Text").fill("not for others")
    page.wait_for_timeout(600)
    assert stored(page) == 1
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    assert stored(page) == 0


def test_the_server_s_clock_counts_characters_and_time(page: Page) -> None:
    expect(page.locator("[data-countdown]")).to_have_text("over")
    page.get_by_label("Text").fill("x" * 12)
    expect(page.locator("#id_text_count")).to_have_text("12 of 100 characters")


def test_the_menu_of_a_person_opens_without_script_and_closes_with_escape(page: Page) -> None:
    page.get_by_text("Mira Fernwood").click()
    button = page.get_by_role("button", name="Sign out")
    expect(button).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_hidden()
