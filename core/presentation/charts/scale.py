"""From values to positions on the drawing."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

TENTH = Decimal("0.1")
LETTER = Decimal("6.6")


def px(value: Decimal | int) -> str:
    """A position or a length with one decimal, as SVG reads it: `245.9`, `40`."""
    text = str(Decimal(value).quantize(TENTH, ROUND_HALF_UP))
    return text.removesuffix(".0")


def scaled(value: int, *, top: int, length: int) -> Decimal:
    """Length of a value where `top` has the full `length`; nothing is longer than that."""
    if top <= 0 or value <= 0:
        return Decimal(0)
    return Decimal(min(value, top)) * length / Decimal(top)


def text_width(words: str) -> Decimal:
    """Room that words of the size of a chart's labels need, in pixels."""
    return LETTER * len(words)


def apart(positions: list[Decimal], *, gap: int) -> list[Decimal]:
    """Move labels down until each stands at least `gap` below the one above it."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    moved = list(positions)
    for upper, lower in pairwise(order):
        moved[lower] = max(moved[lower], moved[upper] + gap)
    return moved
