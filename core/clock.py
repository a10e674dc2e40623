"""Product time. Views, commands and jobs ask here; everything below is told (``at``)."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_frozen: list[datetime] = []


def now() -> datetime:
    """Aware UTC. The demo's clock stands elsewhere: ``settings.CLOCK_OFFSET`` moves it."""
    if _frozen:
        return _frozen[-1]
    offset: timedelta = settings.CLOCK_OFFSET
    return datetime.now(UTC) + offset


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at ``instant``: for the demo's story and for tests."""
    _frozen.append(instant)
    try:
        yield
    finally:
        _frozen.pop()
