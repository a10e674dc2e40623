"""Events that the database must refuse, each with the reason it must give."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from ledger.models import Event
from ledger.rules.chart import AccountType as T
from tests.ledger import stories
from tests.ledger.mutation.scene import CLOSED, Line, Scene, an_event
from tests.ledger.mutation.schema import INCOME, SQLITE
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.factories.ledger import Desk


@dataclass(frozen=True)
class Attack:
    """``reason`` is part of what the database must say. ``without``: SQL that the owner runs first.

    With it a second line of defence is shown alone, once the first is gone.
    """

    name: str
    reason: str
    run: Callable[[Scene], object]
    without: tuple[str, ...] = ()
    by_owner: bool = False


CENTS = "a leg is two accounts and whole cents"
PEOPLE = "an event has its document and its people"
CHART = "the chart has no such account"
USED = "this key has been used"
PHASE = "the grant is settled, or not yet"
LIST = "the closed list does not allow this posting"
TWO = "two persons answer for this"
ONCE = "head-room is opened once"
PAYLOAD = "the payload is not of these legs"
SHUT = "the account is closed"
FLOOR = "the account would fall below its floor"
MIRROR = "a reversal is the mirror of its event"
NEVER = "an event of this kind is not taken back"
EARMARK = "the SME share of the grant would fall short"
SPLIT = "split the grant before using it"
SPENT = "spent is what was accepted"
ADVANCE = "an advance is part of its voucher"
HEADROOM = "head-room is what the use leaves of the cap"
HAND = "only an event moves money"

CALL, V, G, SME = stories.CALL, stories.VOUCHER, stories.GROUP, stories.SME
OPEN: Line = (T.POOL, "", T.CALL, CALL, 1)
IN: Line = (T.BANK, "", T.PREFIN, "", 1)
AWARD: Line = (T.CALL, CALL, T.RESV, "a2", 1)
PAY: Line = (T.SPAY, SME, T.BANK, "", 1)


def insert(
    kind: str, *lines: Line, who: str = "desk", **changed: object
) -> Callable[[Scene], object]:
    def run(scene: Scene) -> None:
        desk: Desk = getattr(scene, who)
        an_event(desk, kind, lines, **changed).save(force_insert=True)

    return run


def one_and_many(
    name: str, reason: str, kind: str, bad: Line, good: Line, **changed: Any
) -> Iterator[Attack]:
    """The same leg alone, and after one that is lawful."""
    yield Attack(f"{name}", reason, insert(kind, bad, **changed))
    yield Attack(f"{name}, after another leg", reason, insert(kind, good, bad, **changed))


def events() -> Iterator[Attack]:
    for cents in (0, -1, 10**13 + 1, 1.5, "1", 2**63):
        bad, reason = (*IN[:4], cents), CENTS
        if cents == 2**63 and not SQLITE:
            reason = "out of range"
        yield from one_and_many(f"{cents!r} cents", reason, K.PREFINANCING, bad, IN)
    yield Attack("two legs said, one sent", CENTS, insert(K.PREFINANCING, IN, legs=2))
    yield Attack("one leg said, two sent", CENTS, insert(K.PREFINANCING, IN, IN, legs=1))
    for what in ("document_id", "actor_id", "approver_id"):
        nobody = {what: uuid.uuid4()}
        yield from one_and_many(f"no such {what}", PEOPLE, K.PREFINANCING, IN, IN, **nobody)
    for bad in ((T.POOL, "", T.CALL, "", 1), (T.POOL, "x", T.CALL, CALL, 1)):
        yield from one_and_many("an account without its key", CHART, K.SME_CALL_OPENED, bad, OPEN)
    yield from one_and_many(
        "coordination from the pool", LIST, K.COORDINATION_CLAIMED, (T.POOL, "", T.CCLAIM, "", 1),
        (T.COORD, "", T.CCLAIM, "", 1),
    )  # fmt: skip
    yield from one_and_many(
        "another voucher's value", LIST, K.CLAIM_SUBMITTED, (T.VCH, V, T.CLAIM, "v2", 1),
        (T.VCH, V, T.CLAIM, V, 1),
    )  # fmt: skip
    early = (T.BANK, "", T.EUREC, "", 1)
    yield from one_and_many("too early", PHASE, K.BALANCE_RECEIVED, early, early)
    yield from one_and_many("too late", PHASE, K.PREFINANCING, IN, IN, who="settled")
    yield from one_and_many(
        "paid by one", TWO, K.PASSED_ON, (T.PADV, "p", T.BANK, "", 1), (T.PADV, "p", T.BANK, "", 1),
        approver_id=None,
    )  # fmt: skip
    yield from openings()
    yield from floors()
    yield from ties()
    yield from reversals()


def openings() -> Iterator[Attack]:
    again = (T.LIMIT, "", T.CAP, G, 1)
    yield from one_and_many(
        "head-room again", ONCE, K.HEADROOM_OPENED, again, (T.LIMIT, "", T.CAP, "new", 1)
    )
    twice = (T.LIMIT, "", T.CAP, "new", 1)
    yield Attack("head-room twice at once", ONCE, insert(K.HEADROOM_OPENED, twice, twice))
    yield from one_and_many(
        "another payload", PAYLOAD, K.PREFINANCING, IN, IN, payload_sha256="ab" * 32
    )
    yield from one_and_many(
        "into a closed account", SHUT, K.SME_CALL_OPENED, (T.POOL, "", T.CALL, CLOSED, 1), OPEN
    )


def floors() -> Iterator[Attack]:
    yield from one_and_many(
        "more than the pool", FLOOR, K.SME_CALL_OPENED, (T.POOL, "", T.CALL, CALL, 2_500_001), OPEN
    )
    yield from one_and_many(
        "more than is owed", FLOOR, K.PAYMENT_EXECUTED, (T.SPAY, SME, T.BANK, "", 100_001), PAY
    )
    yield from one_and_many(
        "more than there is in cash", FLOOR, K.PASSED_ON, (T.PADV, "p", T.BANK, "", 10_000_001),
        (T.PADV, "p", T.BANK, "", 1),
    )  # fmt: skip


def ties() -> Iterator[Attack]:
    back = (T.COORD, "", T.POOL, "", 1)
    yield from one_and_many(
        "too much to coordination", EARMARK, K.EARMARK_MOVED, (T.POOL, "", T.COORD, "", 2), back
    )
    unsplit = (T.AWARD, "", T.APPR, "", 4)

    def used(*lines: Line) -> Callable[[Scene], object]:
        def run(scene: Scene) -> None:
            insert(K.AMENDMENT_UP, unsplit)(scene)
            insert(K.SME_CALL_OPENED, *lines)(scene)

        return run

    yield Attack("used before it is split", SPLIT, used(OPEN))
    yield Attack("used twice before it is split", SPLIT, used(OPEN, OPEN))
    yield from one_and_many(
        "spent and not accepted", SPENT, K.CLAIM_CERTIFIED, (T.SEXP, "", T.SPAY, SME, 1),
        (T.CLAIM, V, T.VCH, V, 1),
    )  # fmt: skip
    yield from one_and_many(
        "an advance beyond its voucher", ADVANCE, K.ADVANCE_ORDERED, (T.SADV, V, T.SPAY, SME, 2),
        (T.VCH, V, T.VADV, V, 1),
    )  # fmt: skip
    paid = (T.EUREC, "", T.INCOME, "", 666_667)
    other = (T.PREFIN, "", T.EUREC, "", 1)
    yield Attack("a cent above the formula", INCOME, insert(K.INTERIM, paid, who="ready"))
    yield Attack("and set off", INCOME, insert(K.INTERIM, paid, other, who="ready"))
    gone = (T.USED, G, T.LIMIT, "", 600)
    yield from one_and_many(
        "use that disappears", HEADROOM, K.AWARD_LAPSED, gone, (T.USED, G, T.CAP, G, 1)
    )
    after = (T.EUREC, "", T.INCOME, "", 1)
    yield Attack("beside the settlement", INCOME, insert(K.SETTLEMENT, after, who="settled"))


def reversals() -> Iterator[Attack]:
    def back(*lines: Line, kind: str = K.PREFINANCING) -> Callable[[Scene], object]:
        def run(scene: Scene) -> None:
            event = scene.desk.book.events.filter(kind=kind).order_by("pk")[0]
            an_event(scene.desk, K.REVERSAL, lines, reverses=event).save(force_insert=True)

        return run

    def of_another(scene: Scene) -> None:
        event = scene.ready.book.events.get(kind=K.PREFINANCING)
        lines = [(T.PREFIN, "", T.BANK, "", 10_000_000)]
        an_event(scene.desk, K.REVERSAL, lines, reverses=event).save(force_insert=True)

    yield Attack("a part taken back", MIRROR, back((T.PREFIN, "", T.BANK, "", 1)))
    yield Attack("taken back in another book", MIRROR, of_another)
    cap = (T.CAP, G, T.LIMIT, "", stories.CAP)
    yield Attack("head-room taken back", NEVER, back(cap, kind=K.HEADROOM_OPENED))
    yield Attack("taken back alone", TWO, _back_alone)
    yield Attack("taken back twice", USED if SQLITE else "reverses", _back_twice)
    yield Attack("a key that has been used", USED, _used_key)
    yield Attack("a key that has been used, with two legs", USED, _used_key_by_two)
    if not SQLITE:
        yield Attack("taken back twice, unnoticed", "a posting has its event", _back_unnoticed)


def _mirror(scene: Scene, event: Event, **changed: object) -> Event:
    lines = [(c, ck, d, dk, x) for d, dk, c, ck, x in reversed(event.lines)]
    return an_event(scene.desk, K.REVERSAL, lines, reverses=event, **changed)


def _back_alone(scene: Scene) -> None:
    event = scene.desk.book.events.filter(kind=K.PREFINANCING).order_by("pk")[0]
    _mirror(scene, event, approver_id=None).save(force_insert=True)


def _back_twice(scene: Scene) -> None:
    _mirror(scene, scene.mistaken).save(force_insert=True)


def _back_unnoticed(scene: Scene) -> None:
    Event.objects.bulk_create([_mirror(scene, scene.mistaken)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _used_key(scene: Scene) -> None:
    insert(K.PREFINANCING, IN, idem=scene.mistaken.idem)(scene)


def _used_key_by_two(scene: Scene) -> None:
    insert(K.PREFINANCING, IN, IN, idem=scene.mistaken.idem)(scene)


LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
