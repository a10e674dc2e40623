"""An SME call: prepared by the fund manager, approved by the coordinator, closed by the clock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, any_of, state_field, system_only
from vouchers.lifecycle import sme_call_conditions as when
from vouchers.models import SmeCall
from vouchers.models.choices import SmeCallState as S
from vouchers.permissions import consortium_coordinator, grant_person


class SmeCallLifecycle(Lifecycle[SmeCall]):
    """Every state and move of an SME call."""

    state = state_field(S)

    @state.transition(
        source=S.DRAFT,
        target=S.READY,
        label=_("Make it ready for approval"),
        permission=grant_person("FM"),
        conditions=[when.is_complete],
    )
    def make_ready(self) -> None:
        """The fund manager's approval: what follows is the coordinator's turn."""

    @state.transition(
        source=S.READY,
        target=S.DRAFT,
        label=_("Take it back to draft"),
        permission=any_of(grant_person("FM"), consortium_coordinator),
    )
    def take_back(self) -> None:
        self.record.approved_by = None
        self.record.approved_at = None

    @state.transition(
        source=S.READY,
        target=S.READY,
        label=_("Approve the call"),
        permission=consortium_coordinator,
        conditions=[when.is_complete, when.approved_by_another],
    )
    def approve(self) -> None:
        self.record.approved_by = self.actor
        self.record.approved_at = self.at

    @state.transition(
        source=S.READY,
        target=S.OPEN,
        label=_("Open the call"),
        permission=any_of(grant_person("FM"), system_only),
        conditions=[
            when.is_approved,
            when.is_complete,
            when.grant_is_active,
            when.opening_reached,
            when.closing_ahead,
            when.pool_covers_budget,
        ],
    )
    def open(self) -> None:
        self.record.opened_at = self.at

    @state.transition(
        source=S.OPEN,
        target=S.EXHAUSTED,
        label=_("Close the line: the budget is used up"),
        permission=system_only,
        conditions=[when.budget_used_up],
    )
    def exhaust(self) -> None:
        """Whoever applies from now on joins the waiting list."""

    @state.transition(
        source=S.EXHAUSTED,
        target=S.OPEN,
        label=_("Open the line again"),
        permission=system_only,
        conditions=[when.closing_ahead, when.budget_is_back],
    )
    def reopen(self) -> None:
        """Money came back before the call closed."""

    @state.transition(
        source=[S.OPEN, S.EXHAUSTED],
        target=S.CLOSED,
        label=_("Close the call"),
        permission=system_only,
        conditions=[when.closing_passed],
    )
    def close(self) -> None:
        """Drafts that were never handed in lapse with the action."""

    @state.transition(
        source=S.CLOSED,
        target=S.EVALUATING,
        label=_("Start the evaluation"),
        permission=grant_person("FM"),
        conditions=[when.all_checked],
    )
    def evaluate(self) -> None:
        """Evaluators may be assigned to every eligible application."""

    @state.transition(
        source=S.EVALUATING,
        target=S.AWARDED,
        label=_("Close the selection"),
        permission=grant_person("FM"),
        conditions=[when.all_decided, when.minutes_written],
    )
    def award(self) -> None:
        """The letters left with each decision."""

    @state.transition(
        source=S.AWARDED,
        target=S.CONTRACTING,
        label=_("Start signing vouchers"),
        permission=any_of(grant_person("FM"), system_only),
    )
    def contract(self) -> None:
        """The first acceptance starts it by itself."""

    @state.transition(
        source=S.CONTRACTING,
        target=S.DONE,
        label=_("Finish the call"),
        permission=grant_person("FM"),
        conditions=[when.all_contracted],
    )
    def finish(self) -> None:
        """What is left of the budget returns to the pool."""

    @state.transition(
        source=[S.DRAFT, S.READY, S.OPEN, S.EXHAUSTED, S.CLOSED, S.EVALUATING],
        target=S.CANCELLED,
        label=_("Cancel the call"),
        permission=consortium_coordinator,
        conditions=[when.reason_given, when.nothing_awarded],
    )
    def cancel(self) -> None:
        """Letters leave, and the budget returns to the pool, with the action."""
