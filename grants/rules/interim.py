"""Interim payments: what the accepted reports have earned, under the ceiling."""

from __future__ import annotations

from dataclasses import dataclass

BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Interim:
    """``earned`` by this report, of which ``payable`` now; ``ceiling_left`` before this payment."""

    earned: int
    ceiling_left: int
    payable: int


def interim(
    entitled_cents: int,
    *,
    income_cents: int,
    paid_cents: int,
    grant_max_cents: int,
    ceiling_bp: int,
) -> Interim:
    """What is paid on an accepted report: prefinancing and interims stay within the ceiling.

    ``entitled_cents`` is what the grant would come to today, ``income_cents`` what earlier reports
    have earned, ``paid_cents`` all payments so far (docs/domain.md, "Interim and balance").
    """
    earned = max(0, entitled_cents - income_cents)
    ceiling_left = max(0, grant_max_cents * ceiling_bp // BASIS - paid_cents)
    return Interim(earned, ceiling_left, min(earned, ceiling_left))
