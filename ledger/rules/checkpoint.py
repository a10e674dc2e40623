"""What a checkpoint signs: the head of every account and every row that no chain covers.

The same bytes on every database and in the verifier. An account enters as the hash of its
code, another row as the hash of its canonical line; both are ordered by these bytes, so that
neither serial ids nor a database's collation matter.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.rules.chain import microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOTHING = bytes(32)
"""The root before the first checkpoint."""
SIGNED = b"trellis ledger checkpoint\n"
"""What is signed is this and the root: no other use of the key makes the same bytes."""
_LEAF = struct.Struct(">32sq32s?")
_ROOT = struct.Struct(">32sqqqqq32s")


@dataclass(frozen=True, slots=True)
class Standing:
    """An account at a checkpoint: number and hash of its last entry."""

    version: int
    head: bytes
    closed: bool


@dataclass(frozen=True, slots=True)
class Header:
    """``at_us`` is product time in microseconds since 1970, UTC."""

    n: int
    at_us: int
    prev_root: bytes
    public_key: bytes
    entries: int


def leaf(code: str, standing: Standing) -> bytes:
    """73 bytes of one account, beginning with the hash of its code."""
    name = sha256(code.encode()).digest()
    return _LEAF.pack(name, standing.version, standing.head, standing.closed)


def root(header: Header, *, leaves: Iterable[bytes], rows: Iterable[bytes]) -> bytes:
    """SHA-256 over the header, all accounts and the digests of all other rows, in byte order."""
    accounts, digests = sorted(leaves), sorted(rows)
    head = _ROOT.pack(
        header.prev_root,
        header.n,
        header.at_us,
        len(accounts),
        header.entries,
        len(digests),
        header.public_key,
    )
    return sha256(b"".join([head, *accounts, *digests])).digest()


def row_digest(table: str, row: str) -> bytes:
    """SHA-256 of the table's name and the row's canonical line."""
    return sha256(f"{table}\n{row}".encode()).digest()


def line(row: Mapping[str, object]) -> str:
    """One row as JSON: keys in order, no spaces, no escapes but those of JSON in ASCII."""
    return dumps({name: plain(value) for name, value in row.items()})


def dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def plain(value: object) -> object:
    """UUIDs and bytes in hex, instants in microseconds since 1970, days as 2026-01-31."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return microseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if value is not None and not isinstance(value, str | int):
        raise TypeError(f"{type(value).__name__} has no one form that could be signed")
    return value
