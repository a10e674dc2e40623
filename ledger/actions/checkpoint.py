"""Checkpoints: what the whole ledger is, signed, chained and sent to people outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import mail
from core.errors import DomainError
from ledger.actions import signing
from ledger.models import Account, Checkpoint, CheckpointHead, CheckpointRow
from ledger.queries import attested
from ledger.queries.checkpoints import last_standings
from ledger.queries.rows import one_snapshot
from ledger.rules import checkpoint
from ledger.rules.chain import microseconds
from ledger.rules.checkpoint import Header, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_TRIES = 25
_BATCH = 1000


def take_checkpoint(*, at: datetime) -> Checkpoint | None:
    """Sign the ledger as it is now and send the root to the auditors.

    When nothing changed since the last checkpoint, that one is returned; None when there is
    nothing yet. Callers at the same time get one checkpoint: the database lets each be
    continued once, and who comes second looks again. Raises ``DomainError`` without a key.
    """
    private = signing.key()
    if private is None:
        raise DomainError(_("No key is set that could sign a checkpoint."))
    for _attempt in range(_TRIES - 1):
        try:
            return _take(private, at=at)
        except IntegrityError:  # somebody else continued the last one meanwhile
            continue
    return _take(private, at=at)


def take_daily(at: datetime) -> int:
    """A checkpoint on each day on which something changed; 1 when it was taken."""
    last = Checkpoint.objects.order_by("-n").first()
    today = timezone.localdate(at)
    if signing.key() is None or (last and timezone.localdate(last.at) >= today):
        return 0
    taken = take_checkpoint(at=at)
    return int(taken is not None and taken != last)


def _take(private: Ed25519PrivateKey, *, at: datetime) -> Checkpoint | None:
    with one_snapshot():
        last = Checkpoint.objects.order_by("-n").first()
        before, seen = last_standings(), set(CheckpointRow.objects.values_list("table", "key"))
        now = {
            code: Standing(version, bytes(head), closed)
            for code, version, head, closed in Account.objects.values_list(
                "code", "version", "head", "closed"
            ).iterator(_BATCH)
        }
        found = list(attested.digests())
        moved = {code: now[code] for code in sorted(now) if now[code] != before.get(code)}
        new = [row for row in found if row[:2] not in seen]
        if not moved and not new:
            return last
        header = Header(
            n=last.n + 1 if last else 1,
            at_us=microseconds(at),
            prev_root=bytes(last.root) if last else checkpoint.NOTHING,
            public_key=signing.public(private),
            entries=sum(standing.version for standing in now.values()),
        )
        _keep_what_is_new(header.n, moved=moved, rows=new)
        root = checkpoint.root(
            header,
            leaves=[checkpoint.leaf(code, standing) for code, standing in now.items()],
            rows=[digest for _table, _key, digest in found],
        )
        taken = _signed(header, root=root, private=private, at=at, counts=(len(now), len(found)))
        send(taken, at=at)
        return taken


def _keep_what_is_new(
    n: int, *, moved: dict[str, Standing], rows: list[tuple[str, str, bytes]]
) -> None:
    CheckpointHead.objects.bulk_create(
        [
            CheckpointHead(
                checkpoint_id=n, code=code, version=it.version, head=it.head, closed=it.closed
            )
            for code, it in moved.items()
        ],
        batch_size=_BATCH,
    )
    CheckpointRow.objects.bulk_create(
        [
            CheckpointRow(checkpoint_id=n, table=table, key=key, digest=digest)
            for table, key, digest in rows
        ],
        batch_size=_BATCH,
    )


def _signed(
    header: Header,
    *,
    root: bytes,
    private: Ed25519PrivateKey,
    at: datetime,
    counts: tuple[int, int],
) -> Checkpoint:
    return Checkpoint.objects.create(
        n=header.n,
        at=at,
        accounts=counts[0],
        entries=header.entries,
        rows=counts[1],
        prev_root=header.prev_root,
        root=root,
        public_key=header.public_key,
        signature=private.sign(checkpoint.SIGNED + root),
    )


def send(taken: Checkpoint, *, at: datetime) -> None:
    """Mail the root to every address in ``LEDGER_AUDITORS``: whoever holds it can prove later."""
    for address in settings.LEDGER_AUDITORS:
        mail.send(
            address,
            subject=_("Checkpoint %(n)s of the ledger") % {"n": taken.n},
            template="mail/ledger/checkpoint",
            context={
                "checkpoint": taken,
                "root": bytes(taken.root).hex(),
                "before": bytes(taken.prev_root).hex(),
                "fingerprint": signing.fingerprint(bytes(taken.public_key)),
            },
            key=f"ledger-checkpoint:{taken.n}:{address}",
            at=at,
        )
