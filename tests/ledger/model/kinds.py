"""Every kind of event that the model can try, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ledger.model import award, coordination, support, union, vouchers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.model.act import Act, Draw
    from tests.ledger.model.world import World

ACTS: dict[str, Callable[[World, Draw, int], Act]] = {
    act.__name__: act
    for part in (award, support, vouchers, coordination, union)
    for act in part.ACTS
}
ALONE = frozenset({"award", "settlement", "vouchers_issued", "reversal"})
"""Kinds that are not tried at any time: how a life begins, and ``Bench.settle``."""
