"""Reading what people type: days, times and shares in any usual form.

Each reader raises DomainError with a sentence that quotes the text and gives an example.
"""

import re
from datetime import date, time

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext

from core.errors import DomainError

_NUMBERS = re.compile(r"([0-9]{1,2})\s*[./\-\s]\s*([0-9]{1,2})\s*[./\-\s]\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORDS = re.compile(r"(?:[^\W\d]+\.?,?\s+)?([0-9]{1,2})\.?\s+([^\W\d]+)\.?\s+([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm)?")
_SHARE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?\s*%?")


def read_day(typed: str) -> date:
    """A date: `30 Nov 2021`, `30/11/2021`, `30.11.2021`, `2021-11-30`; day before month."""
    text = typed.strip().lower()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(text):
            return date(int(found[3]), month(found[2]), int(found[1]))
    except ValueError:
        pass
    words = gettext("“%(typed)s” is not a date. Enter it like 30 Nov 2021 or 30/11/2021.")
    raise DomainError(words % {"typed": typed})


def month(name: str) -> int:
    """Number of a month by its name or its first three letters; ValueError if there is none.

    English is read as well as the reader's own language.
    """
    for number in range(1, 13):
        full, short = str(MONTHS[number]).lower(), str(MONTHS_3[number]).lower()
        if name in {full, short, ENGLISH[number - 1], ENGLISH[number - 1][:3]}:
            return number
    raise ValueError(name)


ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_time(typed: str) -> time:
    """A time of day: `17:00`, `17.00`, `17h00`, `5 pm`."""
    found = _TIME.fullmatch(typed.strip().lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and not 1 <= hour <= 12:
            hour = 24
        elif found[3]:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    words = gettext("“%(typed)s” is not a time. Enter it like 17:00.")
    raise DomainError(words % {"typed": typed})


def read_share(typed: str) -> int:
    """Basis points of a share in per cent: `75`, `7,5`, `74.99 %`; at most two decimals."""
    found = _SHARE.fullmatch(typed.strip())
    if not found:
        words = gettext("“%(typed)s” is not a share. Enter it like 7.5 or 74,99.")
        raise DomainError(words % {"typed": typed})
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0") or 0)
