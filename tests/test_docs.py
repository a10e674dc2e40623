"""What the documents say about the code is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"`([a-z_]+/[\w/.*-]+|\.ci/\w+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
CITED = re.compile(r"docs/domain\.md,\s+\"([^\"]+)\"(?:\s+and\s+\"([^\"]+)\")?")


def named(document: Path) -> list[str]:
    return FILE.findall(document.read_text())


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    missing = [
        name
        for name in named(document)
        if not name.startswith("var/") and not any(ROOT.glob(name.rstrip("/")))
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_heading_of_the_domain_that_code_cites_exists() -> None:
    domain = (ROOT / "docs" / "domain.md").read_text()
    headings = set(re.findall(r"^## (.+)$", domain, re.MULTILINE))
    headings |= set(re.findall(r"^\d+\. \*\*(.+?)\.?\*\*", domain, re.MULTILINE))
    cited = {
        (file.relative_to(ROOT).as_posix(), " ".join(heading.split()))
        for app in ("core", "parties", "ledger", "grants", "vouchers", "workflows", "reporting")
        for file in (ROOT / app).rglob("*.py")
        for pair in CITED.findall(file.read_text())
        for heading in pair
        if heading
    }
    assert cited
    assert {(file, heading) for file, heading in cited if heading not in headings} == set()
