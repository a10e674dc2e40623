"""A database in a file; in memory there is nothing to write ahead."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL always does")
def test_a_file_is_written_ahead_and_to_the_disk(fresh_database: object) -> None:
    del fresh_database
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
