"""The final settlement in plain integers: row 18 of the table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.ledger.model.world import Move, move

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.ledger.model.world import World

OPEN = ("B.APPR", "B.RESV", "B.VCH", "B.VADV", "B.CLAIM", "B.CCLAIM", "P.SPAY")


def parts(world: World, *, grant: int) -> tuple[int, int, int]:
    """What is paid, of it for SME support, of it for coordination."""
    support, coordination = world.of("B.SACC"), world.of("B.CACC")
    with_it = int(Fraction(support * (world.d - world.n), world.n))
    paid = min(grant, support + min(coordination, with_it))
    sme = min(support, paid)
    return paid, sme, paid - sme


def divided(total: int, *, weights: Mapping[str, int]) -> dict[str, int]:
    """Each gets the whole cents of their part; the largest fractions get the cents left over."""
    whole = sum(weights.values())
    exact = {name: Fraction(total * weight, whole) for name, weight in weights.items() if whole}
    cents = {name: int(part) for name, part in exact.items()}
    order = sorted(exact, key=lambda name: (cents[name] - exact[name], name))
    for name in order[: total - sum(cents.values())]:
        cents[name] += 1
    return cents


def why(world: World, *, grant: int) -> str:
    if grant < 0:
        return "amount"
    if any(world.total(type_) for type_ in OPEN) or grant > world.of("B.AWARD"):
        return "phase"
    return ""


def moves(world: World, *, grant: int) -> list[Move]:
    """All that the settlement moves: the Union, coordination, support, and what lapses."""
    paid, sme, coordination = parts(world, grant=grant)
    more = paid - world.of("P.INCOME")
    owed = world.of("P.EUREC") + max(more, 0)
    prefinancing = world.of("P.PREFIN")
    short = world.of("P.CEXP") - coordination
    lost = world.of("P.SEXP") - sme
    left = sorted(divided(max(short, 0), weights=world.carried).items())
    back = sorted(divided(max(-short, 0), weights=world.borne).items())
    found = [
        move("P.EUREC", "P.INCOME", max(more, 0)),
        move("P.INCOME", "P.EUDUE", max(-more, 0)),
        move("P.PREFIN", "P.EUREC", min(prefinancing, owed)),
        move("P.PREFIN", "P.EUDUE", max(prefinancing - owed, 0)),
        *(move("P.PREC", "P.CEXP", cents, frm=name) for name, cents in left),
        *(move("P.CEXP", "P.PPAY", cents, to=name) for name, cents in back),
        move("P.LOSS", "P.SEXP", max(lost, 0)),
        move("P.SEXP", "P.LOSS", max(-lost, 0)),
        move("B.POOL", "B.LAPSED", world.of("B.POOL")),
        *(
            move("B.CALL", "B.LAPSED", world.of("B.CALL", key), frm=key)
            for key in world.keys("B.CALL")
        ),
        move("B.COORD", "B.LAPSED", world.of("B.COORD")),
    ]
    return [m for m in found if m.cents]
