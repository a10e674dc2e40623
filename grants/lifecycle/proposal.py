"""A proposal: written, handed in, locked by the clock, checked, evaluated, listed, granted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from grants.lifecycle.proposal_conditions import (
    admission_decided,
    call_open,
    deadline_passed,
    in_time,
    inadmissibility_confirmed,
    ineligibility_confirmed,
    no_rule_broken,
    nothing_missing,
    reason_given,
    version_kept,
)
from grants.models import Proposal, ProposalVersion
from grants.permissions import call_officer, coordinator

S = Proposal.State


class ProposalLifecycle(Lifecycle[Proposal]):
    """Every state and move of a proposal.

    ``gaps`` are the sentences that stop a submission; ``version`` is the sealed copy it makes.
    Both are set by the action before it fires.
    """

    state = state_field(Proposal.State)
    gaps: tuple[str, ...] = ()
    version: ProposalVersion | None = None

    @state.transition(
        source=S.DRAFT,
        target=S.SUBMITTED,
        label=_("Submit the proposal"),
        permission=coordinator,
        conditions=[in_time, call_open, nothing_missing, version_kept],
    )
    def submit(self) -> None:
        self.record.version = self.version
        self.record.submitted_at = self.at

    @state.transition(
        source=S.SUBMITTED,
        target=S.SUBMITTED,
        label=_("Submit again"),
        permission=coordinator,
        conditions=[in_time, call_open, nothing_missing, version_kept],
    )
    def resubmit(self) -> None:
        self.record.version = self.version
        self.record.submitted_at = self.at

    @state.transition(
        source=S.SUBMITTED,
        target=S.FROZEN,
        label=_("Lock at the deadline"),
        permission=system_only,
        conditions=[deadline_passed],
    )
    def freeze(self) -> None:
        """The last version handed in is the one that counts."""

    @state.transition(
        source=S.DRAFT,
        target=S.EXPIRED,
        label=_("Lapse at the deadline"),
        permission=system_only,
        conditions=[deadline_passed],
    )
    def expire(self) -> None:
        """It was never handed in."""

    @state.transition(
        source=S.FROZEN,
        target=S.INADMISSIBLE,
        label=_("Refuse as not admissible"),
        permission=call_officer("PO"),
        conditions=[inadmissibility_confirmed],
    )
    def declare_inadmissible(self) -> None:
        """The letter leaves with the action."""

    @state.transition(
        source=S.FROZEN,
        target=S.INELIGIBLE,
        label=_("Refuse as not eligible"),
        permission=call_officer("PO"),
        conditions=[ineligibility_confirmed],
    )
    def declare_ineligible(self) -> None:
        """The letter leaves with the action."""

    @state.transition(
        source=S.FROZEN,
        target=S.TO_EVALUATE,
        label=_("Send to evaluation"),
        permission=call_officer("PO"),
        conditions=[admission_decided, no_rule_broken],
    )
    def admit(self) -> None:
        """Experts may be assigned."""

    @state.transition(
        source=S.TO_EVALUATE,
        target=S.EVALUATED,
        label=_("Evaluated"),
        permission=system_only,
    )
    def evaluate(self) -> None:
        """The consensus report is final."""

    @state.transition(
        source=S.EVALUATED,
        target=S.TO_EVALUATE,
        label=_("Evaluate again"),
        permission=system_only,
        conditions=[reason_given],
    )
    def reopen_evaluation(self) -> None:
        """A conflict came to light after the report was final."""

    @state.transition(
        source=S.EVALUATED,
        target=S.BELOW_THRESHOLD,
        label=_("Below threshold"),
        permission=system_only,
    )
    def below_threshold(self) -> None:
        """It cannot be funded; it keeps its report."""

    @state.transition(
        source=S.EVALUATED, target=S.RANKED, label=_("Ranked"), permission=system_only
    )
    def rank(self) -> None:
        """It has a place on the list."""

    @state.transition(
        source=S.RANKED,
        target=S.MAIN_LIST,
        label=_("Put on the main list"),
        permission=call_officer("AO"),
    )
    def place_main(self) -> None:
        """It will be invited."""

    @state.transition(
        source=S.RANKED,
        target=S.RESERVE_LIST,
        label=_("Put on the reserve list"),
        permission=call_officer("AO"),
    )
    def place_reserve(self) -> None:
        """It enters when money frees, in rank order."""

    @state.transition(
        source=S.RANKED,
        target=S.NO_BUDGET,
        label=_("Out of budget"),
        permission=call_officer("AO"),
    )
    def place_no_budget(self) -> None:
        """Good enough, yet the budget ends before it."""

    @state.transition(
        source=S.MAIN_LIST,
        target=S.INVITED,
        label=_("Invite to prepare the grant"),
        permission=call_officer("PO", "AO"),
    )
    @state.transition(
        source=S.RESERVE_LIST,
        target=S.INVITED,
        label=_("Invite from the reserve list"),
        permission=call_officer("AO"),
    )
    def invite(self) -> None:
        """The consortium enters its grant data."""

    @state.transition(
        source=S.RESERVE_LIST,
        target=S.NO_BUDGET,
        label=_("Release from the reserve list"),
        permission=call_officer("AO"),
    )
    def release(self) -> None:
        """The call ends and no money has freed."""

    @state.transition(
        source=S.INVITED,
        target=S.GRANT_PREP,
        label=_("Start preparing the grant"),
        permission=call_officer("PO"),
    )
    def prepare(self) -> None:
        """The grant record exists."""

    @state.transition(
        source=S.GRANT_PREP,
        target=S.GRANTED,
        label=_("Granted"),
        permission=call_officer("AO"),
    )
    def grant(self) -> None:
        """Both sides have signed."""

    @state.transition(
        source=[S.INVITED, S.GRANT_PREP],
        target=S.PREP_FAILED,
        label=_("End the preparation"),
        permission=call_officer("AO"),
        conditions=[reason_given],
    )
    def fail_preparation(self) -> None:
        """Its money goes to the next on the reserve list."""

    @state.transition(
        source=[
            S.DRAFT,
            S.SUBMITTED,
            S.FROZEN,
            S.TO_EVALUATE,
            S.EVALUATED,
            S.RANKED,
            S.MAIN_LIST,
            S.RESERVE_LIST,
        ],
        target=S.WITHDRAWN,
        label=_("Withdraw the proposal"),
        permission=coordinator,
    )
    def withdraw(self) -> None:
        """The place on the list is free again."""

    @state.transition(
        source=[S.DRAFT, S.SUBMITTED, S.FROZEN, S.TO_EVALUATE, S.EVALUATED, S.RANKED],
        target=S.CALL_CANCELLED,
        label=_("End with the call"),
        permission=system_only,
    )
    def end_with_call(self) -> None:
        """The call was cancelled."""
