"""What experts are told by mail: asked, replaced, time to agree, time to approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.mail import send, send_each

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models import Consensus, IndividualReport


def asked(report: IndividualReport, *, at: datetime) -> None:
    """The expert is asked; the mail names the proposal but shows nothing of it."""
    send(
        report.expert,
        subject=_("Please judge %(proposal)s") % {"proposal": report.proposal.reference},
        template="grants/mail/expert_asked",
        context={
            "report": report,
            "path": reverse("grants:individual_report_declare", args=[report.pk]),
        },
        key=f"report-asked-{report.pk}",
        at=at,
    )


def reopened(report: IndividualReport, *, at: datetime) -> None:
    """The officer has opened a finished report again."""
    send(
        report.expert,
        subject=_("Your report on %(proposal)s is open again")
        % {"proposal": report.proposal.reference},
        template="grants/mail/expert_reopened",
        context={
            "report": report,
            "path": reverse("grants:individual_report_write", args=[report.pk]),
        },
        key=f"report-reopened-{report.pk}-{at.isoformat()}",
        at=at,
    )


def drafting_due(consensus: Consensus, *, at: datetime) -> None:
    """The rapporteur may start: the reports are visible to the group."""
    if consensus.rapporteur is None:
        return
    send(
        consensus.rapporteur,
        subject=_("You draft the consensus on %(proposal)s")
        % {"proposal": consensus.proposal.reference},
        template="grants/mail/consensus_draft",
        context={"consensus": consensus, "path": _path(consensus)},
        key=f"consensus-draft-{consensus.pk}-{at.isoformat()}",
        at=at,
    )


def approval_due(consensus: Consensus, *, at: datetime) -> None:
    """Every expert but the rapporteur is asked for their word on this version."""
    reports = consensus.proposal.reports.finished().filter(round=consensus.round)
    others = reports.exclude(expert=consensus.rapporteur_id).select_related("expert")
    send_each(
        [report.expert for report in others],
        subject=_("Approve the consensus on %(proposal)s?")
        % {"proposal": consensus.proposal.reference},
        template="grants/mail/consensus_approve",
        context={"consensus": consensus, "path": _path(consensus)},
        key=f"consensus-approve-{consensus.pk}-{consensus.draft_version}",
        at=at,
    )


def _path(consensus: Consensus) -> str:
    return reverse("grants:consensus_detail", args=[consensus.pk])
