"""The hash chain: what each event and each of its entries sign, byte for byte.

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
    from collections.abc import Iterable
    from uuid import UUID

_EPOCH_DAY = date(2000, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY = bytes(16)
_GENESIS = struct.Struct(">32s32sbq32s")
_REQUEST = struct.Struct(">32s32si16s")
_LEG = struct.Struct(">32s32sq")
_EVENT = struct.Struct(">16s32s32siqq16s16s32s")
_ENTRY = struct.Struct(">32s32siqqq")
_UNBOUNDED = -(2**63)


def _name(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _day(day: date) -> int:
    return (day - _EPOCH_DAY).days


def microseconds(instant: datetime) -> int:
    """Since 1970-01-01 UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Signed:
    """What an event says of itself; its legs are in ``payload_sha256``. Times in µs, UTC."""

    idem: UUID
    kind: str
    document_sha256: str
    effective_on: date
    at_us: int
    recorded_us: int
    actor: UUID
    approver: UUID | None
    payload_sha256: str


def genesis(code: str, type: str, *, normal: int, floor: int | None, book_code: str) -> bytes:  # noqa: A002  own word
    """The first head of an account: what it is, before anything is posted to it."""
    bound = _UNBOUNDED if floor is None else floor
    return sha256(_GENESIS.pack(_name(code), _name(type), normal, bound, _name(book_code))).digest()


def payload(
    kind: str,
    *,
    document_sha256: str,
    effective_on: date,
    legs: Iterable[tuple[str, str, int]],
    reverses: UUID | None = None,
) -> str:
    """SHA-256 (hex) of what was asked; two requests with one key must agree on it.

    ``legs``: debit code, credit code, cents. ``reverses``: the key of the event it takes back.
    """
    undone = reverses.bytes if reverses else _NOBODY
    head = _REQUEST.pack(_name(kind), bytes.fromhex(document_sha256), _day(effective_on), undone)
    digest = sha256(head)
    for debit, credit, amount in legs:
        digest.update(_LEG.pack(_name(debit), _name(credit), amount))
    return digest.hexdigest()


def event_digest(signed: Signed) -> bytes:
    """SHA-256 of everything an event says; each of its entries signs it."""
    return sha256(
        _EVENT.pack(
            signed.idem.bytes,
            _name(signed.kind),
            bytes.fromhex(signed.document_sha256),
            _day(signed.effective_on),
            signed.at_us,
            signed.recorded_us,
            signed.actor.bytes,
            signed.approver.bytes if signed.approver else _NOBODY,
            bytes.fromhex(signed.payload_sha256),
        )
    ).digest()


def link(
    head: bytes, digest: bytes, leg_no: int, seq: int, amount: int, balance_after: int
) -> bytes:
    """The head after an entry; the head before says whose account it is. + debit, - credit."""
    return sha256(_ENTRY.pack(head, digest, leg_no, seq, amount, balance_after)).digest()
