"""Making a report: asked for once, made by a job, kept as a document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import documents, jobs
from core.errors import NotAllowed
from core.models import Person
from grants.models import Call, Grant
from parties.rules.days import day_of
from reporting.queries.snapshot import snapshot
from reporting.renderers import csv, xlsx
from reporting.reports import REPORTS
from reporting.reports.access import subjects

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Job
    from reporting.reports.base import Report
    from reporting.sheets import Sheet, Workbook

KIND = "report"
CSV = "text/csv; charset=utf-8"
MODELS: dict[str, type[Grant | Call]] = {"grant": Grant, "call": Call}


@transaction.atomic
def ask(
    *, report: str, subject: str, nonce: UUID, actor: Person, at: datetime, kind: str = "xlsx"
) -> Job:
    """The job that makes the report of a grant or call (``subject`` is its key).

    The same ``nonce`` of the same person is the same job; ``kind`` is "xlsx" or "csv".
    Raises ``NotAllowed``.
    """
    found = REPORTS[report]
    if (kind == "csv" and not found.has_csv) or kind not in {"xlsx", "csv"}:
        raise NotAllowed(_("This report cannot be had in this form."))
    if not subjects(found, actor, on=day_of(at)).filter(pk=subject).exists():
        raise NotAllowed(_("You may not have this report."))
    return jobs.enqueue(
        KIND,
        key=f"{KIND}:{actor.pk}:{nonce}",
        payload={"report": report, "subject": subject, "format": kind},
        started_by=actor,
        at=at,
    )


@jobs.job(KIND)
def make(row: Job) -> jobs.LastStep:
    """Read everything at one moment, write it, seal it."""
    report = REPORTS[row.payload["report"]]
    subject = MODELS[report.of].objects.get(pk=row.payload["subject"])
    jobs.progress(row, done=0, total=1, label=_("Reading the ledger"))
    with snapshot():
        book = report.build(subject, row.at).read()
    book = replace(book, about=[*book.about, (_("Asked for by"), str(row.started_by or ""))])
    content = _written(row, book)
    steps = len(book.sheets) + 1
    jobs.progress(row, done=steps, total=steps, label=verdict(book))
    return partial(
        documents.store,
        content,
        kind=KIND,
        name=f"{report.slug}-{subject}-{day_of(row.at).isoformat()}.{row.payload['format']}",
        media_type=CSV if row.payload["format"] == "csv" else documents.XLSX,
        actor=row.started_by or Person.objects.system(),
        at=row.at,
    )


def _written(row: Job, book: Workbook) -> bytes:
    if row.payload["format"] == "csv":
        return csv.render(book.sheets[0])
    return xlsx.render(book, at=row.at, tell=partial(_tell, row, book))


def _tell(row: Job, book: Workbook, sheet: Sheet) -> None:
    place = book.sheets.index(sheet) + 1
    words = _("Writing sheet %(n)d of %(of)d: %(sheet)s")
    label = words % {"n": place, "of": len(book.sheets), "sheet": sheet.title}
    jobs.progress(row, done=place, total=len(book.sheets) + 1, label=label)


def verdict(book: Workbook) -> str:
    """Whether the sheets add up to what the ledger says, in a sentence; "" if nothing is held."""
    broken = book.broken()
    if broken:
        names = ", ".join(control.title for control in broken)
        return _("Does not tie to the ledger: %(names)s") % {"names": names}
    total = len(book.controls)
    if not total:
        return ""
    words = ngettext("%(n)d total ties to the ledger", "All %(n)d totals tie to the ledger", total)
    return words % {"n": total}


def title_of(row: Job) -> str:
    """The report's title."""
    report: Report = REPORTS[row.payload["report"]]
    return str(report.title)
