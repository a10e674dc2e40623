"""What the component sheet shows: every part of the kit in its states, with invented values."""

from datetime import datetime, timedelta
from typing import Any

from core.presentation.gallery.figures import charts, meters
from core.presentation.gallery.form import form
from core.presentation.gallery.lists import lists
from core.presentation.gallery.tags import tags


def everything(now: datetime) -> dict[str, Any]:
    """All that the sheet draws."""
    return {
        "form": form(),
        "soon": now + timedelta(minutes=41, seconds=8),
        "later": now + timedelta(days=4, hours=6, minutes=3),
        "now": now,
        **meters(),
        **charts(),
        **lists(now),
        **tags(),
    }
