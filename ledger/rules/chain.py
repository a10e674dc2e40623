"""The hash chain: what each entry of an account signs, byte for byte.

Fixed width, big-endian, the same on every database and in an independent verifier. Names of
varying length enter as their own SHA-256. No serial id enters: databases number differently.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

_EPOCH_DAY = date(2000, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY = bytes(16)
_GENESIS = struct.Struct(">32s32sbq32s")
_ENTRY = struct.Struct(">32s16si32sqqqiq32s16s16s32s32s")
_UNBOUNDED = -(2**63)


def _name(text: str) -> bytes:
    return sha256(text.encode()).digest()


def microseconds(instant: datetime) -> int:
    """Since 1970-01-01 UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Signed:
    """What one entry says, apart from the head before it. Amount: + debit, - credit."""

    idem: UUID
    leg_no: int
    account_code: str
    seq: int
    amount: int
    balance_after: int
    effective_on: date
    recorded_us: int
    kind: str
    actor: UUID
    approver: UUID | None
    payload_sha256: str
    document_sha256: str


def genesis(code: str, type: str, *, normal: int, floor: int | None, book_code: str) -> bytes:  # noqa: A002  own word
    """The first head of an account: what it is, before anything is posted to it."""
    bound = _UNBOUNDED if floor is None else floor
    return sha256(_GENESIS.pack(_name(code), _name(type), normal, bound, _name(book_code))).digest()


def link(head: bytes, signed: Signed) -> bytes:
    """The head after ``signed``: SHA-256 over 248 bytes beginning with the head before."""
    return sha256(
        _ENTRY.pack(
            head,
            signed.idem.bytes,
            signed.leg_no,
            _name(signed.account_code),
            signed.seq,
            signed.amount,
            signed.balance_after,
            (signed.effective_on - _EPOCH_DAY).days,
            signed.recorded_us,
            _name(signed.kind),
            signed.actor.bytes,
            signed.approver.bytes if signed.approver else _NOBODY,
            bytes.fromhex(signed.payload_sha256),
            bytes.fromhex(signed.document_sha256),
        )
    ).digest()


def payload(
    kind: str, *, document_sha256: str, effective_on: date, legs: list[tuple[str, str, int]]
) -> str:
    """SHA-256 (hex) of what an event says; two requests with one key must agree on it.

    ``legs``: debit code, credit code, cents.
    """
    digest = sha256(_name(kind) + bytes.fromhex(document_sha256))
    digest.update((effective_on - _EPOCH_DAY).days.to_bytes(4, "big", signed=True))
    for debit, credit, amount in legs:
        digest.update(_name(debit) + _name(credit) + amount.to_bytes(8, "big"))
    return digest.hexdigest()
