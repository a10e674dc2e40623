"""Charts that other apps draw on the page of a grant; they register them once, at start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.presentation.charts.sankey import Sankey
    from grants.models import Grant

    Draw = Callable[[Grant], Sankey | None]

_known: list[Draw] = []


def register(draw: Draw) -> None:
    """Ask ``draw`` for its chart of every grant that has a book; once, however often it is said."""
    if draw not in _known:
        _known.append(draw)


def charts(grant: Grant) -> list[Sankey]:
    """What there is to draw of this grant."""
    return [chart for draw in _known if (chart := draw(grant)) is not None]
