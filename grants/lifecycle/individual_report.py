"""An individual report: asked, declared, written alone, finished; or declined, or voided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, any_of, state_field
from grants.lifecycle.evaluation_conditions import (
    consensus_not_started,
    declared_free,
    evaluation_officer,
    list_not_frozen,
    no_conflict_known,
    no_tie_on_record,
    not_own_proposal,
    own_expert,
    proposal_in_evaluation,
    reason_given,
    report_complete,
)
from grants.models import IndividualReport

S = IndividualReport.State


class IndividualReportLifecycle(Lifecycle[IndividualReport]):
    """Every state and move of a report.

    The two declarations, ``gaps`` (what the report still lacks, as sentences) and ``ties`` (names
    of organisations that bind the expert to the call) are set by the action before it fires.
    """

    state = state_field(IndividualReport.State)
    declares_no_conflict: bool = False
    declares_confidentiality: bool = False
    gaps: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()

    @state.transition(
        source=S.ASSIGNED,
        target=S.OPEN,
        label=_("Declare and open"),
        permission=own_expert,
        conditions=[
            proposal_in_evaluation,
            declared_free,
            no_conflict_known,
            no_tie_on_record,
            not_own_proposal,
            no_tie_on_record,
        ],
    )
    def declare(self) -> None:
        self.record.declared_at = self.at

    @state.transition(
        source=S.ASSIGNED,
        target=S.DECLINED,
        label=_("Decline"),
        permission=any_of(own_expert, evaluation_officer("CC")),
        conditions=[reason_given],
    )
    def decline(self) -> None:
        """A replacement has to be found."""

    @state.transition(
        source=S.OPEN,
        target=S.FINISHED,
        label=_("Finish the report"),
        permission=own_expert,
        conditions=[proposal_in_evaluation, no_conflict_known, report_complete],
    )
    def finish(self) -> None:
        self.record.finished_at = self.at

    @state.transition(
        source=S.FINISHED,
        target=S.OPEN,
        label=_("Reopen the report"),
        permission=evaluation_officer("CC"),
        conditions=[proposal_in_evaluation, consensus_not_started],
    )
    def reopen(self) -> None:
        self.record.finished_at = None

    @state.transition(
        source=[S.ASSIGNED, S.OPEN, S.FINISHED],
        target=S.VOIDED,
        label=_("Void the report"),
        permission=evaluation_officer("CC"),
        conditions=[reason_given, list_not_frozen],
    )
    def void(self) -> None:
        """Its marks count no more."""

    @state.transition(
        source=[S.OPEN, S.FINISHED],
        target=S.VOIDED,
        label=_("Report a conflict of interest"),
        permission=own_expert,
        conditions=[reason_given, list_not_frozen],
    )
    def recuse(self) -> None:
        """The expert found a conflict while reading and stops."""
