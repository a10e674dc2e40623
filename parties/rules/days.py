"""The day on which an instant falls. Rights, mandates and ties hold by the day, Brussels time."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")


def day_of(at: datetime) -> date:
    """The date in Brussels at an aware instant."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {at}")
    return at.astimezone(BRUSSELS).date()
