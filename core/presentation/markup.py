"""Small pieces of HTML that stand in tables by the hundred and are therefore made in Python."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.presentation import formats
from core.presentation.due import left, urgency
from core.presentation.parts import Eyes
from core.tags import CLASSES, Tag, tag_of


def tag(subject: Any) -> SafeString:
    """A tag with the colour and the shape of its family, from a record or a ready tag."""
    found = subject if isinstance(subject, Tag) else tag_of(subject)
    return format_html('<strong class="govuk-tag {}">{}</strong>', found.css, found.words)


def badge(family: str, words: str) -> SafeString:
    """A tag that is no state of a record, such as "above 75 %"; family as in `core.tags`."""
    return format_html('<strong class="govuk-tag {}">{}</strong>', CLASSES[family], words)


def time(value: date | None, words: str) -> SafeString | str:
    """Words wrapped in a `time` element with the machine's form of the same moment."""
    if value is None:
        return words
    machine = formats.machine_time(value)
    return format_html('<time datetime="{}">{}</time>', machine, words)


def day(value: date | None, *, short: bool = False) -> SafeString | str:
    """A day; short in tables."""
    return time(value, formats.day(value, short=short))


def when(
    value: datetime | None, *, zone: ZoneInfo | None = None, short: bool = False
) -> SafeString | str:
    """An instant in the house zone, or in the zone of its own."""
    return time(value, formats.when(value, zone=zone, short=short))


def due(value: date, *, now: datetime) -> SafeString:
    """`4 days left` in the tone that fits."""
    found = urgency(value, now=now)
    return format_html('<span class="{}">{}</span>', found.css, found.words)


def countdown(deadline: datetime, *, now: datetime) -> SafeString:
    """Time left in large type; a script counts on, without announcing it."""
    found = left(deadline, now=now)
    return format_html(
        '<p class="tr-clock"><b class="{}" data-countdown="{}" data-over="{}">{}</b>'
        " <span>{}</span></p>",
        found.css if found.tone else "",
        formats.machine_time(deadline),
        gettext("over"),
        found.words,
        gettext("left") if deadline >= now else "",
    )


def chip(name: str, *, note: str = "", tone: str = "") -> SafeString:
    """A person: initials in a disc (tone b, c or d colours it), name and what they are."""
    css = f"tr-chip__i tr-chip__i--{tone}" if tone else "tr-chip__i"
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html(
        '<span class="tr-chip"><span class="{}" aria-hidden="true">{}</span>'
        "<span>{}{}</span></span>",
        css,
        formats.initials(name),
        name,
        small,
    )


def eyes(pair: Eyes) -> SafeString:
    """Two officers on one record; the second ring stays open until somebody signs."""
    ring = format_html('<i aria-hidden="true">{}</i>', formats.initials(pair.first))
    if pair.second is None:
        ring += mark_safe('<i class="is-open" aria-hidden="true">2</i>')
        words = gettext("Prepared by %(first)s, waits for a second officer")
    else:
        ring += format_html('<i aria-hidden="true">{}</i>', formats.initials(pair.second))
        words = gettext("Prepared by %(first)s, approved by %(second)s")
    spoken = words % {"first": pair.first, "second": pair.second}
    return format_html(
        '<span class="tr-eyes">{}<span class="govuk-visually-hidden">{}</span></span>', ring, spoken
    )


def attributes(values: Mapping[str, object]) -> SafeString:
    """HTML attributes from a mapping; None and False leave one out, True gives it bare."""
    parts = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        text = "" if value is True else f'="{conditional_escape(str(value))}"'
        parts.append(f" {name}{text}")
    return mark_safe("".join(parts))  # noqa: S308  every value was escaped above
