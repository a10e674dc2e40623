"""The plan of a grant agreement, partner by partner, from the budget that was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.rules.financial_statement import within

if TYPE_CHECKING:
    from collections.abc import Sequence

BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Requested:
    """One partner's EU contribution in cents before the ceiling, and its SME support."""

    organisation: str
    is_coordinator: bool
    contribution: int
    sme_cost: int


@dataclass(frozen=True, slots=True)
class PartnerPlan:
    """One partner's part of the agreement, in cents of EU contribution."""

    organisation: str
    is_coordinator: bool
    coordination: int
    sme: int


def plan(
    rows: Sequence[Requested], *, requested_cents: int, sme_rate_bp: int
) -> tuple[PartnerPlan, ...]:
    """Each partner's part. Where the highest grant binds, coordination gives way, not SME support.

    Raises ``ValueError`` when the SME support alone is above what was requested.
    """
    sme = _shares([row.sme_cost for row in rows], rate_bp=sme_rate_bp)
    if sum(sme) > requested_cents:
        raise ValueError(f"SME support {sum(sme)} of a request of {requested_cents}")
    wanted = {i: max(0, row.contribution - sme[i]) for i, row in enumerate(rows)}
    kept = within(wanted, available_cents=requested_cents - sum(sme))
    return tuple(
        PartnerPlan(row.organisation, row.is_coordinator, kept[i], sme[i])
        for i, row in enumerate(rows)
    )


def _shares(costs: Sequence[int], *, rate_bp: int) -> list[int]:
    """The EU's part of each cost: the floor of the cumulated sum, so that the total is exact."""
    parts, cost, paid = [], 0, 0
    for own in costs:
        cost += own
        parts.append(cost * rate_bp // BASIS - paid)
        paid += parts[-1]
    return parts
