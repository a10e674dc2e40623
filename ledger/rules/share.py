"""The share of a grant that goes to SMEs, in whole cents.

Two integers say the share: ``n`` of every ``d`` cents, 3 of 4 in SMP-COSME-2021-CLUSTER-01
("75 % of the grant will be directed to SMEs"). No fraction is ever computed, so nothing is
ever rounded the wrong way.
"""

from __future__ import annotations

from dataclasses import dataclass

SHARE_N, SHARE_D = 3, 4


def _require(*, n: int, d: int, **amounts: int) -> None:
    if not 0 < n <= d:
        raise ValueError(f"the share {n}/{d} is not between 0 and 1")
    for name, cents in amounts.items():
        if cents < 0:
            raise ValueError(f"{name} is negative: {cents}")


def coordination_max(grant: int, *, n: int = SHARE_N, d: int = SHARE_D) -> int:
    """Largest coordination budget of a grant, in cents: ⌊grant·(d−n)/d⌋."""
    _require(n=n, d=d, grant=grant)
    return grant * (d - n) // d


def sme_pool(grant: int, *, n: int = SHARE_N, d: int = SHARE_D) -> int:
    """Smallest SME pool of a grant, in cents: the smallest p with d·p ≥ n·grant."""
    return grant - coordination_max(grant, n=n, d=d)


def earmark(grant: int, *, planned: int, n: int = SHARE_N, d: int = SHARE_D) -> int:
    """What the SME pool opens with: the agreement's plan, but never below ``sme_pool``.

    Raises ``ValueError`` when the plan is larger than the grant.
    """
    _require(n=n, d=d, grant=grant, planned=planned)
    if planned > grant:
        raise ValueError(f"SME support planned {planned} is larger than the grant {grant}")
    return max(planned, sme_pool(grant, n=n, d=d))


def earmark_holds(*, sme: int, coordination: int, n: int = SHARE_N, d: int = SHARE_D) -> bool:
    """Whether a split of a grant keeps the share: (d−n)·sme ≥ n·coordination.

    The same as ``coordination ≤ coordination_max(sme + coordination)``, without a division.
    """
    return (d - n) * sme >= n * coordination


def coordination_matched(support: int, *, n: int = SHARE_N, d: int = SHARE_D) -> int:
    """Coordination that accepted SME support carries: ⌊support·(d−n)/n⌋ (a third, for 3/4)."""
    _require(n=n, d=d, support=support)
    return support * (d - n) // n


def payable(
    grant_max: int, *, support: int, coordination: int, n: int = SHARE_N, d: int = SHARE_D
) -> int:
    """The final grant: min(G, S + min(C, ⌊S·(d−n)/n⌋)), in cents.

    It is the largest sum that pays no more than was accepted, no more than the grant, and
    keeps the SME share; one cent more would break one of the three.
    """
    _require(n=n, d=d, grant_max=grant_max, support=support, coordination=coordination)
    matched = min(coordination, coordination_matched(support, n=n, d=d))
    return min(grant_max, support + matched)


@dataclass(frozen=True, slots=True)
class Settled:
    """The final grant and its two parts, in cents."""

    payable: int
    sme_part: int
    coord_part: int


def settle(
    grant_max: int, *, support: int, coordination: int, n: int = SHARE_N, d: int = SHARE_D
) -> Settled:
    """The final grant of ``payable`` split: SME support first, coordination gets the rest."""
    total = payable(grant_max, support=support, coordination=coordination, n=n, d=d)
    sme_part = min(support, total)
    return Settled(total, sme_part, total - sme_part)


def largest_remainder(total: int, *, weights: dict[str, int]) -> dict[str, int]:
    """``total`` cents divided by weight, to the cent; the largest remainders get the odd cents.

    Ties go to the smaller name, so that every machine divides alike. Nobody gets more than
    their weight when ``total`` is at most the sum of the weights.
    Raises ``ValueError`` when there is something to divide and nobody to bear it.
    """
    whole = sum(weights.values())
    if total and not whole:
        raise ValueError(f"{total} cents to divide and no weight to divide them by")
    if not total:
        return {}
    parts = {name: total * weight // whole for name, weight in weights.items()}
    odd = total - sum(parts.values())
    by_remainder = sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))
    for name in by_remainder[:odd]:
        parts[name] += 1
    return {name: cents for name, cents in parts.items() if cents}
