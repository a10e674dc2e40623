"""The budget of a proposal: indirect costs, EU contribution and the SMEs' share, in whole cents.

Every share of a cost is the floor of the cumulated sum: partner by partner it adds up to the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Costs:
    """Direct costs in cents by category (model grant agreement, Annex 2)."""

    a: int = 0
    b: int = 0
    c1: int = 0
    c2: int = 0
    c3: int = 0
    d1: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 0:
                raise ValueError(f"cost is negative: {field.name} {getattr(self, field.name)}")

    @property
    def c(self) -> int:
        """Purchases: travel, equipment, other goods, works and services."""
        return self.c1 + self.c2 + self.c3

    @property
    def direct(self) -> int:
        """All direct costs."""
        return self.a + self.b + self.c + self.d1

    def __add__(self, other: "Costs") -> "Costs":
        return Costs(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        )


@dataclass(frozen=True, slots=True)
class BudgetTerms:
    """The call's parameters that act on a budget. Rates in basis points of the cost."""

    rate_a: int
    rate_b: int
    rate_c: int
    rate_d1: int
    rate_e: int
    indirect_rate: int
    indirect_base_includes_d1: bool
    grant_max: int
    share_n: int
    share_d: int
    share_of_cost: bool = False


@dataclass(frozen=True, slots=True)
class PartnerBudget:
    """One partner's row as computed: E, total cost and EU contribution before the ceiling."""

    costs: Costs
    indirect: int
    contribution: int

    @property
    def total(self) -> int:
        """Direct and indirect costs."""
        return self.costs.direct + self.indirect


@dataclass(frozen=True, slots=True)
class Budget:
    """The whole consortium's budget. ``requested`` is the contribution under the call's ceiling."""

    rows: tuple[PartnerBudget, ...]
    costs: Costs
    indirect: int
    contribution: int
    requested: int
    sme: int
    share_part: int
    share_base: int
    headroom: int
    is_share_kept: bool

    @property
    def total(self) -> int:
        """Direct and indirect costs of all partners."""
        return self.costs.direct + self.indirect

    @property
    def coordination(self) -> int:
        """What of the request does not go to SMEs."""
        return self.requested - self.sme

    @property
    def is_within_grant_max(self) -> bool:
        """Whether the support to SMEs alone fits under the ceiling."""
        return self.sme <= self.requested


def indirect_base(costs: Costs, *, terms: BudgetTerms) -> int:
    """What the flat rate is taken of: the support to SMEs only if the call says so."""
    return costs.direct if terms.indirect_base_includes_d1 else costs.direct - costs.d1


def contribution_parts(costs: Costs, *, indirect: int, terms: BudgetTerms) -> int:
    """EU contribution in cents × 10,000: not divided yet, so that nothing is rounded twice."""
    return (
        costs.a * terms.rate_a
        + costs.b * terms.rate_b
        + costs.c * terms.rate_c
        + costs.d1 * terms.rate_d1
        + indirect * terms.rate_e
    )


def budget(costs: Sequence[Costs], *, terms: BudgetTerms) -> Budget:
    """Compute E, totals, contribution, request and share from what the partners typed.

    ``1.00 × D1 + 0.90 × (A + B + C + E)``, then at most the highest grant (call, funding rates);
    the rates and the flat rate are the call's own.
    """
    rows = _rows(costs, terms=terms)
    whole = sum(costs, Costs())
    indirect = sum(row.indirect for row in rows)
    contribution = sum(row.contribution for row in rows)
    requested = min(contribution, terms.grant_max)
    sme = whole.d1 * terms.rate_d1 // BASIS
    base = whole.direct + indirect if terms.share_of_cost else requested
    part = whole.d1 if terms.share_of_cost else sme
    return Budget(
        rows=rows,
        costs=whole,
        indirect=indirect,
        contribution=contribution,
        requested=requested,
        sme=sme,
        share_part=part,
        share_base=base,
        headroom=max(0, min(terms.grant_max, part * terms.share_d // terms.share_n) - requested),
        is_share_kept=is_share_kept(part, base=base, share_n=terms.share_n, share_d=terms.share_d),
    )


def _rows(costs: Sequence[Costs], *, terms: BudgetTerms) -> tuple[PartnerBudget, ...]:
    rows: list[PartnerBudget] = []
    base_sum = indirect_sum = part_sum = paid_sum = 0
    for own in costs:
        base_sum += indirect_base(own, terms=terms)
        indirect = base_sum * terms.indirect_rate // BASIS - indirect_sum
        indirect_sum += indirect
        part_sum += contribution_parts(own, indirect=indirect, terms=terms)
        contribution = part_sum // BASIS - paid_sum
        paid_sum += contribution
        rows.append(PartnerBudget(costs=own, indirect=indirect, contribution=contribution))
    return tuple(rows)


def is_share_kept(part: int, *, base: int, share_n: int, share_d: int) -> bool:
    """Whether ``part / base`` is at least ``share_n / share_d``, without dividing.

    1,050,000.00 of 1,400,000.00 keeps three quarters; one cent less does not. An empty budget
    keeps nothing.
    """
    if share_d <= 0:
        raise ValueError(f"share has no denominator: {share_d}")
    return base > 0 and part * share_d >= base * share_n
