"""The rows that verification reads: at one moment, and also where something is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import ChartLine
from ledger.queries import chain_check, rows
from ledger.rules.checkpoint import plain

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase


def test_a_view_of_one_moment_is_asked_for_where_the_database_needs_it(
    fresh_database: TemplateDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    del fresh_database
    statement = "SELECT 'one moment'"
    monkeypatch.setitem(rows._ONE_SNAPSHOT, connection.vendor, statement)
    with CaptureQueriesContext(connection) as outermost, rows.one_snapshot():
        pass
    assert statement in [query["sql"] for query in outermost]
    with rows.one_snapshot(), CaptureQueriesContext(connection) as within, rows.one_snapshot():
        pass
    assert statement not in [query["sql"] for query in within]


def test_an_event_whose_entry_is_gone_is_still_read() -> None:
    said = [None] * (rows._POSTING - 1)
    missing = [None] * 5
    found = [
        (1, *said, 7, 1, 10, 20, 500, *missing),
        (2, *said, None, None, None, None, None, *missing),
    ]
    first, second = rows._grouped(iter(found), numbers={10: 0, 20: 1})
    assert first["legs"] == [[1, 0, 1, 500]]
    assert second["legs"] == []


def test_on_postgresql_chains_are_asked_for_in_sets_and_not_streamed() -> None:
    assert list(chain_check._STREAMED["postgresql"](None)) == []


def test_what_has_no_one_form_is_not_signed() -> None:
    with pytest.raises(TypeError, match="timedelta has no one form"):
        plain(timedelta(days=1))


@pytest.mark.django_db
def test_a_line_of_the_chart_names_itself() -> None:
    assert str(ChartLine.objects.get(type="B.POOL")) == "B.POOL"
