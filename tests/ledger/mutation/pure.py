"""What must hold of the pure functions; each check raises when it does not.

No database: the model's worlds alone, and brute force in small ones.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

from ledger.rules import legs, settling, share
from ledger.rules.chart import AccountType as T
from tests.ledger.model import settling as model
from tests.ledger.model.act import Seeded
from tests.ledger.model.award import award
from tests.ledger.model.kinds import TRIED, an_act
from tests.ledger.model.world import Move, World
from tests.ledger.rules import test_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WORLDS, STEPS = 120, 100
PAID = [*TRIED, *("interim", "prefinancing", "eu_paid") * 6]


def the_same(made: Iterable[legs.Leg], moves: Iterable[Move]) -> None:
    """The program's legs are the model's moves, in the same order of pairs."""
    shown = [
        Move((str(x.debit.type), x.debit.key), (str(x.credit.type), x.credit.key), x.amount)
        for x in made
        if x.amount
    ]
    assert _by_key(shown) == _by_key(m for m in moves if m.cents)


def _by_key(moves: Iterable[Move]) -> list[Move]:
    """Partners and SME calls of one pair stand together, in whatever order among themselves."""
    grouped = itertools.groupby(moves, lambda m: (m.debit[0], m.credit[0]))
    return [move for _pair, some in grouped for move in sorted(some)]


def worlds() -> Iterator[tuple[World, Seeded]]:
    """Steps in the lives of a few grants, in which all that is lawful has happened."""
    for seed in range(WORLDS):
        draw = Seeded(random.Random(seed))
        world = World(*draw.pick(((3, 4), (2, 3), (1, 2))))
        first = award(world, draw, 1)
        the_same(first.legs, first.moves)
        world.apply(first.kind, first.moves)
        for _ in range(STEPS):
            yield world, draw


def rows_of_the_table() -> None:
    for world, draw in worlds():
        act = an_act(world, draw, 1)
        the_same(act.legs, act.moves)
        if not world.why(act.kind, act.moves):
            world.apply(act.kind, act.moves)
            world.noted.update(act.notes)
            act.then(world)


def settlements() -> None:
    """At every second step of a life, and again after each settlement."""
    for world, draw in worlds():
        act = an_act(world, draw, 1, names=PAID)
        if not world.why(act.kind, act.moves):
            world.apply(act.kind, act.moves)
            world.noted.update(act.notes)
            act.then(world)
        grant = draw.whole(0, world.of("B.AWARD"))
        moves = model.moves(world, grant=grant)
        settled = _settled(world, grant=grant)
        the_same(settling.settlement_legs(1, position=_position(world), settled=settled), moves)
        if draw.whole(1, 30) == 1:
            world.apply("settlement", moves)
            world.final = model.parts(world, grant=grant)[0]


def _settled(world: World, *, grant: int) -> share.Settled:
    support, coordination = world.of("B.SACC"), world.of("B.CACC")
    made = share.settle(grant, support=support, coordination=coordination, n=world.n, d=world.d)
    assert (made.payable, made.sme_part, made.coord_part) == model.parts(world, grant=grant)
    return made


def _position(world: World) -> settling.Position:
    return settling.Position(
        held={type_: world.total(type_) for type_ in T},
        calls={key: world.of("B.CALL", key) for key in world.keys("B.CALL")},
        carried=dict(world.carried),
        borne=dict(world.borne),
    )


def what_is_open() -> None:
    assert set(settling.UNFINISHED) == set(model.OPEN)


def guards_of_the_rows() -> None:
    """What no claim and no plan may be, and what is just allowed."""
    for claimed, accepted, part in itertools.product(range(-1, 3), range(-1, 4), range(-1, 4)):
        sound = 0 <= accepted <= claimed
        cents = {"claimed": claimed, "accepted": accepted}
        claim = {"voucher": "v", "payee": "s", "advance": part} | cents
        _raises(legs.claim_certified, 1, sound=sound and 0 <= part <= claimed, **claim)
        cost = {"partner": "p", "passed_on": 0} | cents
        _raises(legs.coordination_accepted, 1, sound=sound, **cost)


def _raises(function: Callable[..., object], *given: object, sound: bool, **named: object) -> None:
    try:
        function(*given, **named)
    except ValueError:
        assert not sound
    else:
        assert sound


def guards_of_the_share() -> None:
    for n, d in itertools.product(range(-1, 4), range(-1, 4)):
        _raises(share.coordination_max, 4, n=n, d=d, sound=0 < n <= d)
    for x in (-1, 0, 1):
        sound = x >= 0
        _raises(share.coordination_max, x, sound=sound)
        _raises(share.coordination_matched, x, sound=sound)
        _raises(share.earmark, 1, planned=x, sound=sound)
        _raises(share.payable, x, support=1, coordination=1, sound=sound)
        _raises(share.payable, 1, support=x, coordination=1, sound=sound)
        _raises(share.payable, 1, support=1, coordination=x, sound=sound)
    _raises(share.earmark, 1, planned=2, sound=False)
    _raises(share.largest_remainder, 1, weights={"a": 0}, sound=False)
    _raises(share.largest_remainder, 0, weights={"a": 0}, sound=True)


def shares_in_small_worlds() -> None:
    for n, d in test_share.SHARES:
        for grant in range(30):
            pool = share.sme_pool(grant, n=n, d=d)
            assert d * pool >= n * grant > d * (pool - 1)
            assert share.coordination_max(grant, n=n, d=d) == grant - pool
            for planned in range(grant + 1):
                assert share.earmark(grant, planned=planned, n=n, d=d) == max(planned, pool)
                held = share.earmark_holds(sme=planned, coordination=grant - planned, n=n, d=d)
                assert held is (d * planned >= n * grant)
        for support in range(30):
            matched = share.coordination_matched(support, n=n, d=d)
            assert n * matched <= (d - n) * support < n * (matched + 1)


def largest_payable_by_trying() -> None:
    for grant, support, coordination in itertools.product(range(9), range(11), range(5)):
        for n, d in ((3, 4), (2, 3)):
            best = test_share.best_by_trying(
                grant, support=support, coordination=coordination, n=n, d=d
            )
            paid = share.payable(grant, support=support, coordination=coordination, n=n, d=d)
            assert paid == best


def remainders() -> None:
    for total in range(9):
        for weights in itertools.product(range(4), repeat=3):
            if total <= sum(weights):
                named = dict(zip("bac", weights, strict=True))
                expected = {k: v for k, v in model.divided(total, weights=named).items() if v}
                assert share.largest_remainder(total, weights=named) == expected


CHECKS = (
    rows_of_the_table,
    guards_of_the_rows,
    settlements,
    what_is_open,
    shares_in_small_worlds,
    guards_of_the_share,
    largest_payable_by_trying,
    remainders,
)


def killer() -> str:
    """Name of the first check that fails; "" when all hold."""
    for check in CHECKS:
        try:
            check()
        except Exception:  # noqa: BLE001  a mutant may fail in any way
            return check.__name__
    return ""
