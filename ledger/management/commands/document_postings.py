"""Writes docs/ledger-postings.md from the closed list that the database keeps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ledger.models.account import WORDS
from ledger.rules.chart import CHART
from ledger.rules.kinds import PAIRS, TWO_PERSONS, Phase

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

_HEAD = """# The ledger's accounts and postings

Written by `./run manage document_postings` from `ledger/rules/chart.py` and
`ledger/rules/kinds.py`; a test compares. What it means: [ledger.md](ledger.md).
"""
_PHASE = {
    Phase.ANY: "always",
    Phase.OPEN: "until the grant is settled",
    Phase.SETTLED: "after the grant is settled",
}


def page() -> str:
    """The whole document."""
    return "\n".join([_HEAD, *_accounts(), "", *_postings(), ""])


def _accounts() -> Iterator[str]:
    yield "## Accounts\n"
    yield "Each set balances by itself. `[…]`: one account per record of that kind.\n"
    yield "| account | what it holds | increased by | never below |"
    yield "|---|---|---|---|"
    for kind, spec in CHART.items():
        key = f"[{spec.key}]" if spec.key else ""
        floor = "(control)" if spec.floor is None else spec.floor
        yield f"| `{kind}{key}` | {WORDS[kind]} | {spec.side} | {floor} |"


def _postings() -> Iterator[str]:
    yield "## Postings\n"
    yield "The pairs of one kind are posted together, or none of them is. 👥: the approver is"
    yield "another person than the one who records it.\n"
    yield "| row | kind | debit | credit | when |"
    yield "|---|---|---|---|---|"
    for pair in PAIRS:
        two = " 👥" if pair.kind in TWO_PERSONS else ""
        same = " (the same)" if pair.same_key else ""
        yield (
            f"| {pair.row} | `{pair.kind}`{two} | `{pair.debit}` | `{pair.credit}`{same}"
            f" | {_PHASE[pair.phase]} |"
        )
    yield "| – | `reversal` 👥 | the mirror of one event, once | | as its event could be |"


class Command(BaseCommand):
    help = "Write docs/ledger-postings.md; with --check, only say whether it is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *_args: object, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "ledger-postings.md"
        if not options["check"]:
            path.write_text(page())
        elif not path.exists() or path.read_text() != page():
            raise CommandError(f"{path.name} is out of date: run document_postings.")
