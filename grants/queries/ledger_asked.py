"""Which entries a reader of the ledger asks for: all, of a day and before, or known by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.presentation.formats import day as day_words
from core.presentation.formats import house_zone
from core.presentation.reading import read_day
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BY_DAY, BY_RECORD = "day", "recorded"
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Asked:
    """What was asked: ``when`` for the queries, the rest for the page.

    ``typed`` and ``error``: a day that could not be read; then everything is shown.
    """

    when: ledger.AsOf
    by: str = BY_DAY
    day: date | None = None
    typed: str = ""
    error: str = ""

    @property
    def query(self) -> str:
        """What a link adds to keep asking the same; empty for everything."""
        if self.day is None:
            return ""
        return "?" + urlencode({"on": self.day.isoformat(), "by": self.by})

    @property
    def shown(self) -> str:
        """What stands in the box of the picker."""
        return day_words(self.day, short=True) if self.day else self.typed

    @property
    def words(self) -> str:
        """What the page shows, said in words."""
        if self.day is None:
            return _("Everything booked until now.")
        if self.by == BY_RECORD:
            words = _("As it was known at the end of %(day)s: what was recorded until then.")
        else:
            words = _("As of the end of %(day)s: events of that day and before, late ones too.")
        return words % {"day": day_words(self.day)}


def asked(query: Mapping[str, str]) -> Asked:
    """Read the address; a day that is none is said, not guessed."""
    typed = query.get("on", "").strip()
    by = BY_RECORD if query.get("by") == BY_RECORD else BY_DAY
    if not typed:
        return Asked(ledger.AsOf(), by)
    try:
        day = _read(typed)
    except DomainError as error:
        return Asked(ledger.AsOf(), by, typed=typed, error=str(error))
    if by == BY_RECORD:
        return Asked(ledger.AsOf(recorded_at=_end_of(day)), by, day)
    return Asked(ledger.AsOf(effective_on=day), by, day)


def _read(typed: str) -> date:
    day = read_day(typed)
    if day.year not in YEARS:
        words = _("Enter a day between %(first)s and %(last)s.")
        raise DomainError(words % {"first": YEARS[0], "last": YEARS[-1]})
    return day


def _end_of(day: date) -> datetime:
    """The last microsecond of a day, Brussels time."""
    following = datetime.combine(day + timedelta(days=1), time(), tzinfo=house_zone())
    return following - timedelta(microseconds=1)
