"""The picture of a criterion's marks: experts as circles, threshold, draft. Positions only."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.presentation.charts.scale import px
from grants.queries.marks import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants.models import Criterion

LEFT, WIDTH, BASE, STEP_UP = Decimal(15), Decimal(220), 36, 19
BOTTOM, CIRCLE = 76, 10
TICKS_MAX, COLOURS = 5, 4


@dataclass(frozen=True, slots=True)
class Dot:
    """An expert's mark: where its circle stands; equal marks stand above each other."""

    letter: str
    x: str
    y: int
    css: str

    @property
    def text_y(self) -> int:
        """Baseline of the letter in the circle."""
        return self.y + 4


@dataclass(slots=True)
class Spread:
    """Values for ``grants/components/spread.html``."""

    label: str
    ticks: list[tuple[str, str]]
    dots: list[Dot] = field(default_factory=list)
    span: tuple[str, str] | None = None
    limit: str = ""
    draft: str = ""

    @property
    def top(self) -> int:
        """Upper edge: a tall stack of equal marks makes the picture higher."""
        return min([0, *(dot.y - CIRCLE for dot in self.dots)])

    @property
    def height(self) -> int:
        """From there to the words under the axis."""
        return BOTTOM - self.top


def drawn(
    criterion: Criterion, marks: Sequence[tuple[str, Decimal]], *, draft: Decimal | None
) -> Spread:
    """The picture, with the same figures in words as its label."""
    scores = [score for _letter, score in marks]
    unit = criterion.score_max / TICKS_MAX
    picture = Spread(
        label=_label(criterion, scores, draft),
        ticks=[(_x(unit * n, criterion), plain(unit * n)) for n in range(TICKS_MAX + 1)],
        dots=_dots(criterion, marks),
    )
    if len(set(scores)) > 1:
        picture.span = (_x(min(scores), criterion), _x(max(scores), criterion))
    if criterion.threshold:
        picture.limit = _x(criterion.threshold, criterion)
    if draft is not None:
        picture.draft = _x(draft, criterion)
    return picture


def _dots(criterion: Criterion, marks: Sequence[tuple[str, Decimal]]) -> list[Dot]:
    stacked: dict[Decimal, int] = {}
    dots: list[Dot] = []
    for number, (letter, score) in enumerate(marks):
        above = stacked.get(score, 0)
        stacked[score] = above + 1
        css = f"ch-who{number % COLOURS + 1}"
        dots.append(Dot(letter, _x(score, criterion), BASE - STEP_UP * above, css))
    return dots


def _x(score: Decimal, criterion: Criterion) -> str:
    return px(LEFT + WIDTH * score / criterion.score_max)


def _label(criterion: Criterion, scores: Sequence[Decimal], draft: Decimal | None) -> str:
    words = _("Marks %(marks)s") % {"marks": ", ".join(plain(score) for score in scores) or "–"}
    if draft is not None:
        words += "; " + _("consensus %(mark)s") % {"mark": plain(draft)}
    if criterion.threshold:
        words += "; " + _("threshold %(mark)s") % {"mark": plain(criterion.threshold)}
    return words
