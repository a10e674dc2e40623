"""How urgent a day is, in words and in one of three tones."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, ngettext

from core.presentation import formats

SOON_DAYS = 7
LAST_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Urgency:
    """Words such as `4 days left` and the class that colours them (empty, soon or late)."""

    words: str
    tone: str

    @property
    def css(self) -> str:
        """Class of the words in the page."""
        return f"tr-{self.tone}" if self.tone else "tr-mute"


def urgency(due: date, *, now: datetime) -> Urgency:
    """Judge a deadline: late once it has passed, soon within a week."""
    if isinstance(due, datetime) and due < now:
        return late(formats.days_between(now, due), span=now - due)
    days = formats.days_between(due, now)
    if days < 0:
        return late(-days, span=timedelta(days=-days))
    if days == 0:
        return Urgency(gettext("today"), "soon")
    words = ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return Urgency(words, "soon" if days <= SOON_DAYS else "")


def late(days: int, *, span: timedelta) -> Urgency:
    """Words for a deadline that has passed by whole days, or by a span on the same day."""
    if days:
        words = ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
        return Urgency(words, "late")
    return Urgency(gettext("%(span)s late") % {"span": formats.duration(span)}, "late")


def left(deadline: datetime, *, now: datetime) -> Urgency:
    """Time left until an instant, exact to the second within the last hour."""
    if deadline < now:
        return Urgency(gettext("over"), "late")
    span = deadline - now
    return Urgency(formats.duration(span), "soon" if span <= LAST_HOUR else "")
