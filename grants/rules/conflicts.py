"""Conflicts of interest: who may not judge what (docs/domain.md, Evaluation).

An expert bound to an applicant may judge neither that proposal nor a competing one in the same
ranked list: lowering a rival is as good as lifting a friend.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOOK_BACK_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Engagement:
    """An expert's work for an organisation, from a day to a day (both included)."""

    organisation: str
    start: date
    end: date | None = None


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier, or that month's last day when it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_recent(engagement: Engagement, *, on: date, look_back_months: int) -> bool:
    """Whether the engagement has begun and did not end before the look-back began."""
    since = months_before(on, look_back_months)
    return engagement.start <= on and (engagement.end is None or engagement.end >= since)


def bound_to(
    engagements: Iterable[Engagement],
    organisations: Iterable[str],
    *,
    on: date,
    groups: Mapping[str, frozenset[str]] | None = None,
    look_back_months: int = LOOK_BACK_MONTHS,
) -> frozenset[str]:
    """Those of ``organisations`` that the engagements bind the expert to.

    ``groups`` names for each organisation the others of its group: working for one of them counts
    as working for it.
    """
    own = {
        engagement.organisation
        for engagement in engagements
        if is_recent(engagement, on=on, look_back_months=look_back_months)
    }
    related = groups or {}
    return frozenset(
        organisation
        for organisation in organisations
        if organisation in own or own & related.get(organisation, frozenset())
    )


def barred(
    conflicts: Iterable[tuple[str, str]], lists: Mapping[str, str]
) -> frozenset[tuple[str, str]]:
    """Pairs (proposal, expert) that may not be assigned.

    ``conflicts`` are pairs (proposal, expert); ``lists`` names the ranked list of each proposal:
    one conflict bars the expert from the whole list.
    """
    out = {(lists[proposal], expert) for proposal, expert in conflicts if proposal in lists}
    return frozenset(
        (proposal, expert)
        for proposal, of in lists.items()
        for listed, expert in out
        if listed == of
    )
