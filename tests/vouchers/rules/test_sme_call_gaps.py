from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from vouchers.rules.sme_call_gaps import CallFacts, Gap, gaps_of

WHOLE = CallFacts(
    conditions="SMEs of the textile ecosystem.",
    portal_id="14063COMPETITIVE_CALLen",
    amounts=(3_600_00, 10_000_00),
    budget_cents=90_000_00,
    cap_cents=60_000_00,
    is_cofunded=False,
    rate_bp=10_000,
    own_share_bp=0,
    is_ranked=True,
    criteria=3,
    tie_keys=1,
    score_max=Decimal(30),
    score_min=Decimal(21),
    claim_evidence=1,
    has_instalments=False,
    instalments_bp=(),
    opens_on=date(2026, 5, 13),
    closes_on=date(2026, 7, 13),
    derogation="",
    grant_ends_on=date(2028, 1, 1),
)


def test_a_whole_call_lacks_nothing() -> None:
    assert gaps_of(WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"conditions": "  "}, Gap.CONDITIONS),
        ({"portal_id": ""}, Gap.PORTAL_ID),
        ({"amounts": ()}, Gap.SERVICES),
        ({"budget_cents": 3_599_99}, Gap.BUDGET),
        ({"cap_cents": 9_999_99}, Gap.CAP),
        ({"is_cofunded": True}, Gap.RATE),
        ({"is_cofunded": True, "rate_bp": 5_001, "own_share_bp": 5_000}, Gap.RATE),
        ({"criteria": 0}, Gap.CRITERIA),
        ({"tie_keys": 0}, Gap.TIE_BREAK),
        ({"score_min": Decimal("30.01")}, Gap.THRESHOLD),
        ({"claim_evidence": 0}, Gap.EVIDENCE),
        ({"has_instalments": True, "instalments_bp": (3_000, 6_999)}, Gap.INSTALMENTS),
        ({"closes_on": date(2026, 7, 11)}, Gap.WINDOW),
        ({"grant_ends_on": date(2026, 7, 13)}, Gap.GRANT_END),
    ],
)
def test_each_thing_that_is_missing_is_named(change: dict[str, object], gap: Gap) -> None:
    assert gaps_of(replace(WHOLE, **change)) == (gap,)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    "change",
    [
        {"budget_cents": 3_600_00},
        {"cap_cents": 10_000_00},
        {"is_cofunded": True, "rate_bp": 5_000, "own_share_bp": 5_000},
        {"is_ranked": False, "tie_keys": 0},
        {"score_min": Decimal(30)},
        {"has_instalments": True, "instalments_bp": (3_000, 7_000)},
        {"closes_on": date(2026, 7, 12)},
        {"closes_on": date(2026, 6, 12), "derogation": "Agreed on 4 May."},
    ],
)
def test_what_just_fits_is_no_gap(change: dict[str, object]) -> None:
    assert gaps_of(replace(WHOLE, **change)) == ()  # type: ignore[arg-type]  # fields by name
