"""What the workers send: events on a few crowded accounts, most of them beyond what is there."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger import api
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

GRANT, CAP = 100_000, 9_000
CALLS, GROUPS, MOST = ("k1", "k2", "k3"), tuple("abcdefgh"), 12_000
TWINS = uuid.UUID("a81bc81b-dead-4e5d-abff-90865d1e13b1")
"""Pairs of workers make the same keys from it, to send the same events at once."""


@dataclass(frozen=True)
class Order:
    """``legs``: debit type, debit key, credit type, credit key, cents."""

    idem: uuid.UUID
    kind: str
    legs: tuple[tuple[str, str, str, str, int], ...]

    def line(self) -> str:
        return json.dumps([str(self.idem), self.kind, self.legs]) + "\n"

    @classmethod
    def of(cls, line: str) -> Order:
        idem, kind, legs = json.loads(line)
        return cls(uuid.UUID(idem), kind, tuple(tuple(leg) for leg in legs))

    def event_legs(self, book: int) -> list[api.Leg]:
        return [api.leg(book, T(d), T(c), x, frm=f, to=t) for d, f, c, t, x in self.legs]


def an_order(chance: random.Random, *, idem: uuid.UUID, narrow: bool = False) -> Order:
    """``narrow``: cents between two accounts only, so that everybody is in everybody's way."""
    make = _moved if narrow else chance.choice(MAKERS)
    kind, legs = make(chance, 1 if narrow else chance.randint(1, MOST))
    return Order(idem, kind, tuple(_plain(legs)))


def _plain(legs: Sequence[api.Leg]) -> list[tuple[str, str, str, str, int]]:
    return [
        (str(x.debit.type), x.debit.key, str(x.credit.type), x.credit.key, x.amount)
        for x in legs
        if x.amount
    ]


def _one(debit: T, credit: T, cents: int, *, frm: str = "", to: str = "") -> list[api.Leg]:
    return [api.leg(0, debit, credit, cents, frm=frm, to=to)]


def _call_opened(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    return Kind.SME_CALL_OPENED, _one(T.POOL, T.CALL, cents, to=chance.choice(CALLS))


def _call_done(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    return Kind.SME_CALL_DONE, _one(T.CALL, T.POOL, cents, frm=chance.choice(CALLS))


def _awarded(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group, call = chance.choice(GROUPS), chance.choice(CALLS)
    legs = api.legs.application_awarded(0, call=call, application=group, group=group, amount=cents)
    return Kind.APPLICATION_AWARDED, legs


def _lapsed(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group, call = chance.choice(GROUPS), chance.choice(CALLS)
    legs = api.legs.award_lapsed(0, call=call, application=group, group=group, amount=cents)
    return Kind.AWARD_LAPSED, legs


def _issued(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group = chance.choice(GROUPS)
    legs = api.legs.voucher_issued(0, application=group, voucher=group, amount=cents)
    return Kind.VOUCHER_ISSUED, legs


def _claimed(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group = chance.choice(GROUPS)
    legs = api.legs.claim_submitted(0, voucher=group, claimed=cents, advance=0)
    return Kind.CLAIM_SUBMITTED, legs


def _certified(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group = chance.choice(GROUPS)
    legs = api.legs.claim_certified(
        0, voucher=group, payee=group, claimed=cents, accepted=cents, advance=0
    )
    return Kind.CLAIM_CERTIFIED, legs


def _paid(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    legs = api.legs.payment_executed(0, payee=chance.choice(GROUPS), amount=cents)
    return Kind.PAYMENT_EXECUTED, legs


def _clawed_back(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    legs = api.legs.clawed_back(0, payee=chance.choice(GROUPS), amount=cents, settled=False)
    return Kind.CLAWED_BACK, legs


def _recovered(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    group = chance.choice(GROUPS)
    legs = api.legs.recovery_paid(0, payee=group, group=group, amount=cents)
    return Kind.RECOVERY_PAID, legs


def _moved(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    pair = chance.choice(((T.COORD, T.POOL), (T.POOL, T.COORD)))
    return Kind.EARMARK_MOVED, _one(*pair, cents)


def _passed_on(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    return Kind.PASSED_ON, _one(T.PADV, T.BANK, cents, frm=chance.choice(CALLS))


def _passed_back(chance: random.Random, cents: int) -> tuple[str, Sequence[api.Leg]]:
    return Kind.PASSED_BACK, _one(T.BANK, T.PADV, cents, to=chance.choice(CALLS))


MAKERS: tuple[Callable[[random.Random, int], tuple[str, Sequence[api.Leg]]], ...] = (
    _call_opened,
    _call_done,
    _awarded,
    _lapsed,
    _issued,
    _claimed,
    _certified,
    _paid,
    _clawed_back,
    _recovered,
    _moved,
    _passed_on,
    _passed_back,
)
