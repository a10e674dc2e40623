from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ledger.queries.invariants import checks
from ledger.rules.kinds import Kind

DOCS = Path(settings.BASE_DIR) / "docs"


def test_the_postings_table_is_what_the_code_has() -> None:
    call_command("document_postings", check=True)
    text = (DOCS / "ledger-postings.md").read_text()
    assert all(f"`{kind}`" in text for kind in Kind)


def test_an_outdated_table_is_noticed_and_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(CommandError, match="out of date"):
        call_command("document_postings", check=True)
    call_command("document_postings")
    call_command("document_postings", check=True)
    written = (tmp_path / "docs" / "ledger-postings.md").read_text()
    assert written == (DOCS / "ledger-postings.md").read_text()


def test_the_page_on_the_ledger_lists_every_check() -> None:
    text = (DOCS / "ledger.md").read_text()
    assert all(f"| {rule} |" in text for rule, _ in checks())
