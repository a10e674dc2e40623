"""Set up a draft call from a catalogue file: parameters, lists and where each value comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction

from core.errors import NotAllowed
from grants.actions import call as calls
from grants.models import (
    AnnexKind,
    Call,
    CallRole,
    CostRate,
    Criterion,
    Objective,
    Provenance,
    SectionTemplate,
    Strand,
    TieBreakKey,
)
from grants.queries import catalogue
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db import models

    from core.models import Person

ROWS: Mapping[str, type[models.Model]] = {
    "criteria": Criterion,
    "strands": Strand,
    "objectives": Objective,
    "section_templates": SectionTemplate,
    "annex_kinds": AnnexKind,
}
LISTS = {*ROWS, "cost_rates", "tie_break_keys", "provenance"}
DECIMALS = {"score_max", "score_step", "weight", "threshold", "score_total_min", "spread_max"}


@transaction.atomic
def load_call(content: Mapping[str, Any], *, actor: Person, at: datetime, **changes: Any) -> Call:
    """Make a draft call of a catalogue file's content; ``changes`` replace single parameters.

    Times without a zone are in the call's own. Refused when the identifier is taken.
    """
    zone = ZoneInfo(content["zone"])
    parameters = {
        name: _value(name, value, zone=zone) for name, value in content.items() if name not in LISTS
    }
    call = calls.draft(actor=actor, at=at, **(parameters | changes))
    for noun, model in ROWS.items():
        for position, row in enumerate(content.get(noun, ()), start=1):
            values = {name: _value(name, value, zone=zone) for name, value in row.items()}
            model._default_manager.create(call=call, position=position, **values)
    _load_ladder(call, content)
    _load_rates(call, content)
    return call


def load_from_catalogue(*, slug: str, identifier: str, actor: Person, at: datetime) -> Call:
    """Begin a new call with the rules of one of the catalogue.

    Only for somebody who coordinates or authorises a call already: offices are given, not taken.
    """
    offices = CallRole.objects.on(day_of(at)).filter(person=actor, role__in=["CC", "AO"])
    if not offices.exists():
        raise NotAllowed(f"{actor} does not begin calls")
    return load_call(catalogue.read(slug), actor=actor, at=at, identifier=identifier)


def _load_ladder(call: Call, content: Mapping[str, Any]) -> None:
    criteria = {criterion.code: criterion for criterion in call.criteria.all()}
    for position, row in enumerate(content.get("tie_break_keys", ()), start=1):
        criterion = criteria[row["criterion"]] if "criterion" in row else None
        TieBreakKey.objects.create(
            call=call, position=position, kind=row["kind"], criterion=criterion
        )


def _load_rates(call: Call, content: Mapping[str, Any]) -> None:
    for category, rate_bp in content.get("cost_rates", {}).items():
        CostRate.objects.create(call=call, category=category, rate_bp=rate_bp)
    for parameter, (kind, note) in content.get("provenance", {}).items():
        Provenance.objects.create(call=call, parameter=parameter, kind=kind, note=note)


def _value(name: str, value: Any, *, zone: ZoneInfo) -> Any:
    if name in DECIMALS:
        return Decimal(str(value))
    if name.endswith("_at") and value.tzinfo is None:
        return value.replace(tzinfo=zone)
    return value.strip() if isinstance(value, str) else value
