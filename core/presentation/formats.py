"""The only place that turns money, dates, shares and durations into words for the screen."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as date_words
from django.utils.translation import get_language, gettext, ngettext

from core.money import Cents

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "\u2013"

LONG_DAY = "D j M Y"
SHORT_DAY = "j M Y"
DECIMAL_POINT = {"en", "ga", "mt"}
THOUSANDS = dict.fromkeys(DECIMAL_POINT, ",") | dict.fromkeys(("fr", "pl"), NBSP)


def language() -> str:
    """Code of the reader's language, for instance `en` or `pl`."""
    return (get_language() or "en").split("-")[0]


def money(cents: Cents | None) -> str:
    """An amount without currency, `1,400,000.00` in English; a dash where there is none."""
    if cents is None:
        return NOTHING
    euro, rest = divmod(abs(cents), 100)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{grouped(euro)}{decimal_mark()}{rest:02d}"


def eur(cents: Cents | None) -> str:
    """An amount in running text, `EUR 1,400,000.00`, which never breaks across lines."""
    return NOTHING if cents is None else f"EUR{NBSP}{money(cents)}"


def share(basis_points: int | None) -> str:
    """A share given in basis points (7742 = 77.42 %), always with two decimals."""
    if basis_points is None:
        return NOTHING
    sign = MINUS if basis_points < 0 else ""
    whole, rest = divmod(abs(basis_points), 100)
    return f"{sign}{whole}{decimal_mark()}{rest:02d}{NBSP}%"


def rate(basis_points: int | None) -> str:
    """A rate set by a call, with as many decimals as it has: `90 %`, `7.5 %`."""
    if basis_points is None:
        return NOTHING
    text = format((Decimal(basis_points) / 100).normalize(), "f").replace(".", decimal_mark())
    return f"{text}{NBSP}%"


def share_of(part: int, whole: int) -> int:
    """Basis points of `part` in `whole`, half up, yet never up to a whole per cent it misses.

    A floor is a whole per cent: 74.996 % reads 74.99 %.
    """
    if whole <= 0:
        return 0
    exact = Decimal(part) * 10_000 / Decimal(whole)
    shown = int(exact.to_integral_value(ROUND_HALF_UP))
    return shown - 1 if shown > exact and shown % 100 == 0 else shown


def decimal_mark() -> str:
    """The mark before the decimals in the reader's language."""
    return "." if language() in DECIMAL_POINT else ","


def whole(number: int | None) -> str:
    """A count with marks between thousands: `12,384`."""
    if number is None:
        return NOTHING
    return (MINUS if number < 0 else "") + grouped(abs(number))


def grouped(number: int) -> str:
    """Digits with the reader's mark between thousands; a space never breaks."""
    return f"{number:,}".replace(",", THOUSANDS.get(language(), "."))


def city(zone: ZoneInfo) -> str:
    """The name people know a zone by: `Brussels` for `Europe/Brussels`."""
    return zone.key.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def house_zone() -> ZoneInfo:
    """The zone that every time is shown in unless said otherwise."""
    return ZoneInfo(timezone.get_default_timezone_name())


def day(value: date | None, *, short: bool = False) -> str:
    """`Tue 30 Nov 2021`; short, for tables: `30 Nov 2021`."""
    if value is None:
        return NOTHING
    local = value.astimezone(house_zone()) if isinstance(value, datetime) else value
    return date_words(local, SHORT_DAY if short else LONG_DAY)


def when(moment: datetime | None, *, zone: ZoneInfo | None = None, short: bool = False) -> str:
    """`Tue 30 Nov 2021, 17:00 Brussels`; short, for tables: `30 Nov 2021, 17:00`."""
    if moment is None:
        return NOTHING
    place = zone or house_zone()
    local = moment.astimezone(place)
    if short:
        return f"{date_words(local, SHORT_DAY)}, {local:%H:%M}"
    return f"{date_words(local, LONG_DAY)}, {local:%H:%M} {city(place)}"


def clock_time(moment: datetime) -> str:
    """Hour and minute in the house zone, `14:02`."""
    return f"{moment.astimezone(house_zone()):%H:%M}"


def machine_time(value: date) -> str:
    """The value of a `datetime` attribute: a date, or an instant in UTC to the second."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def duration(span: timedelta) -> str:
    """Time left or taken, in two units: `4 days 6 h`, `6 h 12 min`, `41 min 08 s`."""
    seconds = max(0, int(span.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    if days:
        words = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
        return f"{words} {hours}{NBSP}h" if hours else words
    if hours:
        return f"{hours}{NBSP}h {minutes:02d}{NBSP}min"
    return f"{minutes}{NBSP}min {seconds:02d}{NBSP}s"


def days_between(later: date, earlier: date) -> int:
    """Calendar days from one day to another, in the house zone for instants."""
    return (as_day(later) - as_day(earlier)).days


def as_day(value: date) -> date:
    """The calendar day of a date or of an instant in the house zone."""
    return value.astimezone(house_zone()).date() if isinstance(value, datetime) else value


def file_size(size: int) -> str:
    """Size of a file in bytes as people say it: `312 kB`, `4.1 MB`."""
    if size < 1_000:
        return f"{size}{NBSP}B"
    if size < 1_000_000:
        return f"{round(Decimal(size) / 1_000)}{NBSP}kB"
    megabytes = (Decimal(size) / 1_000_000).quantize(Decimal("0.1"))
    return f"{str(megabytes).replace('.', decimal_mark())}{NBSP}MB"


def fingerprint(sha256: str) -> str:
    """The first bytes of a hash, in groups that can be compared by eye: `4be1 90c7`."""
    return f"{sha256[:4]} {sha256[4:8]}"


def initials(name: str) -> str:
    """First letters of the first and the last word of a name, for the round mark of a person."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    ends = words if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def iban(text: str) -> str:
    """An account number in groups of four."""
    plain = text.replace(" ", "")
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def iban_short(text: str) -> str:
    """An account number where the whole of it is not needed: `BE71…6769`."""
    plain = text.replace(" ", "")
    return f"{plain[:4]}…{plain[-4:]}" if len(plain) > 8 else plain


def yes_no(value: bool | None) -> str:  # noqa: FBT001  a filter has one argument
    """Words for a truth value; a dash where nobody has answered."""
    if value is None:
        return NOTHING
    return gettext("Yes") if value else gettext("No")
