"""Coordination: what partners claim, get, hand back and are passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import api
from tests.ledger.model.act import PARTNERS, Act, amount, one_of, plain
from tests.ledger.model.world import move

if TYPE_CHECKING:
    from tests.ledger.model.act import Draw
    from tests.ledger.model.world import World


def prefinancing_passed_on(world: World, draw: Draw, book: int) -> Act:
    cents, partner = amount(draw, world.of("P.BANK") // 3), draw.pick(PARTNERS)
    return plain(book, "prefinancing_passed_on", move("P.PADV", "P.BANK", cents, frm=partner))


def prefinancing_passed_back(world: World, draw: Draw, book: int) -> Act:
    partner = one_of(draw, world.keys("P.PADV"), PARTNERS)
    cents = amount(draw, world.of("P.PADV", partner))
    return plain(book, "prefinancing_passed_back", move("P.BANK", "P.PADV", cents, to=partner))


def coordination_claimed(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, world.of("B.COORD"))
    return plain(book, "coordination_claimed", move("B.COORD", "B.CCLAIM", cents))


def coordination_accepted(world: World, draw: Draw, book: int) -> Act:
    claimed = amount(draw, world.of("B.CCLAIM"))
    accepted = draw.pick((0, claimed, claimed, draw.whole(0, claimed)))
    return accept(world, book, partner=draw.pick(PARTNERS), claimed=claimed, accepted=accepted)


def accept(world: World, book: int, *, partner: str, claimed: int, accepted: int) -> Act:
    """What was passed on to the partner is used up first."""
    passed_on = world.of("P.PADV", partner)
    used = min(accepted, passed_on)
    moves = [
        move("B.CCLAIM", "B.CACC", accepted),
        move("P.CEXP", "P.PPAY", accepted, to=partner),
        move("P.PPAY", "P.PADV", used, frm=partner, to=partner),
        move("B.CCLAIM", "B.COORD", claimed - accepted),
    ]
    legs = api.legs.coordination_accepted(
        book, partner=partner, claimed=claimed, accepted=accepted, passed_on=passed_on
    )
    return Act("coordination_accepted", moves, legs)


def coordination_paid(world: World, draw: Draw, book: int) -> Act:
    partner = one_of(draw, world.keys("P.PPAY"), PARTNERS)
    cents = amount(draw, world.of("P.PPAY", partner))
    return plain(book, "coordination_paid", move("P.PPAY", "P.BANK", cents, frm=partner))


def coordination_returned(world: World, draw: Draw, book: int) -> Act:
    moved = move("P.BANK", "P.PPAY", draw.whole(1, 300), to=draw.pick(PARTNERS))
    return plain(book, "coordination_returned", moved)


def coordination_clawed_back(world: World, draw: Draw, book: int) -> Act:
    """From what this partner's accepted costs still are in the grant."""
    partner = draw.pick(sorted(name for name, cents in world.carried.items() if cents) or PARTNERS)
    cents = draw.whole(1, max(world.carried[partner], 1))
    settled = draw.pick((world.settled, world.settled, world.settled, not world.settled))
    moves = [
        move("B.CACC", "B.LAPSED" if settled else "B.COORD", cents),
        move("P.PREC", "P.CEXP", cents, frm=partner),
    ]
    legs = api.legs.coordination_clawed_back(book, partner=partner, amount=cents, settled=settled)
    return Act("coordination_clawed_back", moves, legs)


def partner_repaid(world: World, draw: Draw, book: int) -> Act:
    partner = one_of(draw, world.keys("P.PREC"), PARTNERS)
    cents = amount(draw, world.of("P.PREC", partner))
    return plain(book, "partner_repaid", move("P.BANK", "P.PREC", cents, to=partner))


def partner_left(world: World, draw: Draw, book: int) -> Act:
    partner = one_of(draw, world.keys("P.PADV"), PARTNERS)
    cents = amount(draw, world.of("P.PADV", partner))
    return plain(book, "partner_left", move("P.PREC", "P.PADV", cents, frm=partner, to=partner))


ACTS = (
    prefinancing_passed_on,
    prefinancing_passed_back,
    coordination_claimed,
    coordination_accepted,
    coordination_paid,
    coordination_returned,
    coordination_clawed_back,
    partner_repaid,
    partner_left,
)
