"""The SQL functions of the chain, for SQLite. PostgreSQL has them in ``ddl``.

Columns come as Django writes them there: UUIDs in hex, times in UTC without a zone.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from core.backends.sqlite3.functions import register
from ledger.rules import chain
from ledger.rules.chart import code_of


def genesis(code: str, type: str, normal: int, floor: int | None, book_code: str) -> bytes:  # noqa: A002  own word
    return chain.genesis(code, type, normal=normal, floor=floor, book_code=book_code)


def payload(
    kind: str,
    document_sha256: str,
    effective_on: str,
    reverses: str | None,
    book_code: str,
    lines: str,
) -> str:
    return chain.payload(
        kind,
        document_sha256=document_sha256,
        effective_on=date.fromisoformat(effective_on),
        legs=(
            (code_of(book_code, debit, debit_key), code_of(book_code, credit, credit_key), cents)
            for debit, debit_key, credit, credit_key, cents in json.loads(lines)
        ),
        reverses=UUID(reverses) if reverses else None,
    )


@lru_cache(maxsize=4)
def digest(  # noqa: PLR0917  SQL passes columns by position
    idem: str,
    kind: str,
    document_sha256: str,
    effective_on: str,
    at: str,
    recorded_at: str,
    actor: str,
    approver: str | None,
    payload_sha256: str,
) -> bytes:
    """Asked again for each entry of an event, hence the cache."""
    signed = chain.Signed(
        idem=UUID(idem),
        kind=kind,
        document_sha256=document_sha256,
        effective_on=date.fromisoformat(effective_on),
        at_us=_microseconds(at),
        recorded_us=_microseconds(recorded_at),
        actor=UUID(actor),
        approver=UUID(approver) if approver else None,
        payload_sha256=payload_sha256,
    )
    return chain.event_digest(signed)


def _microseconds(text: str) -> int:
    return chain.microseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))


register("ledger_genesis", arguments=5, function=genesis)
register("ledger_payload", arguments=6, function=payload)
register("ledger_digest", arguments=9, function=digest)
register("ledger_link", arguments=6, function=chain.link)
