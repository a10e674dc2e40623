"""What axe-core finds on a page that a browser shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "vendor" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the first place where it is; evaluated past the policy."""
    page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
    )
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found]
