"""Every table of the ledger is signed by a checkpoint, or is known to need no signature."""

from __future__ import annotations

import pytest
from django.apps import apps

from ledger.queries.attested import TABLES

CHAINED = {"Account", "Entry", "Event", "Posting"}
OF_THE_CODE = {"ChartLine", "PostingRule"}
OF_CHECKPOINTS = {"Checkpoint", "CheckpointHead", "CheckpointRow"}
NAMED_BY_OTHERS = {"AidHolder"}


def test_no_table_is_forgotten() -> None:
    names = {model.__name__ for model in apps.get_app_config("ledger").get_models()}
    signed = {apps.get_model(table.label).__name__ for table in TABLES.values()}
    assert names == signed | CHAINED | OF_THE_CODE | OF_CHECKPOINTS | NAMED_BY_OTHERS


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLES)
def test_its_rows_can_be_read(name: str) -> None:
    assert list(TABLES[name].rows()) == []
