"""From the costs of a partner to the EU contribution it may ask for. Cents throughout."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

BASIS = 10_000
RATE_ONE = 1_000_000
INDIRECT = "E"

Key = TypeVar("Key", bound=Hashable)


def rate_category(category: str) -> str:
    """The category under which the EU's rate is kept: C1, C2 and C3 share that of C."""
    return "C" if category.startswith("C") else category


def indirect_costs(direct_cents: int, *, indirect_bp: int) -> int:
    """Flat-rate indirect costs, rounded down; computed, never typed (category E)."""
    return direct_cents * indirect_bp // BASIS


def eu_share(costs: Mapping[str, int], *, rates_bp: Mapping[str, int], indirect_bp: int) -> int:
    """EU contribution to coordination costs, cumulated since the start of the grant.

    ``costs`` are direct costs by category. The floor is taken once, of the whole sum, so that
    splitting costs over lines or periods neither gains nor loses a cent.
    """
    if any(cost < 0 for cost in costs.values()):
        raise ValueError("a cost is negative")
    indirect = indirect_costs(sum(costs.values()), indirect_bp=indirect_bp)
    parts = sum(cost * rates_bp[rate_category(code)] for code, cost in costs.items())
    return (parts + indirect * rates_bp[INDIRECT]) // BASIS


def to_euro(local_cents: int, *, rate_millionths: int) -> int:
    """Euro cents of an amount in another currency, half up.

    ``rate_millionths`` is units of that currency per euro: the average of the daily rates of the
    European Central Bank over the reporting period (docs/domain.md, "Currency").
    """
    if rate_millionths <= 0:
        raise ValueError(f"a rate of {rate_millionths}")
    return (2 * local_cents * RATE_ONE + rate_millionths) // (2 * rate_millionths)


def within(shares: Mapping[Key, int], *, available_cents: int) -> dict[Key, int]:
    """Cut the shares to what the agreement leaves, in proportion, to the cent.

    Rounded down first; the cents that remain go to the largest remainders, ties in the order given.
    """
    total = sum(shares.values())
    if total <= available_cents:
        return dict(shares)
    cut = {key: share * available_cents // total for key, share in shares.items()}
    rests = sorted(shares, key=lambda key: -(shares[key] * available_cents % total))
    for key in rests[: available_cents - sum(cut.values())]:
        cut[key] += 1
    return cut
