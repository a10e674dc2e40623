"""A call's criteria as scales, and what a set of marks still lacks, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from grants.rules.scoring import Scale, is_in_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from uuid import UUID

    from grants.models import Call, ConsensusMark, Criterion, Mark


@dataclass(frozen=True, slots=True)
class Scored:
    """A mark and its comment, wherever they come from."""

    score: Decimal | None = None
    comment: str = ""


def criteria_of(call: Call) -> list[Criterion]:
    """The call's criteria in their order (one query)."""
    return list(call.criteria.order_by("position"))


def scale_of(criterion: Criterion) -> Scale:
    """The criterion as the rules see it; the code is its key."""
    return Scale(
        code=str(criterion.pk),
        highest=criterion.score_max,
        step=criterion.score_step,
        weight=criterion.weight,
        threshold=criterion.threshold,
    )


def scored(marks: Iterable[Mark | ConsensusMark]) -> dict[UUID, Scored]:
    """Marks by criterion."""
    return {mark.criterion_id: Scored(mark.score, mark.comment) for mark in marks}


def gaps(
    marks: Mapping[UUID, Scored], criteria: Iterable[Criterion], *, comment_chars_min: int
) -> tuple[str, ...]:
    """What keeps the marks from being complete, one sentence each, in the criteria's order."""
    sentences: list[str] = []
    for criterion in criteria:
        mark = marks.get(criterion.pk, Scored())
        if mark.score is None:
            sentences.append(_("%(criterion)s has no mark yet.") % {"criterion": criterion.name})
        elif not is_in_step(mark.score, scale_of(criterion)):
            sentences.append(step_sentence(criterion, mark.score))
        written = len(mark.comment.strip())
        if written < max(comment_chars_min, 1):
            sentences.append(
                _("%(criterion)s: say why in at least %(least)s characters; there are %(written)s.")
                % {
                    "criterion": criterion.name,
                    "least": max(comment_chars_min, 1),
                    "written": written,
                }
            )
    return tuple(sentences)


def step_sentence(criterion: Criterion, score: Decimal) -> str:
    """Why ``score`` is no mark of this criterion, with what would be."""
    return _(
        "%(criterion)s: %(score)s is not a mark of its scale. It goes from 0 to %(highest)s in "
        "steps of %(step)s."
    ) % {
        "criterion": criterion.name,
        "score": plain(score),
        "highest": plain(criterion.score_max),
        "step": plain(criterion.score_step),
    }


def plain(number: Decimal) -> str:
    """A mark without idle zeros: 4.50 is 4.5, 10.00 is 10."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
