"""Closed lists of the evaluation: states, origins, decisions, outcomes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """An individual report, from the request to the finished marks."""

    ASSIGNED = "assigned", _("Assigned")
    OPEN = "open", _("Open")
    FINISHED = "finished", _("Finished")
    DECLINED = "declined", _("Declined")
    VOIDED = "voided", _("Voided")


class ConsensusState(models.TextChoices):
    """A consensus report, from the first assignment to the marks that stand."""

    NOT_READY = "not_ready", _("Waits for reports")
    READY = "ready", _("Ready")
    DRAFTING = "drafting", _("Drafting")
    FOR_APPROVAL = "for_approval", _("For approval")
    APPROVED = "approved", _("Approved")
    DISSENT = "dissent", _("Dissent")
    PANEL = "panel", _("Before the panel")
    FINAL = "final", _("Final")


class ConflictOrigin(models.TextChoices):
    """Who named a conflict of interest."""

    DECLARED = "declared", _("Declared by the expert")
    FOUND = "found", _("Found")


class ConflictRelation(models.TextChoices):
    """What ties an expert to a proposal."""

    EMPLOYMENT = "employment", _("Works or worked for an applicant organisation")
    PREPARATION = "preparation", _("Took part in preparing the proposal")
    COMPETING = "competing", _("Takes part in a competing proposal")
    FAMILY = "family", _("Family or a close personal tie")
    FINANCIAL = "financial", _("Gains or loses money by the outcome")
    COLLABORATION = "collaboration", _("Works closely with the applicants")
    OTHER = "other", _("Another reason to doubt impartiality")


class ApprovalDecision(models.TextChoices):
    """An expert's word on one version of the draft."""

    APPROVED = "approved", _("Approves")
    OBJECTED = "objected", _("Objects")


class RankedOutcome(models.TextChoices):
    """Where a line of the ranked list leads."""

    MAIN = "main", _("Main list")
    RESERVE = "reserve", _("Reserve list")
    NO_BUDGET = "no_budget", _("No budget")
    BELOW = "below", _("Below threshold")


OPENED = tuple(state for state in ConsensusState if state != ConsensusState.NOT_READY)
"""States of a consensus in which its group reads each other's reports."""
