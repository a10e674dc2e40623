"""Tags that draw meters and charts from values whose positions are already worked out."""

from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.presentation.charts.bar import BarChart
from core.presentation.charts.interval import Interval
from core.presentation.charts.line import LineChart
from core.presentation.charts.sankey import Sankey
from core.presentation.charts.scale import px, scaled
from core.presentation.meters import PoolMeter, ShareMeter
from core.presentation.parts import Fact

register = template.Library()

STRIP_WIDTH = 280


@register.simple_tag
def meter(shown: PoolMeter | ShareMeter, plain: Any = None) -> SafeString:
    """The meter of the SMEs' share, with its legend; a grant's one with its table.

    `plain=True` leaves out the large figure, or the legend and table, that the page itself has.
    """
    return render_to_string(shown.template, {"meter": shown, "plain": plain})


@register.inclusion_tag("components/charts/chart.html")
def chart(shown: BarChart | LineChart | Sankey) -> dict[str, Any]:
    """A figure with its question as title, and the same figures in a table that opens."""
    return {"chart": shown, "figures": shown.table()}


@register.simple_tag
def interval(shown: Interval) -> SafeString:
    """How sure a place in a ranking is."""
    return shown.__html__()


@register.inclusion_tag("components/charts/strip.svg")
def strip(label: str, parts: list[Fact], cents: list[int]) -> dict[str, Any]:
    """One bar cut into parts, coloured as the facts beside it (`Fact.series`)."""
    total, x, pieces = sum(cents), Decimal(0), []
    for part, value in zip(parts, cents, strict=True):
        length = scaled(value, top=total, length=STRIP_WIDTH)
        pieces.append((part.series, px(x), px(max(length - 2, Decimal(0)))))
        x += length
    return {"label": label, "pieces": pieces, "width": STRIP_WIDTH}
