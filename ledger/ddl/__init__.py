"""What the database keeps of the ledger; the SQL lies beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.ddl import append_only, protect, script, sealed
from ledger.rules.kinds import PAIRS

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def fill(connection: BaseDatabaseWrapper) -> None:
    """Write the closed list of postings as the code has it."""
    from ledger.models import PostingRule  # noqa: PLC0415  models load after this module

    rules = PostingRule.objects.using(connection.alias)
    rules.all().delete()
    rules.bulk_create(
        PostingRule(
            kind=pair.kind,
            debit_type=pair.debit,
            credit_type=pair.credit,
            same_key=pair.same_key,
            phase=pair.phase,
        )
        for pair in PAIRS
    )


append_only("ledger.Book", "ledger.Event", "ledger.Posting", "ledger.Settlement")
protect("ledger.Entry", refused=frozenset({"UPDATE", "DELETE"}), rights="SELECT")
protect(
    "ledger.Account",
    refused=frozenset({"DELETE"}),
    rights="SELECT, INSERT, UPDATE (closed)",
)
sealed("ledger.PostingRule")
script(
    "core.Document",
    "ledger.Book",
    "ledger.Account",
    "ledger.PostingRule",
    "ledger.Event",
    "ledger.Posting",
    "ledger.Entry",
    "ledger.Settlement",
    folder=Path(__file__).parent,
    fill=fill,
)
