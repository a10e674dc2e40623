"""What each step of a scale means, in the words experts are asked to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.queries.marks import plain, scale_of
from grants.rules.scoring import band

if TYPE_CHECKING:
    from decimal import Decimal

    from grants.models import Criterion

WORDINGS = (
    gettext_lazy("Fails to address it, or cannot be judged"),
    gettext_lazy("Poor: serious inherent weaknesses"),
    gettext_lazy("Fair: significant weaknesses"),
    gettext_lazy("Good, with a number of shortcomings"),
    gettext_lazy("Very good, with a small number of shortcomings"),
    gettext_lazy("Excellent: any shortcoming is minor"),
)


def wording(criterion: Criterion, score: Decimal) -> str:
    """The wording that a mark falls under; a step between two has the lower one's."""
    return str(WORDINGS[min(max(band(score, scale_of(criterion)), 0), len(WORDINGS) - 1)])


def scale_line(criterion: Criterion) -> str:
    """The scale in a line: "0 to 5 in steps of 0.5, threshold 3"."""
    words = _("0 to %(highest)s in steps of %(step)s, threshold %(threshold)s")
    if not criterion.threshold:
        words = _("0 to %(highest)s in steps of %(step)s")
    return words % {
        "highest": plain(criterion.score_max),
        "step": plain(criterion.score_step),
        "threshold": plain(criterion.threshold),
    }
