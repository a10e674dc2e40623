"""Who may have which report: by offices in the call and roles in the grant, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from grants.models import Call, CallRole, Grant, GrantRole
from grants.models.grant import running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Job, Person
    from reporting.reports.base import Report


@dataclass(frozen=True, slots=True)
class Offer:
    """A report and the records that a person may have it of: key and words."""

    report: Report
    choices: Sequence[tuple[str, str]]


def subjects(report: Report, person: Person, *, on: date) -> QuerySet[Any]:
    """The grants or calls of which the person may have the report on that day."""
    held = running(CallRole.objects.filter(person=person, role__in=report.offices), on=on)
    if report.of == "call":
        return Call.objects.filter(report.ready, pk__in=held.values("call"))
    roles = running(GrantRole.objects.filter(person=person, role__in=report.roles), on=on)
    if report.coordinator_only:
        roles = roles.filter(organisation=F("grant__coordinator"))
    mine = Q(call__in=held.values("call")) | Q(pk__in=roles.values("grant"))
    return Grant.objects.filter(report.ready & mine)


def offers(reports: Iterable[Report], person: Person, *, on: date) -> list[Offer]:
    """What the person may ask for: one statement a report."""
    found = [Offer(report, _choices(report, person, on=on)) for report in reports]
    return [offer for offer in found if offer.choices]


def _choices(report: Report, person: Person, *, on: date) -> list[tuple[str, str]]:
    rows = subjects(report, person, on=on)
    if report.of == "call":
        return [
            (str(key), words)
            for key, words in rows.values_list("pk", "identifier").order_by("identifier")
        ]
    named = rows.order_by("proposal__acronym", "number")
    values = named.values_list("pk", "proposal__acronym", "number")
    return [(str(key), f"{acronym} · {number}") for key, acronym, number in values]


def jobs_seen(found: Iterable[Offer]) -> Q:
    """Narrows jobs to the reports of what is offered, whoever asked for them."""
    seen = Q(pk__in=[])
    for offer in found:
        keys = [key for key, _words in offer.choices]
        seen |= Q(payload__report=offer.report.slug, payload__subject__in=keys)
    return seen


def may_see(row: Job, reports: Iterable[Report], person: Person, *, on: date) -> bool:
    """Whether the person may have today what the job makes: a role that ended opens nothing."""
    return any(
        subjects(report, person, on=on).filter(pk=row.payload["subject"]).exists()
        for report in reports
        if report.slug == row.payload["report"]
    )
