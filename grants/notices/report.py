"""What partners and officers are told about periodic reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import day
from grants.notices.grant import officers, people, tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.models import Person
    from grants.models import PeriodicReport


def _report(
    to: Iterable[Person],
    report: PeriodicReport,
    *,
    lines: list[str],
    key: str,
    at: datetime,
) -> int:
    return tell(
        to,
        subject=f"{report.grant.proposal.acronym}: {lines[0]}",
        lines=lines,
        path=reverse("grants:periodic_report_detail", args=[report.pk]),
        key=f"report-{key}-{report.pk}",
        at=at,
    )


def opened(report: PeriodicReport, *, at: datetime) -> None:
    """Everybody has a statement to write; the coordinator hands in."""
    lines = [
        _("Report %(number)s is open") % {"number": report.number},
        _("It is due on %(day)s.") % {"day": day(report.due_on)},
    ]
    _report(people(report.grant, "FM", "FSIGN", at=at), report, lines=lines, key="opened", at=at)


def overdue(report: PeriodicReport, *, at: datetime) -> int:
    """The coordinator and the programme officers hear of a late report once."""
    lines = [
        _("Report %(number)s is late") % {"number": report.number},
        _("It was due on %(day)s.") % {"day": day(report.due_on)},
    ]
    to = people(report.grant, "FM", "FSIGN", at=at) + officers(report.grant, "PO", "AO", at=at)
    return _report(to, report, lines=lines, key="late", at=at)


def submitted(report: PeriodicReport, *, at: datetime) -> None:
    """A programme officer has to assess it."""
    lines = [_("Report %(number)s has been handed in") % {"number": report.number}]
    key = f"submitted-{report.submissions}"
    _report(officers(report.grant, "PO", at=at), report, lines=lines, key=key, at=at)


def sent_back(report: PeriodicReport, *, reason: str, at: datetime) -> None:
    """The coordinator reads what to correct."""
    lines = [_("Report %(number)s was sent back") % {"number": report.number}, reason]
    key = f"back-{report.submissions}"
    _report(people(report.grant, "FM", "FSIGN", at=at), report, lines=lines, key=key, at=at)


def question(report: PeriodicReport, *, reason: str, at: datetime) -> None:
    """The coordinator reads the question that stopped the clock."""
    lines = [_("A question on report %(number)s") % {"number": report.number}, reason]
    to = people(report.grant, "FM", at=at, coordinator=True)
    _report(to, report, lines=lines, key=f"question-{at.isoformat()}", at=at)


def accepted(report: PeriodicReport, *, at: datetime) -> None:
    """Partners read what was accepted of their costs."""
    lines = [
        _("Report %(number)s has been accepted") % {"number": report.number},
        _("The page shows what was accepted of each cost, and why not all of it."),
    ]
    _report(people(report.grant, "FM", "FSIGN", at=at), report, lines=lines, key="accepted", at=at)
