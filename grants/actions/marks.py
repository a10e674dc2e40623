"""Marks as they are typed, by an expert alone or by the rapporteur for the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import DomainError, NotAllowed
from grants.queries.marks import criteria_of, scale_of, step_sentence
from grants.rules.scoring import is_in_step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from grants.models import Call, ConsensusMark, Criterion, Mark
    from grants.queries.marks import Scored

K = TypeVar("K", "Mark", "ConsensusMark")


def write_marks(
    kind: type[K],
    marks: Mapping[UUID, Scored],
    *,
    call: Call,
    **owner: Any,
) -> None:
    """Keep the marks of ``owner`` by criterion, complete or not; an earlier one is replaced.

    Refused for a mark outside the scale.
    """
    criteria = {criterion.pk: criterion for criterion in criteria_of(call)}
    for criterion_id, mark in marks.items():
        _check_step(criteria.get(criterion_id), mark)
    kind._default_manager.bulk_create(
        [
            kind(**owner, criterion_id=key, score=mark.score, comment=mark.comment)
            for key, mark in marks.items()
        ],
        update_conflicts=True,
        unique_fields=[*owner, "criterion"],
        update_fields=["score", "comment"],
    )


def _check_step(criterion: Criterion | None, mark: Scored) -> None:
    if criterion is None:
        raise NotAllowed("a criterion of another call")
    if mark.score is not None and not is_in_step(mark.score, scale_of(criterion)):
        raise DomainError(step_sentence(criterion, mark.score))
