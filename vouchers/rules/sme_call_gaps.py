"""What an SME call still lacks before it may be published.

docs/domain.md, "Conditions on SME (third-party) calls" and "SME call, application, voucher".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vouchers.rules.window import WINDOW_DAYS, is_window_long_enough

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

WHOLE_BP = 10_000


class Gap(StrEnum):
    """One thing that is missing or does not fit; the pages turn each into a sentence."""

    CONDITIONS = "conditions"
    PORTAL_ID = "portal_id"
    SERVICES = "services"
    BUDGET = "budget"
    CAP = "cap"
    RATE = "rate"
    CRITERIA = "criteria"
    TIE_BREAK = "tie_break"
    THRESHOLD = "threshold"
    EVIDENCE = "evidence"
    INSTALMENTS = "instalments"
    WINDOW = "window"
    GRANT_END = "grant_end"


@dataclass(frozen=True, slots=True)
class CallFacts:
    """An SME call as far as its publication depends on it; money in cents, shares in bp."""

    conditions: str
    portal_id: str
    amounts: tuple[int, ...]
    budget_cents: int
    cap_cents: int
    is_cofunded: bool
    rate_bp: int
    own_share_bp: int
    is_ranked: bool
    criteria: int
    tie_keys: int
    score_max: Decimal
    score_min: Decimal
    claim_evidence: int
    has_instalments: bool
    instalments_bp: tuple[int, ...]
    opens_on: date
    closes_on: date
    derogation: str
    grant_ends_on: date
    days_min: int = WINDOW_DAYS


def gaps_of(facts: CallFacts) -> tuple[Gap, ...]:
    """What is missing, in the order of the form; nothing means the call may be published."""
    tests = (
        (Gap.CONDITIONS, bool(facts.conditions.strip())),
        (Gap.PORTAL_ID, bool(facts.portal_id.strip())),
        (Gap.SERVICES, bool(facts.amounts)),
        (Gap.BUDGET, not facts.amounts or min(facts.amounts) <= facts.budget_cents),
        (Gap.CAP, not facts.amounts or max(facts.amounts) <= facts.cap_cents),
        (Gap.RATE, _rate_fits(facts)),
        (Gap.CRITERIA, facts.criteria > 0),
        (Gap.TIE_BREAK, not facts.is_ranked or facts.tie_keys > 0),
        (Gap.THRESHOLD, facts.score_min <= facts.score_max),
        (Gap.EVIDENCE, facts.claim_evidence > 0),
        (Gap.INSTALMENTS, not facts.has_instalments or sum(facts.instalments_bp) == WHOLE_BP),
        (Gap.WINDOW, _window_fits(facts)),
        (Gap.GRANT_END, facts.closes_on < facts.grant_ends_on),
    )
    return tuple(gap for gap, is_met in tests if not is_met)


def _rate_fits(facts: CallFacts) -> bool:
    if not facts.is_cofunded:
        return True
    return facts.rate_bp < WHOLE_BP and facts.rate_bp + facts.own_share_bp <= WHOLE_BP


def _window_fits(facts: CallFacts) -> bool:
    return is_window_long_enough(
        opens_on=facts.opens_on,
        closes_on=facts.closes_on,
        days_min=facts.days_min,
        derogation=facts.derogation,
    )
