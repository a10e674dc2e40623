"""Filters and small tags for single values."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString

from core import clock
from core.presentation import formats, icons, markup
from core.presentation.parts import Eyes

register = template.Library()

register.filter("money", formats.money)
register.filter("eur", formats.eur)
register.filter("share", formats.share)
register.filter("rate", formats.rate)
register.filter("whole", formats.whole)
register.filter("duration", formats.duration)
register.filter("file_size", formats.file_size)
register.filter("fingerprint", formats.fingerprint)
register.filter("initials", formats.initials)
register.filter("iban", formats.iban)
register.filter("iban_short", formats.iban_short)
register.filter("yes_no", formats.yes_no)
register.filter("clock_time", formats.clock_time)

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.mark, name="mark")
register.simple_tag(markup.tag, name="tag")
register.simple_tag(markup.badge, name="badge")
register.simple_tag(markup.chip, name="chip")
register.simple_tag(formats.share_of, name="share_of")


@register.filter
def when(value: datetime | None, how: str = "") -> SafeString | str:
    """An instant: `when`, in a table `when:"short"`, in its own zone `when:call.zone`."""
    if how == "short":
        return markup.when(value, short=True)
    return markup.when(value, zone=ZoneInfo(str(how)) if how else None)


@register.filter
def day(value: date | None, how: str = "") -> SafeString | str:
    """A day: `day`, in a table `day:"short"`."""
    return markup.day(value, short=how == "short")


@register.filter
def moment(value: date | None) -> SafeString | str:
    """A day as a day, an instant as an instant, for lists that may hold either."""
    return when(value) if isinstance(value, datetime) else markup.day(value)


@register.filter
def due(value: date | None) -> SafeString | str:
    """Days left until a date or an instant, in the tone that fits: `4 days left`."""
    return markup.due(value, now=clock.now()) if value else ""


@register.simple_tag
def countdown(deadline: datetime) -> SafeString:
    """Time left until a deadline, in large type."""
    return markup.countdown(deadline, now=clock.now())


@register.simple_tag
def eyes(first: Any, second: Any = None) -> SafeString:
    """The two officers of a record, given as people or names."""
    return markup.eyes(Eyes(str(first), str(second) if second else None))
