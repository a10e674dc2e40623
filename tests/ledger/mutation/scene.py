"""Books in which every refusal of the database can be provoked, made once for all mutants."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ledger import api
from ledger.models import Event
from ledger.rules import chain
from ledger.rules.chart import AccountType as T
from ledger.rules.chart import code_of
from tests.factories.ledger import AT, DAY, Desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = tuple[Any, ...]
CLOSED = "closed"


@dataclass
class Scene:
    """``desk``: a voucher of 500 000 with an advance of 100 000 under claim, and a closed call.

    ``ready``: S = 500 000 and C = 200 000, nothing open, not settled. ``settled``: the same,
    settled twice. ``mistaken``: an event that was taken back.
    """

    desk: Desk
    ready: Desk
    settled: Desk
    mistaken: Event

    @classmethod
    def make(cls) -> Scene:
        desk = stories.with_voucher(amount=500_000)
        stories.order_advance(desk, amount=100_000)
        stories.claim(desk, claimed=100_000, advance=100_000)
        for kind, pair, keys in (
            (K.SME_CALL_OPENED, (T.POOL, T.CALL), ("", CLOSED)),
            (K.SME_CALL_DONE, (T.CALL, T.POOL), (CLOSED, "")),
        ):
            desk.move(kind, pair, 9, keys=keys)
        api.close([api.AccountRef(desk.book.pk, T.CALL, CLOSED)])
        ready = stories.settled(support=500_000, coordination=200_000)
        settled = stories.settled(support=500_000, coordination=100)
        stories.settle(settled)
        stories.settle(settled, grant_max=9_000_000)
        mistaken = desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 70)
        cls._taken_back(desk, mistaken)
        cls._taken_back(desk, desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 71))
        return cls(desk, ready, settled, mistaken)

    @staticmethod
    def _taken_back(desk: Desk, event: Event) -> None:
        api.reverse(
            event,
            idem=uuid.uuid4(),
            document=desk.paper,
            effective_on=DAY,
            actor=desk.actor,
            approver=desk.approver,
            at=AT,
        )


def an_event(desk: Desk, kind: str, lines: Sequence[Line], **changed: object) -> Event:
    """A row as the program would make it, of legs that it would not; then with ``changed``."""
    reverses = changed.get("reverses")
    row = {
        "idem": uuid.uuid4(),
        "book": desk.book,
        "kind": kind,
        "document_id": desk.paper.pk,
        "effective_on": DAY,
        "at": AT,
        "recorded_at": datetime(2099, 1, 1, tzinfo=UTC),
        "actor_id": desk.actor.pk,
        "approver_id": desk.approver.pk,
        "legs": len(lines),
        "lines": [list(line) for line in lines],
        "payload_sha256": _payload(desk, kind, lines, reverses),  # type: ignore[arg-type]  # an Event, or nothing
    }
    return Event(**{**row, **changed})


def _payload(desk: Desk, kind: str, lines: Sequence[Line], reverses: Event | None) -> str:
    if any(type(line[4]) is not int or abs(line[4]) >= 2**63 for line in lines):
        return "ab" * 32
    code = desk.book.code
    return chain.payload(
        kind,
        document_sha256=desk.paper.sha256,
        effective_on=DAY,
        legs=((code_of(code, d, f), code_of(code, c, t), x) for d, f, c, t, x in lines),
        reverses=reverses.idem if reverses else None,
    )


def a_fresh_desk() -> Desk:
    return an_awarded_desk(grant=10_000_000)
