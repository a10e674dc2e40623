"""The grant itself: amendments, the line between SMEs and coordination, prefinancing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import api
from tests.ledger.model.act import Act, amount, plain
from tests.ledger.model.world import Move, move

if TYPE_CHECKING:
    from tests.ledger.model.act import Draw
    from tests.ledger.model.world import World

LEAST = 2_000


def award(world: World, draw: Draw, book: int) -> Act:
    """The first event of each life; ``planned`` is the agreement's plan for SMEs."""
    grant = draw.whole(LEAST, 50 * LEAST)
    planned = draw.whole(0, grant)
    coordination = min(grant - planned, grant * (world.d - world.n) // world.d)
    moves = _in(grant, coordination=coordination)
    legs = api.legs.awarded(book, grant=grant, planned=planned, n=world.n, d=world.d)
    return Act("award", moves, legs)


def _in(cents: int, *, coordination: int) -> list[Move]:
    return [
        move("B.AWARD", "B.APPR", cents),
        move("B.APPR", "B.POOL", cents - coordination),
        move("B.APPR", "B.COORD", coordination),
    ]


def amendment_up(world: World, draw: Draw, book: int) -> Act:
    more = draw.whole(1, LEAST)
    held = sum(world.of(type_) for type_ in ("B.COORD", "B.CCLAIM", "B.CACC"))
    room = (world.of("B.AWARD") + more) * (world.d - world.n) // world.d - held
    coordination = min(amount(draw, max(min(room, more), 0)), more)
    return plain(book, "amendment_up", *_in(more, coordination=coordination))


def amendment_down(world: World, draw: Draw, book: int) -> Act:
    coordination = draw.pick((0, world.of("B.COORD"), world.of("B.COORD") // 2))
    support = amount(draw, world.of("B.POOL") // draw.pick((1, 4)))
    moves = [
        move("B.COORD", "B.APPR", coordination),
        move("B.POOL", "B.APPR", support),
        move("B.APPR", "B.AWARD", coordination + support),
    ]
    return plain(book, "amendment_down", *moves)


def earmark_moved(world: World, draw: Draw, book: int) -> Act:
    if draw.pick((True, False)):
        cents = amount(draw, world.of("B.COORD"))
        return plain(book, "earmark_moved", move("B.COORD", "B.POOL", cents))
    held = sum(world.of(type_) for type_ in ("B.COORD", "B.CCLAIM", "B.CACC"))
    room = world.of("B.AWARD") * (world.d - world.n) // world.d - held
    cents = amount(draw, max(room, 0))
    return plain(book, "earmark_moved", move("B.POOL", "B.COORD", cents))


def prefinancing(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, world.of("B.AWARD") // 2)
    return plain(book, "prefinancing", move("P.BANK", "P.PREFIN", cents))


def own_money_in(world: World, draw: Draw, book: int) -> Act:
    return plain(book, "own_money_in", move("P.BANK", "P.OWN", draw.whole(1, LEAST)))


ACTS = (amendment_up, amendment_down, earmark_moved, prefinancing, own_money_in)
