"""The shapes of support that Euroclusters published, as six SME calls; see docs/domain.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vouchers.models import SmeCall

EURO = 100
HALF_A_POOL = 500_000 * EURO


@dataclass(frozen=True, slots=True)
class Shape:
    """One scheme: what it pays, how SMEs are chosen, how many of them apply and win."""

    title: str
    terms: dict[str, Any]
    services: list[dict[str, Any]]
    share: int
    spare: int

    def applicants(self, *, crowd: int) -> int:
        """How many may win when ``crowd`` % of the usual number apply, within half a pool."""
        amount: int = self.services[0]["amount_cents"]
        return max(self.share, min(self.share * crowd // 100, HALF_A_POOL // amount))


def _service(kind: str, title: str, euro: int, activities: str) -> dict[str, Any]:
    return {"kind": kind, "title": title, "amount_cents": euro * EURO, "activities": activities}


SHAPES = (
    Shape(
        "Innovation projects of EUR 40,000",
        {"scheme": SmeCall.Scheme.LUMP_SUM, "order": SmeCall.Order.RANKED},
        [_service("resilience", "Innovation project", 40_000, "Prototype, trial, market test")],
        share=12,
        spare=4,
    ),
    Shape(
        "Green vouchers of EUR 3,600",
        {
            "scheme": SmeCall.Scheme.FIXED_SERVICE,
            "order": SmeCall.Order.FIRST_COME,
            "catalogue_only": True,
        },
        [_service("green", "Green consultancy", 3_600, "Energy audit, metering plan")],
        share=40,
        spare=3,
    ),
    Shape(
        "Service packs worth EUR 5,000",
        {
            "scheme": SmeCall.Scheme.FIXED_SERVICE,
            "order": SmeCall.Order.FIRST_COME,
            "regime": SmeCall.Regime.DE_MINIMIS,
        },
        [_service("digital", "Digital service pack", 5_000, "Booking system, data link, backup")],
        share=34,
        spare=2,
    ),
    Shape(
        "Open innovation services of EUR 10,000, paid to the provider",
        {
            "scheme": SmeCall.Scheme.FIXED_SERVICE,
            "order": SmeCall.Order.FIRST_COME,
            "route": SmeCall.Route.PROVIDER,
        },
        [_service("digital", "Open innovation", 10_000, "Prototype review, test bench")],
        share=28,
        spare=2,
    ),
    Shape(
        "Half of the cost, up to EUR 30,000",
        {
            "scheme": SmeCall.Scheme.COFUNDED,
            "order": SmeCall.Order.RANKED,
            "rate_bp": 5_000,
            "own_share_bp": 5_000,
        },
        [_service("green", "Process change", 30_000, "Machines, materials, certification")],
        share=10,
        spare=3,
    ),
    Shape(
        "Training vouchers of EUR 3,000, first come, first served",
        {"scheme": SmeCall.Scheme.FIXED_SERVICE, "order": SmeCall.Order.FIRST_COME},
        [_service("training", "Training", 3_000, "Courses for any number of employees")],
        share=26,
        spare=2,
    ),
)
