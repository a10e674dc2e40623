"""The two SQL functions of the chain, for SQLite. PostgreSQL has them in ``ddl``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from core.backends.sqlite3.functions import register
from ledger.rules import chain


def genesis(code: str, type: str, normal: int, floor: int | None, book_code: str) -> bytes:  # noqa: A002  own word
    return chain.genesis(code, type, normal=normal, floor=floor, book_code=book_code)


def link(  # noqa: PLR0917  SQL passes columns by position
    head: bytes,
    idem: str,
    leg_no: int,
    account_code: str,
    seq: int,
    amount: int,
    balance_after: int,
    effective_on: str,
    recorded_at: str,
    kind: str,
    actor: str,
    approver: str | None,
    payload_sha256: str,
    document_sha256: str,
) -> bytes:
    """Columns as Django writes them on SQLite: UUIDs in hex, times in UTC without a zone."""
    recorded = datetime.fromisoformat(recorded_at).replace(tzinfo=UTC)
    signed = chain.Signed(
        idem=UUID(idem),
        leg_no=leg_no,
        account_code=account_code,
        seq=seq,
        amount=amount,
        balance_after=balance_after,
        effective_on=date.fromisoformat(effective_on),
        recorded_us=chain.microseconds(recorded),
        kind=kind,
        actor=UUID(actor),
        approver=UUID(approver) if approver else None,
        payload_sha256=payload_sha256,
        document_sha256=document_sha256,
    )
    return chain.link(head, signed)


register("ledger_genesis", arguments=5, function=genesis)
register("ledger_link", arguments=14, function=link)
