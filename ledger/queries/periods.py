"""Which days of a book are open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max

from ledger.models import Period

if TYPE_CHECKING:
    from datetime import date


def first_open_day(book_id: int) -> date | None:
    """The day after the last closed period; None while nothing is closed."""
    last = Period.objects.filter(book=book_id).aggregate(last=Max("through"))["last"]
    return last + timedelta(days=1) if last else None


def open_day(book_id: int, day: date) -> date:
    """``day`` when it is open, else the first open day: where a late event is posted."""
    first = first_open_day(book_id)
    return max(day, first) if first else day
