"""When something is in time: submissions, receipt of letters, redress, informing and signing."""

from calendar import monthrange
from datetime import date, datetime, timedelta


def is_in_time(at: datetime, *, deadline_at: datetime) -> bool:
    """Whether ``at`` is not after the deadline: 17:00:00.000000 is in, a microsecond later is out.

    Both are aware. ``at`` is the one instant the server took when it had the whole request.
    """
    return at <= deadline_at


def extends(new: datetime, *, old: datetime) -> bool:
    """Whether a corrigendum may set this deadline: it may extend, never shorten."""
    return new >= old


def received_on(*, sent: date, opened: date | None, unopened_days: int) -> date:
    """The day a letter counts as received: when opened, at the latest some days after sending.

    Portal notifications count as accessed after ten days (EU Funding and Tenders Portal, terms
    and conditions on complaints about rejected proposals).
    """
    latest = sent + timedelta(days=unopened_days)
    return latest if opened is None else min(opened, latest)


def redress_ends(*, sent: date, opened: date | None, unopened_days: int, redress_days: int) -> date:
    """The last day on which a review may be asked for: receipt + the call's days (usually 30)."""
    receipt = received_on(sent=sent, opened=opened, unopened_days=unopened_days)
    return receipt + timedelta(days=redress_days)


def months_after(day: date, *, months: int) -> date:
    """The same day some months later, or the month's last day when it has no such day.

    Applicants hear within six months of the deadline and sign within nine (Financial Regulation,
    Art. 197(2) of Regulation (EU, Euratom) 2024/2509 counts six months and three more).
    """
    if months < 0:
        raise ValueError(f"months are negative: {months}")
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def window_days(opens_at: datetime, *, deadline_at: datetime) -> int:
    """Whole days between two local instants, counted by the calendar: 13 May to 13 July is 61."""
    return (deadline_at.date() - opens_at.date()).days
