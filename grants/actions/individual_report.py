"""An expert's own work: declare, write, finish; and the officer's: reopen, void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.gate import fire
from grants.actions.evaluation_round import locked_report, recount
from grants.actions.marks import write_marks
from grants.lifecycle.individual_report import IndividualReportLifecycle
from grants.models import IndividualReport, Mark
from grants.notices import evaluation as notices
from grants.queries.expert_ties import tie_names
from grants.queries.marks import Scored, criteria_of, gaps, scored
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

R = IndividualReport.State
FLAGS = ("is_out_of_scope", "has_ethics_issue", "has_security_issue")


@transaction.atomic
def declare(
    report_id: int,
    *,
    no_conflict: bool,
    confidentiality: bool,
    actor: Person,
    at: datetime,
) -> IndividualReport:
    """Sign for this proposal that there is no conflict and that it stays secret; its text opens.

    Refused without both declarations, and when a conflict or a tie is on record.
    """
    report, _consensus, proposal = locked_report(report_id, at=at)
    lifecycle = IndividualReportLifecycle(report, at=at)
    lifecycle.ties = tie_names(proposal.call, report.expert, on=day_of(at))
    lifecycle.declares_no_conflict = no_conflict
    lifecycle.declares_confidentiality = confidentiality
    fire(lifecycle, "declare", actor=actor, at=at)
    return report


@transaction.atomic
def decline(report_id: int, *, actor: Person, at: datetime, reason: str = "") -> IndividualReport:
    """Give the proposal back before reading it. Refused without a reason."""
    report, consensus, _proposal = locked_report(report_id, at=at)
    fire(IndividualReportLifecycle(report, at=at), "decline", actor=actor, at=at, reason=reason)
    recount(consensus, at=at)
    return report


@transaction.atomic
def save(
    report_id: int,
    *,
    marks: Mapping[UUID, Scored],
    actor: Person,
    at: datetime,
    flags: Mapping[str, bool] | None = None,
    note: str | None = None,
) -> IndividualReport:
    """Keep marks and comments as they are, complete or not; ``marks`` by criterion.

    Refused for another's report, for one that is not open, and for a mark outside the scale.
    """
    report, _consensus, proposal = locked_report(report_id, at=at)
    if report.expert_id != actor.pk:
        raise NotAllowed(f"{actor} may not write report {report_id}")
    if report.state != R.OPEN:
        raise Refused(_("This report is closed. What you typed was not saved."))
    write_marks(Mark, marks, call=proposal.call, report=report)
    for flag, value in (flags or {}).items():
        if flag not in FLAGS:
            raise ValueError(f"no such flag: {flag}")
        setattr(report, flag, value)
    if note is not None:
        report.note = note
    report.saved_at = at
    report.save(update_fields=["saved_at", "note", *FLAGS])
    return report


@transaction.atomic
def finish(report_id: int, *, actor: Person, at: datetime) -> IndividualReport:
    """Hand the report in; the last one of the group opens the consensus.

    Refused while a criterion has no mark in its steps or no comment.
    """
    report, consensus, proposal = locked_report(report_id, at=at)
    lifecycle = IndividualReportLifecycle(report, at=at)
    lifecycle.gaps = gaps(
        scored(report.marks.all()),
        criteria_of(proposal.call),
        comment_chars_min=proposal.call.comment_chars_min,
    )
    fire(lifecycle, "finish", actor=actor, at=at)
    recount(consensus, at=at)
    return report


@transaction.atomic
def reopen(report_id: int, *, actor: Person, at: datetime, reason: str = "") -> IndividualReport:
    """Let the expert write again. Refused once the consensus has started."""
    report, _consensus, _proposal = locked_report(report_id, at=at)
    fire(IndividualReportLifecycle(report, at=at), "reopen", actor=actor, at=at, reason=reason)
    notices.reopened(report, at=at)
    return report


@transaction.atomic
def void(report_id: int, *, actor: Person, at: datetime, reason: str = "") -> IndividualReport:
    """Take a report out, finished or not; the quorum is counted again. Refused without a reason."""
    report, consensus, _proposal = locked_report(report_id, at=at)
    was_finished = report.state == R.FINISHED
    fire(IndividualReportLifecycle(report, at=at), "void", actor=actor, at=at, reason=reason)
    recount(consensus, at=at, voided=was_finished)
    return report


EVENTS = {"decline": decline, "finish": finish, "reopen": reopen, "void": void}
