"""How much a voucher is worth (docs/domain.md, "SME call, application, voucher").

All amounts are euro cents; shares are basis points; shares of cost are floored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE_BP = 10_000


class Scheme(StrEnum):
    """Shapes of support that Euroclusters published."""

    LUMP_SUM = "lump_sum"
    FIXED_SERVICE = "fixed_service"
    COFUNDED = "cofunded"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the SME call promises: a fixed amount, or a rate of the net cost up to that amount."""

    scheme: Scheme
    amount_cents: int
    rate_bp: int = WHOLE_BP
    own_share_bp: int = 0

    def __post_init__(self) -> None:
        if self.amount_cents <= 0:
            raise ValueError(f"the amount is above zero: {self.amount_cents}")
        if not 0 < self.rate_bp <= WHOLE_BP:
            raise ValueError(f"the rate lies above 0 and up to 100 %: {self.rate_bp}")
        if not 0 <= self.own_share_bp < WHOLE_BP:
            raise ValueError(f"the own share lies between 0 and below 100 %: {self.own_share_bp}")


def voucher_value(terms: Terms, *, net_cost_cents: int) -> int:
    """Value of a voucher: the fixed amount, or ``min(cap, rate x eligible net cost)``.

    The SME's own share of the net cost is kept free in any case. VAT is not part of the net cost.
    """
    if net_cost_cents < 0:
        raise ValueError(f"the net cost is below zero: {net_cost_cents}")
    if terms.scheme is not Scheme.COFUNDED:
        return terms.amount_cents
    paid_bp = min(terms.rate_bp, WHOLE_BP - terms.own_share_bp)
    return min(terms.amount_cents, net_cost_cents * paid_bp // WHOLE_BP)


def own_contribution(value_cents: int, *, net_cost_cents: int) -> int:
    """What the SME pays of the net cost itself."""
    return max(net_cost_cents - value_cents, 0)


def own_share_is_met(terms: Terms, *, value_cents: int, net_cost_cents: int) -> bool:
    """Whether the SME bears at least the call's own share of the net cost."""
    own = own_contribution(value_cents, net_cost_cents=net_cost_cents)
    return own * WHOLE_BP >= net_cost_cents * terms.own_share_bp


def instalments(value_cents: int, *, shares_bp: Sequence[int]) -> tuple[int, ...]:
    """The value in instalments: the floor of the cumulated sum each, so no cent is lost.

    Raises ``ValueError`` unless the shares make 100 %.
    """
    if sum(shares_bp) != WHOLE_BP or min(shares_bp) <= 0:
        raise ValueError(f"instalments make 100 %, each above 0: {list(shares_bp)}")
    parts: list[int] = []
    reached = 0
    for share in shares_bp:
        reached += share
        parts.append(value_cents * reached // WHOLE_BP - sum(parts))
    return tuple(parts)
