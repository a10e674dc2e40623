"""Random lives of grants, each from its award to a final settlement and what comes after it.

Lawful and unlawful acts in any order; the model says beforehand which are which.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from django.db import transaction

from ledger import api
from tests.ledger.model import coordination, support, vouchers
from tests.ledger.model.act import PARTNERS, Act, Draw, Seeded, payee_of, plain
from tests.ledger.model.bench import WRONG, Bench
from tests.ledger.model.kinds import ACTS, TRIED, an_act
from tests.ledger.model.world import Claim, move

if TYPE_CHECKING:
    from collections import Counter

SHARES = ((3, 4), (3, 4), (3, 4), (2, 3), (1, 2), (7, 10))
AFTERWARDS = (
    "balance_received",
    "recovery_order_paid",
    "recovery_offset",
    "support_clawed_back",
    "coordination_clawed_back",
    "recovery_paid",
    "recovery_written_off",
    "partner_repaid",
)
AFTER_NAMES = [*ACTS, *AFTERWARDS * 5]


def live(seed: int) -> Counter[str]:
    """One life, undone afterwards; what it counted. Raises when ledger and model disagree."""
    draw = Seeded(random.Random(seed))
    with transaction.atomic():
        bench = Bench(share=draw.pick(SHARES))
        bench.award(draw)
        for _ in range(draw.whole(40, 90)):
            step(bench, draw, TRIED)
        if not bench.world.settled:
            WindingUp(bench, draw).everything()
        for _ in range(draw.whole(4, 20)):
            step(bench, draw, AFTER_NAMES)
            if draw.whole(1, 6) == 1:
                settle(bench, draw)
        broken = api.invariants(bench.desk.book)
        assert broken == [], broken
        transaction.set_rollback(True)
    bench.counts["lives"] += 1
    bench.counts["lives with a recovery order"] += bool(bench.counts["recovery orders"])
    bench.counts["lives settled again"] += bench.world.settlements > 1
    return bench.counts


def step(bench: Bench, draw: Draw, names: list[str]) -> None:
    """An act; one in five is spoiled, sent again or taken back, or settles out of season."""
    act = an_act(bench.world, draw, bench.book, names=names)
    if draw.whole(1, 5) > 1:
        bench.attempt(act)
    else:
        draw.pick(ODDITIES)(bench, draw, act)


def spoil(bench: Bench, draw: Draw, act: Act) -> None:
    bench.send_wrong(act, change=draw.pick(WRONG))


def alone(bench: Bench, draw: Draw, act: Act) -> None:
    bench.attempt(act, approver=draw.pick(("the same", "nobody")))


def again(bench: Bench, draw: Draw, _act: Act) -> None:
    bench.send_again(*draw.pick(bench.sent))
    bench.send_changed(draw.pick(bench.sent)[0])
    bench.settle_again()


def out_of_season(bench: Bench, draw: Draw, _act: Act) -> None:
    if bench.world.of("B.SACC"):
        settle(bench, draw)


def close(bench: Bench, draw: Draw, _act: Act) -> None:
    if bench.world.vouchers:
        bench.close(draw.pick(sorted(bench.world.vouchers)))


def take_back(bench: Bench, draw: Draw, _act: Act) -> None:
    """One of the last events, which may have been used since, or taken back before."""
    if last := len(bench.done):
        number = draw.whole(max(0, last - 7), last - 1)
        bench.take_back(number, approver=draw.pick(("another",) * 9 + ("the same",)))


ODDITIES = (spoil, alone, again, out_of_season, close, close, take_back, take_back)


def settle(bench: Bench, draw: Draw) -> None:
    """At the award, below it, or where nobody may."""
    award = bench.world.of("B.AWARD")
    grant = draw.pick((award, award, award, draw.whole(0, award), award + 1, -1))
    bench.settle(grant=grant, approver=draw.pick(("another",) * 5 + ("the same",)))


class WindingUp:
    """Brings everything that is open to its end, lawfully, and settles."""

    def __init__(self, bench: Bench, draw: Draw) -> None:
        self.bench, self.draw = bench, draw
        self.world, self.book = bench.world, bench.book

    def everything(self) -> None:
        for claim in list(self.world.claims):
            self.claim(claim)
        for voucher in self.world.vouchers:
            self.voucher(voucher)
        for application in self.world.applications:
            self.application(application)
        self.coordination()
        self.payments()
        award = self.world.of("B.AWARD")
        assert self.bench.settle(grant=self.draw.pick((award, self.draw.whole(0, award))))

    def must(self, act: Act) -> None:
        assert self.bench.attempt(act), f"{act.kind} is refused at the end: {act.moves}"

    def claim(self, claim: Claim) -> None:
        if self.draw.whole(1, 4) == 1:
            self.must(vouchers.refused(self.book, claim))
            return
        payee = payee_of(self.world.vouchers[claim.voucher][1], self.draw)
        accepted = self.draw.pick((claim.claimed, self.draw.whole(0, claim.claimed)))
        self.must(vouchers.certified(self.book, claim, accepted=accepted, payee=payee))

    def voucher(self, voucher: str) -> None:
        call, group = self.world.vouchers[voucher]
        rest, advance = self.world.of("B.VCH", voucher), self.world.of("B.VADV", voucher)
        if rest or advance:
            act = support.ended(
                self.world,
                self.book,
                voucher=voucher,
                group=group,
                payee=payee_of(group, self.draw),
                rest=rest,
                advance=advance,
                call=self.draw.pick((call, "")),
            )
            self.must(act)

    def application(self, application: str) -> None:
        call, group = self.world.applications[application]
        if cents := self.world.of("B.RESV", application):
            act = support.lapsed(
                self.world, self.book, application, call=call, group=group, cents=cents
            )
            self.must(act)

    def coordination(self) -> None:
        if claimed := self.world.of("B.CCLAIM"):
            act = coordination.accept(
                self.world,
                self.book,
                partner=self.draw.pick(PARTNERS),
                claimed=claimed,
                accepted=self.draw.whole(0, claimed),
            )
            self.must(act)

    def payments(self) -> None:
        if (short := self.world.total("P.SPAY") - self.world.of("P.BANK")) > 0:
            self.must(plain(self.book, "own_money_in", move("P.BANK", "P.OWN", short)))
        for payee in self.world.keys("P.SPAY"):
            cents = self.world.of("P.SPAY", payee)
            self.must(vouchers.paid(self.book, payee=payee, cents=cents))
