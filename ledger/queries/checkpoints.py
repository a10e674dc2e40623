"""What the checkpoints say, and whether it still holds."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.models import Checkpoint, CheckpointHead, CheckpointRow
from ledger.queries import attested
from ledger.rules import checkpoint
from ledger.rules.chain import microseconds
from ledger.rules.checkpoint import Header, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 2000


def last_standings() -> dict[str, Standing]:
    """Every account as the last checkpoint saw it, by code."""
    rows = CheckpointHead.objects.order_by("checkpoint_id").values_list(
        "code", "version", "head", "closed"
    )
    return {
        code: Standing(version, bytes(head), closed)
        for code, version, head, closed in rows.iterator(_CHUNK)
    }


def faults(held: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Rule and subject of each checkpoint that does not hold, and of each root not found.

    ``held``: roots in hex that somebody outside was sent.
    """
    roots = set(held)
    for subject in (*_roots(roots), *_rows()):
        yield "I20", subject
    for root in sorted(roots):
        yield "I20", f"the root you hold is not among the checkpoints: {root}"


def _roots(held: set[str]) -> Iterator[str]:
    """Recompute each root from the heads and digests that came with it and before."""
    leaves: dict[str, bytes] = {}
    digests: list[bytes] = []
    heads, rows = _by_checkpoint(_heads()), _by_checkpoint(_digests())
    before = (0, checkpoint.NOTHING)
    for row in Checkpoint.objects.order_by("n"):
        leaves |= {code: checkpoint.leaf(code, standing) for code, standing in heads.pop(row.n, ())}
        digests += [digest for (digest,) in rows.pop(row.n, ())]
        yield from _one(row, before=before, leaves=leaves, digests=digests)
        before = (row.n, bytes(row.root))
        held.discard(bytes(row.root).hex())
    for n in sorted({*heads, *rows}):
        yield f"checkpoint {n} is gone"


def _one(
    row: Checkpoint, *, before: tuple[int, bytes], leaves: dict[str, bytes], digests: list[bytes]
) -> Iterator[str]:
    root, key = bytes(row.root), bytes(row.public_key)
    if (row.n, bytes(row.prev_root)) != (before[0] + 1, before[1]):
        yield f"checkpoint {row.n} does not continue the one before"
    header = Header(row.n, microseconds(row.at), before[1], key, row.entries)
    counts = (row.accounts, row.rows) == (len(leaves), len(digests))
    if not counts or checkpoint.root(header, leaves=leaves.values(), rows=digests) != root:
        yield f"checkpoint {row.n}: its root is not of what it saw"
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(
            bytes(row.signature), checkpoint.SIGNED + root
        )
    except (InvalidSignature, ValueError):
        yield f"checkpoint {row.n}: it is not signed by its key"


def _rows() -> Iterator[str]:
    """Rows of other tables that are not as the checkpoint saw them."""
    now = {(table, key): digest for table, key, digest in attested.digests()}
    seen = CheckpointRow.objects.order_by("pk").values_list(
        "checkpoint_id", "table", "key", "digest"
    )
    for n, table, key, digest in seen.iterator(_CHUNK):
        if now.get((table, key)) != bytes(digest):
            yield f"{table} {key}: not what checkpoint {n} saw"


def _heads() -> Iterator[tuple[Any, ...]]:
    rows = CheckpointHead.objects.order_by("checkpoint_id").values_list(
        "checkpoint_id", "code", "version", "head", "closed"
    )
    for n, code, version, head, closed in rows.iterator(_CHUNK):
        yield n, code, Standing(version, bytes(head), closed)


def _digests() -> Iterator[tuple[Any, ...]]:
    rows = CheckpointRow.objects.order_by("checkpoint_id").values_list("checkpoint_id", "digest")
    for n, digest in rows.iterator(_CHUNK):
        yield n, bytes(digest)


def _by_checkpoint(rows: Iterator[tuple[Any, ...]]) -> dict[int, list[Any]]:
    return {n: [row[1:] for row in group] for n, group in groupby(rows, itemgetter(0))}
