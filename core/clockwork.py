"""What time itself does: calls close, vouchers expire, reminders leave.

Each app registers its sweeps; beat, ``manage.py tick`` and the demo run them all. A sweep does
each record in a transaction of its own and may run twice at once without harm.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Sweep = Callable[[datetime], int]

logger = logging.getLogger(__name__)
_sweeps: dict[str, tuple[int, Sweep]] = {}


def on_tick(name: str, sweep: Sweep, *, order: int = 50) -> None:
    """Register ``sweep(at) -> how many records it moved``; low ``order`` runs first."""
    _sweeps[name] = (order, sweep)


def tick(*, at: datetime) -> dict[str, int]:
    """Run every sweep as of ``at``; one that fails is logged and does not stop the others."""
    moved: dict[str, int] = {}
    for name, (_order, sweep) in sorted(_sweeps.items(), key=lambda item: (item[1][0], item[0])):
        try:
            moved[name] = sweep(at)
        except Exception:
            logger.exception("sweep %s failed", name)
            moved[name] = -1
    return moved
