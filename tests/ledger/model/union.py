"""Between the coordinator and the European Union: interim income, balance, recovery order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import api
from tests.ledger.model.act import Act, amount, plain
from tests.ledger.model.world import move

if TYPE_CHECKING:
    from tests.ledger.model.act import Draw
    from tests.ledger.model.world import World


def interim(world: World, draw: Draw, book: int) -> Act:
    room = world.formula - world.of("P.INCOME")
    income = amount(draw, room) if room > 0 else draw.whole(0, 1)
    clearable = min(world.of("P.PREFIN"), world.of("P.EUREC") + income)
    cleared = draw.pick((0, clearable, clearable // 2, clearable + 1))
    income = income or int(not cleared)
    moves = [move("P.EUREC", "P.INCOME", income), move("P.PREFIN", "P.EUREC", cleared)]
    return Act("interim", moves, api.legs.interim(book, income=income, cleared=cleared))


def eu_paid(world: World, draw: Draw, book: int) -> Act:
    owed = world.of("P.EUREC")
    cents = amount(draw, max(owed, 1))
    moves = [
        move("P.BANK", "P.EUREC", min(cents, owed)),
        move("P.BANK", "P.PREFIN", max(cents - owed, 0)),
    ]
    return Act("eu_paid", moves, api.legs.eu_paid(book, amount=cents, receivable=owed))


def balance_received(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, world.of("P.EUREC"))
    return plain(book, "balance_received", move("P.BANK", "P.EUREC", cents))


def recovery_order_paid(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, world.of("P.EUDUE"))
    own = draw.pick((0, max(cents - world.of("P.BANK"), 0), draw.whole(1, 100)))
    moves = [move("P.BANK", "P.OWN", own), move("P.EUDUE", "P.BANK", cents)]
    legs = api.legs.recovery_order_paid(book, amount=cents, own_money=own)
    return Act("recovery_order_paid", moves, legs)


def recovery_offset(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, min(world.of("P.EUDUE"), world.of("P.EUREC")))
    return plain(book, "recovery_offset", move("P.EUDUE", "P.EUREC", cents))


ACTS = (interim, eu_paid, balance_received, recovery_order_paid, recovery_offset)
