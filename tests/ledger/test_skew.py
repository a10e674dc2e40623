"""Two events that read each other's accounts and share none: one waits for the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection

from ledger.rules.chart import AccountType as T
from tests.ledger import stories
from tests.ledger.mutation.scene import an_event
from tests.ledger.stories import K

if TYPE_CHECKING:
    from tests.databases import TemplateDatabase
    from tests.factories.ledger import Desk

INSERT = """
INSERT INTO ledger_event (idem, book_id, kind, document_id, effective_on, at, recorded_at, actor_id,
  approver_id, legs, lines, payload_sha256)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def send(raw: Any, desk: Desk, kind: str, line: tuple[str, str, str, str, int]) -> None:
    event = an_event(desk, kind, [line])
    raw.execute("BEGIN")
    raw.execute("SET LOCAL lock_timeout = '500ms'")
    raw.execute(
        INSERT,
        [
            event.idem,
            event.book.pk,
            event.kind,
            event.document_id,
            event.effective_on,
            event.at,
            event.recorded_at,
            event.actor_id,
            event.approver_id,
            1,
            json.dumps(event.lines),
            event.payload_sha256,
        ],
    )


@pytest.mark.postgres
def test_what_is_spent_and_what_was_accepted_are_not_moved_side_by_side(
    fresh_database: TemplateDatabase,
) -> None:
    """Either alone is lawful; both together would leave more spent than was accepted."""
    desk = stories.settled(support=500_000, coordination=0)
    desk.move(K.CLAWED_BACK, (T.SREC, T.SEXP), 100, keys=(stories.SME, ""))
    connection.close()
    first, second = fresh_database.application(), fresh_database.application()
    try:
        send(first, desk, K.CLAIM_CERTIFIED, (T.SEXP, "", T.SPAY, stories.SME, 100))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            send(second, desk, K.CLAWED_BACK, (T.SACC, "", T.POOL, "", 100))
        first.execute("COMMIT")
    finally:
        first.close()
        second.close()
    assert desk.balance(T.SEXP) == desk.balance(T.SACC) == 500_000
