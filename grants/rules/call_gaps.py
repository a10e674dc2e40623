"""What a call itself needs before it can be published: scales, quotas and lists that fit."""

from dataclasses import dataclass
from decimal import Decimal

from grants.rules.call_rules import CallTerms


@dataclass(frozen=True, slots=True)
class CriterionTerm:
    """An award criterion's scale."""

    name: str
    score_max: Decimal
    score_step: Decimal
    weight: Decimal
    threshold: Decimal


@dataclass(frozen=True, slots=True)
class StrandTerm:
    """A strand's quota (projects) and own budget in cents, if any."""

    name: str
    quota_min: int
    budget: int | None


@dataclass(frozen=True, slots=True)
class CallDraft:
    """The parts of a call that must fit together before it is published."""

    criteria: tuple[CriterionTerm, ...]
    score_total_min: Decimal
    strands: tuple[StrandTerm, ...]
    budget: int
    grant_max: int
    projects_max: int | None
    rate_categories: frozenset[str]
    window_days: int
    window_days_min: int
    terms: CallTerms
    tie_break_count: int
    required_parts: frozenset[str]


def call_gaps(draft: CallDraft) -> tuple[tuple[str, str], ...]:
    """What stops a publication: (code of the gap, name it is about), in reading order."""
    return (
        *_scale_gaps(draft),
        *_strand_gaps(draft),
        *_set_gaps(draft),
    )


def _scale_gaps(draft: CallDraft) -> list[tuple[str, str]]:
    gaps = [] if draft.criteria else [("no_criteria", "")]
    gaps += [("step", c.name) for c in draft.criteria if c.score_max % c.score_step]
    gaps += [("threshold_step", c.name) for c in draft.criteria if c.threshold % c.score_step]
    total = sum((c.weight * c.score_max for c in draft.criteria), Decimal())
    if draft.score_total_min > total:
        gaps.append(("total_threshold", ""))
    return gaps


def _strand_gaps(draft: CallDraft) -> list[tuple[str, str]]:
    gaps = [] if draft.strands else [("no_strands", "")]
    places = draft.projects_max or draft.budget // draft.grant_max
    if sum(strand.quota_min for strand in draft.strands) > places:
        gaps.append(("quotas", ""))
    if sum(strand.budget or 0 for strand in draft.strands) > draft.budget:
        gaps.append(("strand_budgets", ""))
    return gaps


def _set_gaps(draft: CallDraft) -> list[tuple[str, str]]:
    terms = draft.terms
    roles = [objective.role for objective in terms.objectives]
    checks = (
        ("rates", {"A", "B", "C", "D1", "E"} <= draft.rate_categories),
        ("window", draft.window_days >= draft.window_days_min),
        ("countries", len(terms.consortium.eligible_countries) >= terms.consortium.countries_min),
        ("objectives_supporting", roles.count("supporting") >= terms.supporting_min),
        ("objectives_focus", roles.count("focus") >= terms.focus_min),
        ("tie_breaks", draft.tie_break_count > 0),
        ("parts", {"A", "B"} <= draft.required_parts),
    )
    return [(code, "") for code, holds in checks if not holds]
