"""Reports and open data. Of the world: ``grant`` (signed) with its call, and its list frozen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core import documents
from reporting.actions import export
from tests.policy.row import PUBLIC, Row

FINANCE = {"programme_officer", "authorising_officer", "call_finance_officer", "auditor"}
COORDINATOR = {"fund_manager", "finance_officer"}
READERS = FINANCE | COORDINATOR
WITH_RANKING = READERS | {"moderator"}


def _export(world: Any) -> list[Any]:
    """An audit workbook of the grant, made for its finance officer."""
    from tests.policy.world import NOW

    officer = world.people["finance_officer"]
    row = export.ask(
        report="audit-grant",
        subject=str(world.grant.pk),
        nonce=UUID(int=1),
        actor=officer,
        at=NOW,
    )
    row.result = documents.store(
        b"PK", kind="report", name="a.xlsx", media_type=documents.XLSX, actor=officer, at=NOW
    )
    row.save(update_fields=["result"])
    return [row.pk]


ROWS = [
    Row("reporting:export_list", WITH_RANKING),
    Row("reporting:export_make", WITH_RANKING, method="post"),
    Row("reporting:export_job", READERS, arguments=_export),
    Row("reporting:export_file", READERS, arguments=_export),
    Row("reporting:open_data", PUBLIC),
    Row("reporting:open_data_file", PUBLIC, arguments=lambda _world: ["grants"]),
]
