"""Reports and their jobs as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Job
from core.presentation.parts import File, JobProgress
from core.tags import BAD, GOOD, IDLE, MOVE, Tag
from reporting.actions import export
from reporting.forms.export import ExportForm
from reporting.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporting.reports.access import Offer
    from reporting.reports.base import Report

S = Job.Status
TAGS = {S.PENDING: IDLE, S.RUNNING: MOVE, S.DONE: GOOD, S.FAILED: BAD}


@dataclass(frozen=True, slots=True)
class Card:
    """A report with its form; ``is_first`` has the page's filled button."""

    report: Report
    form: ExportForm
    is_first: bool


def cards(
    found: Sequence[Offer], *, asked: str, subject: str, refused: ExportForm | None
) -> list[Card]:
    """One card a report; the one asked for, or the first, is the likely next step."""
    slugs = [offer.report.slug for offer in found]
    likely = asked if asked in slugs else slugs[0]
    kept = refused.data.get("report") if refused else None
    return [
        Card(
            offer.report,
            refused
            if refused and offer.report.slug == kept
            else ExportForm(offer=offer, subject=subject),
            offer.report.slug == likely,
        )
        for offer in found
    ]


def file(row: Job) -> File:
    """A report that was asked for: the file, or how far it is."""
    made = row.result
    status = Job.Status(row.status)
    return File(
        name=made.name if made else export.title_of(row),
        size=made.size if made else 0,
        stored_at=row.at,
        sha256=made.sha256 if made else "",
        tag=Tag(TAGS[status], str(status.label)),
        note=_note(row),
        url=reverse("reporting:export_file" if made else "reporting:export_job", args=[row.pk]),
        action=_("Download") if made else _("See how far it is"),
    )


def _note(row: Job) -> str:
    asked = _("Asked for by %(person)s") % {"person": row.started_by}
    return f"{asked}. {row.label}" if row.result and row.label else asked


def job(row: Job) -> dict[str, Any]:
    """The page of one report being made."""
    is_over = row.status in {S.DONE, S.FAILED}
    return {
        "row": row,
        "report": REPORTS[row.payload["report"]],
        "file": file(row) if row.result else None,
        "is_over": is_over,
        "has_failed": row.status == S.FAILED,
        "waits_again": row.status == S.PENDING and row.attempts > 0,
        "progress": JobProgress(percent=row.percent, words=row.label or _("Waiting for its turn")),
    }
