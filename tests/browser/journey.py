"""Somebody at a browser: clicks what is seen by its name, and notes whatever goes wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import expect

from demo.stage import DOMAIN, PASSWORD
from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Locator, Page, Response

HARMLESS = "Failed to load resource: the server responded with a status of 4"


class Journey:
    """One person's way from the front page; after it no address is typed."""

    def __init__(self, chromium: Browser, url: str, mailbox: str = "") -> None:
        self.faults: list[str] = []
        self.refusals = {422}
        self.context = chromium.new_context(
            base_url=url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note_said)
        self.page.on("response", self._note_answer)
        self.page.goto("/")
        if mailbox:
            self.sign_in(mailbox)

    def _note_said(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(HARMLESS):
            self.faults.append(f"console: {said.text}")

    def _note_answer(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self.refusals:
            self.faults.append(f"{answer.status} {answer.url}")

    def sign_in(self, mailbox: str) -> None:
        """Through the form, from the link in the header."""
        self.page.get_by_role("link", name="Sign in").first.click()
        self.page.get_by_label("Email").fill(f"{mailbox}@{DOMAIN}")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Good ")

    def link(self, name: str, *, exact: bool = False) -> None:
        """Follow the first visible link of this name; a name starting with ^ is a pattern."""
        with self.page.expect_navigation():
            self._named("link", name, exact=exact).click()

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the first visible button of the page of this name: its form is sent."""
        with self.page.expect_navigation():
            self._named("button", name, exact=exact).click()

    def open_row(self) -> None:
        """Follow the link of the first row of the page's table."""
        with self.page.expect_navigation():
            self.page.get_by_role("row").get_by_role("link").first.click()

    def _named(self, role: Literal["link", "button"], name: str, *, exact: bool) -> Locator:
        wanted = re.compile(name) if name.startswith("^") else name
        for place in (self.page.get_by_role("main"), self.page):
            found = place.get_by_role(role, name=wanted, exact=exact).locator("visible=true")
            if found.count():
                break
        return found.first

    def choose(self, option: str, *, place: int = 0) -> None:
        """Choose the radio button of this name in the group ``place``, by its label as drawn."""
        self.page.get_by_role("radio", name=option, exact=True).nth(place).check(force=True)

    def saved(self) -> None:
        """The draft says that it saved itself."""
        expect(self.page.locator("#saved")).to_contain_text("Saved")

    def fill(self, label: str, text: str, *, place: int = 0) -> None:
        self.page.get_by_role("textbox", name=label).nth(place).fill(text)

    def tick(self, label: str, *, place: int = 0) -> None:
        self.page.get_by_label(label).nth(place).check()

    def attach(self, label: str, file: FilePayload) -> None:
        """Choose a file."""
        self.page.get_by_label(label).locator("visible=true").first.set_input_files(file)

    def refused(self, label: str, sentence: str) -> None:
        """The sentence stands on top, in a link to the field of this label, and at the field."""
        self.page.get_by_role("alert").get_by_role("link", name=sentence).click()
        field = self.page.get_by_label(label)
        expect(field).to_be_focused()
        expect(field).to_have_accessible_description(re.compile(re.escape(sentence)))
        self.is_sound()

    def menu(self, name: str) -> None:
        """Follow a link of the menu behind one's name."""
        self.page.locator("details.tr-menu summary").click()
        self.link(name)

    def sees(self, text: str) -> None:
        """This text is on the page."""
        expect(self.page.get_by_role("main")).to_contain_text(re.compile(text))

    def shot(self, name: str) -> None:
        """A picture of the window, if pictures are wanted; the page never scrolls sideways."""
        spare = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert spare <= 0, f"{name}: {spare} px too wide at {self.page.url}"
        folder = os.environ.get("TRELLIS_SHOTS")
        if folder:
            self.page.evaluate("document.activeElement && document.activeElement.blur()")
            self.page.evaluate("scrollTo(0, 0)")
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def is_sound(self) -> None:
        """Nothing on the page is hard to reach or to read, neither at a desk nor on a phone."""
        for width in (1280, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            spare = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert (violations(self.page), spare > 0) == ([], False), f"{width} px: {self.page.url}"
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def phone_shot(self, name: str) -> None:
        """The same page on a phone."""
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.shot(name)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def end(self) -> None:
        """Nothing went wrong on the way."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)
