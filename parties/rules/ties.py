"""Who belongs to one group: enterprises held together by more than half of capital or votes."""

from collections.abc import Hashable, Iterable
from typing import Final, TypeVar

WHOLE_BP: Final = 10_000
LINKED_ABOVE_BP: Final = 5_000
PARTNER_FROM_BP: Final = 2_500

Key = TypeVar("Key", bound=Hashable)


def kind_of_share(share_bp: int) -> str:
    """Say 'linked' above 50 %, 'partner' from 25 % to 50 %, 'autonomous' below; in basis points.

    Source: Recommendation 2003/361/EC, Annex, Article 3(1) to (3).
    """
    if not 0 <= share_bp <= WHOLE_BP:
        raise ValueError(f"a share lies between 0 and {WHOLE_BP} basis points: {share_bp}")
    if share_bp > LINKED_ABOVE_BP:
        return "linked"
    return "partner" if share_bp >= PARTNER_FROM_BP else "autonomous"


def group_of(start: Key, *, ties: Iterable[tuple[Key, Key]]) -> frozenset[Key]:
    """All that hang together with `start` through ties, `start` included, whatever the direction.

    Source: Recommendation 2003/361/EC, Annex, Article 3(3): enterprises linked through one or
    several others are linked too.
    """
    beside: dict[Key, set[Key]] = {}
    for one, other in ties:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    reached = {start}
    waiting = [start]
    while waiting:
        fresh = beside.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached)
