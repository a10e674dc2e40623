"""An SME's application: handed in, checked, scored, decided, accepted."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, any_of, state_field, system_only
from vouchers.lifecycle import application_conditions as when
from vouchers.models import Application
from vouchers.models.choices import ApplicationState as S
from vouchers.permissions import grant_person, sme

fund_manager_or_clock = any_of(grant_person("FM"), system_only)


class ApplicationLifecycle(Lifecycle[Application]):
    """Every state and move of an application."""

    state = state_field(S)

    @state.transition(
        source=S.DRAFT,
        target=S.SUBMITTED,
        label=_("Send the application"),
        permission=sme,
        conditions=[
            when.call_takes_it,
            when.is_complete,
            when.has_files,
            when.has_status,
            when.is_declared,
            when.aid_is_declared,
            when.is_outside_consortium,
            when.is_no_excluded_cluster,
            when.is_of_age,
        ],
    )
    def submit(self) -> None:
        self.record.submitted_by = self.actor
        self.record.submitted_at = self.at

    @state.transition(
        source=S.SUBMITTED,
        target=S.ELIGIBLE,
        label=_("Find it eligible"),
        permission=grant_person("FM"),
        conditions=[
            when.status_is_settled,
            when.is_sme,
            when.is_declared,
            when.is_outside_consortium,
            when.is_no_excluded_cluster,
            when.is_of_age,
        ],
    )
    def find_eligible(self) -> None:
        """Evaluators may be assigned."""

    @state.transition(
        source=S.SUBMITTED,
        target=S.INELIGIBLE,
        label=_("Confirm the refusal"),
        permission=grant_person("FM", "FO"),
        conditions=[when.confirmed_by_another],
    )
    def find_ineligible(self) -> None:
        """The letter leaves with the action."""

    @state.transition(
        source=S.ELIGIBLE,
        target=S.SCORED,
        label=_("Fix the marks"),
        permission=system_only,
        conditions=[when.has_total],
    )
    def score(self) -> None:
        """The last report that was needed has come."""

    @state.transition(
        source=S.SCORED,
        target=S.REJECTED,
        label=_("Reject"),
        permission=grant_person("FM"),
        conditions=[when.reason_given],
    )
    def reject(self) -> None:
        """Below a threshold, or beyond what one SME may have."""

    @state.transition(
        source=S.SCORED,
        target=S.WAITING,
        label=_("Put on the waiting list"),
        permission=grant_person("FM"),
        conditions=[when.is_next_in_line],
    )
    def wait(self) -> None:
        """Good enough, but the money or the country's places are used up."""

    @state.transition(
        source=[S.SCORED, S.WAITING],
        target=S.AWARDED,
        label=_("Award"),
        permission=fund_manager_or_clock,
        conditions=[
            when.grant_is_active,
            when.is_next_in_line,
            when.is_sme,
            when.owes_nothing,
            when.is_within_cap,
            when.is_within_aid,
            when.is_within_services,
            when.has_country_place,
            when.is_in_budget,
        ],
    )
    def award(self) -> None:
        self.record.awarded_at = self.at
        days = self.record.sme_call.accept_days
        self.record.accept_until = self.at + timedelta(days=days)

    @state.transition(
        source=S.AWARDED,
        target=S.ACCEPTED,
        label=_("Accept the award"),
        permission=sme,
        conditions=[when.is_in_time, when.is_sme],
    )
    def accept(self) -> None:
        self.record.accepted_by = self.actor
        self.record.accepted_at = self.at

    @state.transition(
        source=S.AWARDED,
        target=S.LAPSED,
        label=_("Let the award lapse"),
        permission=system_only,
        conditions=[when.is_too_late],
    )
    def lapse(self) -> None:
        """The money goes to the next on the waiting list."""

    @state.transition(
        source=S.DRAFT,
        target=S.LAPSED,
        label=_("Never handed in"),
        permission=system_only,
        conditions=[when.call_is_over],
    )
    def expire(self) -> None:
        """The call closed before the draft was sent."""

    @state.transition(
        source=[S.SUBMITTED, S.ELIGIBLE, S.SCORED, S.WAITING],
        target=S.REJECTED,
        label=_("End with the call"),
        permission=system_only,
        conditions=[when.call_is_over, when.reason_given],
    )
    def end_with_call(self) -> None:
        """The call was cancelled, or is done and nothing came free for the waiting list."""

    @state.transition(
        source=[S.DRAFT, S.SUBMITTED, S.ELIGIBLE, S.SCORED, S.WAITING, S.AWARDED],
        target=S.WITHDRAWN,
        label=_("Withdraw the application"),
        permission=sme,
    )
    def withdraw(self) -> None:
        """What was kept for it is free again."""
