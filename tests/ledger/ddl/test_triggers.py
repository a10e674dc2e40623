"""Which triggers and rights are installed, by hand: a lost one must be missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection

from core.ddl.installer import changing_schema, expected_triggers, install, triggers
from ledger.models import ChartLine, PostingRule
from ledger.rules.chart import CHART
from ledger.rules.kinds import PAIRS

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase

OWN = {
    "ledger_account_guard",
    "ledger_book_open",
    "ledger_checkpoint_guard",
    "ledger_checkpointhead_guard",
    "ledger_checkpointrow_guard",
    "ledger_aid_guard",
    "ledger_aidholder_open",
    "ledger_aidmember_follow",
    "ledger_aidmember_guard",
    "ledger_entry_guard",
    "ledger_event_period",
    "ledger_period_apply",
    "ledger_period_guard",
    "ledger_posting_guard",
    "ledger_settlement_guard",
}
ON_SQLITE = {
    "ledger_account_open",
    "ledger_bankbalance_guard",
    "ledger_entry_apply",
    "ledger_event_apply",
    "ledger_event_guard",
    "ledger_posting_apply",
    "ledger_snapshot_guard",
}
ON_POSTGRESQL = {"ledger_event_many", "ledger_event_one", "ledger_posting_has_event"}
APPEND_ONLY = (
    "aid",
    "aidholder",
    "aidmember",
    "bankbalance",
    "book",
    "checkpoint",
    "checkpointhead",
    "checkpointrow",
    "entry",
    "event",
    "period",
    "posting",
    "settlement",
    "snapshot",
)
SEALED = ("chartline", "postingrule")


@pytest.mark.django_db
def test_the_ledger_has_exactly_these_triggers() -> None:
    expected = OWN | {
        f"ledger_{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")
    }
    for table in SEALED:
        expected |= {f"ledger_{table}_no_{verb}" for verb in ("insert", "update", "delete")}
    expected |= {"ledger_account_no_delete"}
    if connection.vendor == "sqlite":
        expected |= {f"ledger_{table}_no_replace" for table in (*APPEND_ONLY, "account")}
        expected |= ON_SQLITE
    else:
        tables = (*APPEND_ONLY, *SEALED, "account")
        expected |= ON_POSTGRESQL
        expected |= {f"ledger_{table}_no_truncate" for table in tables}
    assert {name for name in triggers(connection) if name.startswith("ledger_")} == expected


@pytest.mark.django_db
def test_every_trigger_of_the_code_is_in_the_database_and_no_other() -> None:
    assert triggers(connection) == expected_triggers(connection)


@pytest.mark.django_db
def test_documents_and_every_history_are_append_only() -> None:
    installed = triggers(connection)
    for table in ("core_document", "parties_bankaccounttransition"):
        assert {f"{table}_no_update", f"{table}_no_delete"} <= installed


@pytest.mark.django_db
def test_the_database_has_the_closed_list_of_the_code() -> None:
    rules = PostingRule.objects.values_list(
        "kind", "debit_type", "credit_type", "same_key", "phase"
    )
    assert set(rules) == {(p.kind, p.debit, p.credit, p.same_key, p.phase) for p in PAIRS}
    lines = ChartLine.objects.values_list("type", "normal", "min_balance", "is_keyed")
    assert set(lines) == {(t, s.normal, s.floor, bool(s.key)) for t, s in CHART.items()}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests' role does not install")
def test_installing_again_restores_a_lost_trigger_and_changes_nothing_else() -> None:
    before = triggers(connection)
    with changing_schema(connection), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_guard")
    assert triggers(connection) == before - {"ledger_entry_guard"}
    install("default")
    assert triggers(connection) == before
    assert PostingRule.objects.count() == len(PAIRS)


def test_migrate_installs_them_afterwards(fresh_database: TemplateDatabase) -> None:
    del fresh_database
    if connection.vendor != "sqlite":
        pytest.skip("the tests' role may not migrate")
    before = triggers(connection)
    with changing_schema(connection), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_guard")
    call_command("migrate", verbosity=0, run_syncdb=True)
    assert triggers(connection) == before
