"""Marks, totals, thresholds (docs/domain.md, Evaluation). Decimals only, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOTAL = "total"
BANDS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """One criterion as data: marks from 0 to ``highest`` in steps, weighted, with a threshold."""

    code: str
    highest: Decimal
    step: Decimal
    weight: Decimal = Decimal(1)
    threshold: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.step <= 0 or self.highest <= 0 or self.weight <= 0:
            raise ValueError(f"scale {self.code} must be positive")
        if self.highest % self.step:
            raise ValueError(f"scale {self.code}: {self.highest} is not a whole number of steps")
        if not 0 <= self.threshold <= self.highest:
            raise ValueError(f"scale {self.code}: threshold outside the scale")


def steps(scale: Scale) -> tuple[Decimal, ...]:
    """Every mark the scale allows, from 0 up."""
    return tuple(scale.step * i for i in range(int(scale.highest / scale.step) + 1))


def is_in_step(score: Decimal, scale: Scale) -> bool:
    """Whether ``score`` is a multiple of the step between 0 and the highest mark."""
    return 0 <= score <= scale.highest and score % scale.step == 0


def band(score: Decimal, scale: Scale) -> int:
    """The wording a mark falls under: 0 (fails) to 5 (excellent), whatever the scale's length."""
    return int(score * BANDS / scale.highest)


def total(marks: Mapping[str, Decimal], scales: Sequence[Scale]) -> Decimal:
    """Sum of weight times mark over all criteria. Raises ``ValueError`` when a mark is missing."""
    missing = [scale.code for scale in scales if scale.code not in marks]
    if missing:
        raise ValueError(f"no mark for {', '.join(missing)}")
    return sum((marks[scale.code] * scale.weight for scale in scales), Decimal(0))


def total_max(scales: Sequence[Scale]) -> Decimal:
    """The highest total that can be reached."""
    return sum((scale.highest * scale.weight for scale in scales), Decimal(0))


def failed_thresholds(
    marks: Mapping[str, Decimal], scales: Sequence[Scale], *, total_min: Decimal
) -> tuple[str, ...]:
    """Codes of the criteria under their threshold, and ``"total"``; empty when fundable."""
    under = [scale.code for scale in scales if marks[scale.code] < scale.threshold]
    if total(marks, scales) < total_min:
        under.append(TOTAL)
    return tuple(under)


def spread(scores: Sequence[Decimal]) -> Decimal:
    """Distance between the highest and the lowest mark; 0 for none."""
    return max(scores) - min(scores) if scores else Decimal(0)


def is_divergent(scores: Sequence[Decimal], scale: Scale, *, spread_max: Decimal | None) -> bool:
    """Whether marks lie further apart than the call allows, or on both sides of the threshold.

    Without ``spread_max`` the call has no divergence rule. Support for the moderator only: it
    changes no mark.
    """
    if spread_max is None or len(scores) < 2:
        return False
    both_sides = min(scores) < scale.threshold <= max(scores)
    return spread(scores) > spread_max or both_sides


def mean(scores: Sequence[Decimal]) -> Decimal:
    """Arithmetic mean, for information beside the consensus. Raises ``ValueError`` for none."""
    if not scores:
        raise ValueError("no marks, no mean")
    return sum(scores, Decimal(0)) / len(scores)
