"""Verbs on the lists of a draft call: criteria, strands, objectives, texts, files, rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed
from grants.actions.call import locked_draft
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
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db import models

    from core.models import Person

LISTS: Mapping[str, type[models.Model]] = {
    "criteria": Criterion,
    "strands": Strand,
    "objectives": Objective,
    "tie_break_keys": TieBreakKey,
    "section_templates": SectionTemplate,
    "annex_kinds": AnnexKind,
    "cost_rates": CostRate,
    "provenances": Provenance,
}


@transaction.atomic
def add(call_id: UUID, *, noun: str, values: Mapping[str, Any], actor: Person, at: datetime) -> Any:
    """Add one row to a list of a draft call; it goes last."""
    call = locked_draft(call_id, actor=actor, at=at)
    rows: Any = LISTS[noun]._default_manager.filter(call=call)
    fields = dict(values)
    if "position" in {field.name for field in LISTS[noun]._meta.fields}:
        last = rows.order_by("-position").values_list("position", flat=True).first()
        fields["position"] = (last or 0) + 1
    if "code" in fields and rows.filter(code=fields["code"]).exists():
        raise DomainError(_("This code is taken in this call. Choose another one."), field="code")
    return rows.create(call=call, **fields)


@transaction.atomic
def change(
    call_id: UUID,
    *,
    noun: str,
    row_id: UUID,
    values: Mapping[str, Any],
    actor: Person,
    at: datetime,
) -> Any:
    """Change one row of a list of a draft call."""
    row = _row(call_id, noun=noun, row_id=row_id, actor=actor, at=at)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def remove(call_id: UUID, *, noun: str, row_id: UUID, actor: Person, at: datetime) -> None:
    """Take one row out of a draft call. Refused while something else of the call names it."""
    row = _row(call_id, noun=noun, row_id=row_id, actor=actor, at=at)
    if noun == "criteria" and row.tie_break_keys.exists():
        raise DomainError(_("A rung of the tie-break ladder names it. Remove that rung first."))
    row.delete()


def _row(call_id: UUID, *, noun: str, row_id: UUID, actor: Person, at: datetime) -> Any:
    call = locked_draft(call_id, actor=actor, at=at)
    row = LISTS[noun]._default_manager.filter(call=call, pk=row_id).first()
    if row is None:
        raise NotAllowed(f"{call} has no {noun} {row_id}")
    return row
