"""The parameters of a call as the rules read them: five statements, whatever the call's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.models import Call, Provenance
from grants.rules.budget import BudgetTerms
from grants.rules.call_gaps import CallDraft, CriterionTerm, StrandTerm
from grants.rules.call_rules import AnnexTerm, CallTerms, ObjectiveTerm, PartTerm
from grants.rules.consortium import ConsortiumTerms
from grants.rules.deadline import window_days

if TYPE_CHECKING:
    from collections.abc import Mapping


def budget_terms(call: Call) -> BudgetTerms:
    """Rates, ceiling and share of the call; a category without a rate is paid nothing."""
    rates = {row.category: row.rate_bp for row in call.cost_rates.all()}
    return BudgetTerms(
        rate_a=rates.get("A", 0),
        rate_b=rates.get("B", 0),
        rate_c=rates.get("C", 0),
        rate_d1=rates.get("D1", 0),
        rate_e=rates.get("E", 0),
        indirect_rate=call.indirect_rate_bp,
        indirect_base_includes_d1=call.indirect_base_includes_d1,
        grant_max=call.grant_max_cents,
        share_n=call.share_n,
        share_d=call.share_d,
        share_of_cost=call.share_base == Call.ShareBase.COST,
    )


def consortium_terms(call: Call) -> ConsortiumTerms:
    """What the call asks of a consortium."""
    return ConsortiumTerms(
        partners_min=call.partners_min,
        countries_min=call.countries_min,
        clusters_only=call.clusters_only,
        eligible_countries=frozenset(call.eligible_countries),
    )


def call_terms(call: Call) -> CallTerms:
    """Everything a proposal is held to."""
    sections = call.section_templates.order_by("position")
    annexes = call.annex_kinds.order_by("position")
    objectives = call.objectives.order_by("position")
    return CallTerms(
        consortium=consortium_terms(call),
        budget=budget_terms(call),
        parts=tuple(
            PartTerm(s.code, s.title, s.is_required, s.characters_max, s.words_max)
            for s in sections
        ),
        annexes=tuple(AnnexTerm(a.code, a.title, a.is_required, a.counts_pages) for a in annexes),
        strands=frozenset(call.strands.values_list("code", flat=True)),
        objectives=tuple(ObjectiveTerm(o.code, o.name, o.role) for o in objectives),
        supporting_min=call.objectives_supporting_min,
        focus_min=call.objectives_focus_min,
        duration_min=call.duration_months_min,
        duration_max=call.duration_months_max,
        page_limit=call.page_limit,
    )


def call_draft(call: Call) -> CallDraft:
    """The parts of a call that must fit together before it is published."""
    zone = call.zone_info
    required = call.section_templates.filter(is_required=True)
    return CallDraft(
        criteria=tuple(
            CriterionTerm(c.name, c.score_max, c.score_step, c.weight, c.threshold)
            for c in call.criteria.order_by("position")
        ),
        score_total_min=call.score_total_min,
        strands=tuple(
            StrandTerm(s.name, s.quota_min, s.budget_cents)
            for s in call.strands.order_by("position")
        ),
        budget=call.budget_cents,
        grant_max=call.grant_max_cents,
        projects_max=call.projects_max,
        rate_categories=frozenset(call.cost_rates.values_list("category", flat=True)),
        window_days=window_days(
            call.opens_at.astimezone(zone), deadline_at=call.deadline_at.astimezone(zone)
        ),
        window_days_min=call.window_days_min,
        terms=call_terms(call),
        tie_break_count=call.tie_break_keys.count(),
        required_parts=frozenset(required.values_list("part", flat=True)),
    )


def notes(call: Call, *parameters: str) -> list[Provenance]:
    """The sources of some parameters, to be shown where these act."""
    return list(call.provenances.filter(parameter__in=parameters).order_by("parameter"))


def provenances(call: Call) -> Mapping[str, Provenance]:
    """Where each parameter's value comes from, by the parameter's name."""
    return {row.parameter: row for row in call.provenances.all()}
