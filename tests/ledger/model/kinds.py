"""Every kind of event that the model can try, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ledger.model import award, coordination, support, union, vouchers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.ledger.model.act import Act, Draw
    from tests.ledger.model.world import World

ACTS: dict[str, Callable[[World, Draw, int], Act]] = {
    act.__name__: act
    for part in (award, support, vouchers, coordination, union)
    for act in part.ACTS
}
ALONE = frozenset({"award", "settlement", "reversal"})
"""Kinds with a way of their own: how a life begins, ``Bench.settle`` and ``take_back``."""
OFTEN = (
    "sme_call_opened",
    "headroom_opened",
    "application_awarded",
    "voucher_issued",
    "claim_submitted",
    "claim_certified",
    "payment_executed",
    "coordination_claimed",
    "coordination_accepted",
    "advance_ordered",
)
"""Without these nothing else can happen: they are tried more often."""
TRIED = [*ACTS, *OFTEN * 8]


def an_act(world: World, draw: Draw, book: int, *, names: Sequence[str] = TRIED) -> Act:
    """Two times in three one that the ledger should accept, if a few tries find one."""
    tries = draw.pick((1, 5, 5))
    for _ in range(tries):
        act = ACTS[draw.pick(names)](world, draw, book)
        if not world.why(act.kind, act.moves):
            break
    return act
