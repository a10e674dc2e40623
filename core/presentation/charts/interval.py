"""How sure a place in a ranking is: a thin bar for 90 %, a thick one for 50 %, a ring."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.presentation.charts.scale import px

WIDTH, PAD = 190, 6


@dataclass(frozen=True)
class Interval:
    """Places, 1 the best, among `places`; `line` is the last place that gets money."""

    expected: Decimal
    half: tuple[int, int]
    ninety: tuple[int, int]
    places: int
    line: Decimal

    @property
    def tone(self) -> str:
        """Grey zone where the thick bar crosses the line, out where it lies beyond."""
        if self.half[0] > self.line:
            return "is-out"
        return "is-grey" if self.half[1] > self.line else ""

    @property
    def sentence(self) -> str:
        """The bar in words."""
        words = gettext(
            "Expected rank %(expected)s, 50 %% between %(a)s and %(b)s, 90 %% between %(c)s and "
            "%(d)s"
        )
        low, high = self.half
        least, most = self.ninety
        return words % {"expected": self.expected, "a": low, "b": high, "c": least, "d": most}

    def x(self, place: Decimal | int) -> str:
        """Position of a place."""
        span = max(1, self.places - 1)
        return px(PAD + (Decimal(place) - 1) * (WIDTH - 2 * PAD) / span)

    def __html__(self) -> SafeString:
        low, high = self.x(self.ninety[0]), self.x(self.ninety[1])
        return format_html(
            '<svg class="tr-int" viewBox="0 0 190 22" role="img" aria-label="{}"><g class="ch">'
            '<path class="ch-limit" d="M{} 0v22"/>'
            '<path class="ch-90" d="M{} 11H{}M{} 7v8M{} 7v8"/>'
            '<path class="ch-50 {}" d="M{} 11H{}"/>'
            '<circle class="ch-dot" cx="{}" cy="11" r="4"/></g></svg>',
            self.sentence,
            self.x(self.line),
            low,
            high,
            low,
            high,
            self.tone,
            self.x(self.half[0]),
            self.x(self.half[1]),
            self.x(self.expected),
        )
