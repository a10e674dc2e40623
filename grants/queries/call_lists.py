"""The lists of a call, each in its order, read once for a page that shows several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects

from grants.models import (
    AnnexKind,
    CostRate,
    Criterion,
    Objective,
    Provenance,
    SectionTemplate,
    Strand,
    TieBreakKey,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from grants.models import Call

RULES: dict[str, QuerySet[Any]] = {
    "criteria": Criterion.objects.order_by("position"),
    "strands": Strand.objects.order_by("position"),
    "objectives": Objective.objects.order_by("position"),
    "tie_break_keys": TieBreakKey.objects.select_related("criterion").order_by("position"),
    "cost_rates": CostRate.objects.order_by("category"),
    "provenances": Provenance.objects.order_by("parameter"),
}
FORMS: dict[str, QuerySet[Any]] = {
    "section_templates": SectionTemplate.objects.order_by("position"),
    "annex_kinds": AnnexKind.objects.order_by("position"),
}


def read_lists(call: Call, lists: dict[str, QuerySet[Any]]) -> None:
    """Keep the lists with the call: ``call.criteria.all()`` then asks nothing (one query each)."""
    prefetch_related_objects([call], *(Prefetch(name, rows) for name, rows in lists.items()))
