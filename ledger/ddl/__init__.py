"""What the database keeps of the ledger; the SQL lies beside this file, by topic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.ddl import append_only, protect, script, sealed
from ledger.rules.chart import CHART
from ledger.rules.kinds import PAIRS, TWO_PERSONS

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from ledger.models import ChartLine, PostingRule

_HERE = Path(__file__).parent
_TABLES = (
    "core.Document",
    "ledger.Book",
    "ledger.ChartLine",
    "ledger.PostingRule",
    "ledger.Account",
    "ledger.Event",
    "ledger.Posting",
    "ledger.Entry",
    "ledger.Settlement",
)


def fill(connection: BaseDatabaseWrapper) -> None:
    """Write the chart of accounts and the closed list of postings as the code has them."""
    from ledger.models import ChartLine, PostingRule  # noqa: PLC0415  models load after this module

    lines = ChartLine.objects.using(connection.alias)
    rules = PostingRule.objects.using(connection.alias)
    lines.all().delete()
    lines.bulk_create(chart_lines())
    rules.all().delete()
    rules.bulk_create(closed_list())


def chart_lines() -> list[ChartLine]:
    """The chart as rows."""
    from ledger.models import ChartLine  # noqa: PLC0415  models load after this module

    return [
        ChartLine(type=type_, normal=spec.normal, min_balance=spec.floor, is_keyed=bool(spec.key))
        for type_, spec in CHART.items()
    ]


def closed_list() -> list[PostingRule]:
    """The closed list as rows."""
    from ledger.models import PostingRule  # noqa: PLC0415  models load after this module

    return [
        PostingRule(
            kind=pair.kind,
            debit_type=pair.debit,
            credit_type=pair.credit,
            same_key=pair.same_key,
            two_persons=pair.kind in TWO_PERSONS,
            phase=pair.phase,
            ties=" ".join(pair.ties),
            mirror_ties=" ".join(pair.mirror_ties),
        )
        for pair in PAIRS
    ]


append_only("ledger.Aid", "ledger.AidHolder", "ledger.AidMember")
append_only("ledger.Book", "ledger.Event", "ledger.Settlement")
for _written_by_the_database in ("ledger.Posting", "ledger.Entry"):
    protect(_written_by_the_database, refused=frozenset({"UPDATE", "DELETE"}), rights="SELECT")
protect("ledger.Account", refused=frozenset({"DELETE"}), rights="SELECT, UPDATE (closed)")
protect("core.Person", refused=frozenset({"DELETE"}), rights="SELECT, INSERT, UPDATE")
sealed("ledger.ChartLine", "ledger.PostingRule")
script(*_TABLES, folder=_HERE / "events", fill=fill)
script(*_TABLES, folder=_HERE / "settlements")
append_only("ledger.Period", "ledger.BankBalance")
protect("ledger.Snapshot", refused=frozenset({"UPDATE", "DELETE"}), rights="SELECT")
script(
    *_TABLES,
    "ledger.Period",
    "ledger.Snapshot",
    "ledger.BankBalance",
    folder=_HERE / "periods",
)
append_only("ledger.Checkpoint", "ledger.CheckpointHead", "ledger.CheckpointRow")
script(
    "ledger.Checkpoint",
    "ledger.CheckpointHead",
    "ledger.CheckpointRow",
    folder=_HERE / "checkpoint",
)
script(
    "core.Document",
    "ledger.Event",
    "ledger.AidHolder",
    "ledger.AidMember",
    "ledger.Aid",
    folder=_HERE / "aid",
)
