"""Acts that change whose turn it is but no state: the work lists hear of them all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.gate import Move, tell

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person


def told(record: Any, event: str, *, actor: Person, at: datetime) -> None:
    """Tell the listeners that ``event`` has happened to ``record``, in this transaction."""
    tell(Move(record, event, record.state, record.state, actor, at))
