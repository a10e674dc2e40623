"""A grant: prepared, signed in order, active, reported on, settled, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from grants.lifecycle import grant_conditions as when
from grants.models import Grant
from grants.permissions import coordinator_role, grant_officer

if TYPE_CHECKING:
    from core.models import Document

S = Grant.State


class GrantLifecycle(Lifecycle[Grant]):
    """Every state and move of a grant. ``agreement`` is what the coordinator saw when signing."""

    state = state_field(Grant.State)
    agreement: Document | None = None

    @state.transition(
        source=S.PREPARATION,
        target=S.READY_TO_SIGN,
        label=_("Make ready to sign"),
        permission=grant_officer("PO"),
        conditions=[
            when.all_declared,
            when.account_validated,
            when.exclusion_checked,
            when.plan_reaches_share,
        ],
    )
    def make_ready(self) -> None:
        """The agreement is printed; from here on only its fingerprint counts."""

    @state.transition(
        source=S.READY_TO_SIGN,
        target=S.PREPARATION,
        label=_("Take back to preparation"),
        permission=grant_officer("PO"),
        conditions=[when.reason_given],
    )
    def reopen_preparation(self) -> None:
        """The printed agreement is void; a new one will have another fingerprint."""
        self.record.agreement = None

    @state.transition(
        source=S.READY_TO_SIGN,
        target=S.COORD_SIGNED,
        label=_("Sign for the coordinator"),
        permission=coordinator_role("LSIGN"),
        conditions=[when.agreement_printed],
    )
    def sign_for_coordinator(self) -> None:
        """The coordinator is bound; the granting authority is next."""

    @state.transition(
        source=S.COORD_SIGNED,
        target=S.SIGNED,
        label=_("Sign for the granting authority"),
        permission=grant_officer("AO"),
        conditions=[when.in_time_or_reason],
    )
    def sign_for_authority(self) -> None:
        """Both are bound; the book opens with the award."""

    @state.transition(
        source=[S.PREPARATION, S.READY_TO_SIGN, S.COORD_SIGNED],
        target=S.PREP_FAILED,
        label=_("End the preparation"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given],
    )
    def fail_preparation(self) -> None:
        """The money goes to the next on the reserve list."""

    @state.transition(
        source=S.SIGNED,
        target=S.ACTIVE,
        label=_("Start"),
        permission=system_only,
        conditions=[when.start_reached, when.all_acceded],
    )
    def activate(self) -> None:
        """The prefinancing falls due."""

    @state.transition(
        source=S.ACTIVE,
        target=S.SUSPENDED,
        label=_("Suspend the grant"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given],
    )
    def suspend(self) -> None:
        """Clocks stop; no new vouchers."""

    @state.transition(
        source=S.SUSPENDED,
        target=S.ACTIVE,
        label=_("Resume the grant"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given],
    )
    def resume(self) -> None:
        """Clocks go on with the days left."""

    @state.transition(
        source=[S.SIGNED, S.ACTIVE, S.SUSPENDED],
        target=S.TERMINATED,
        label=_("Terminate the grant"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given],
    )
    def terminate(self) -> None:
        """A final report falls due for what was done until now."""

    @state.transition(
        source=[S.ACTIVE, S.TERMINATED],
        target=S.REPORTING,
        label=_("Open the final report"),
        permission=system_only,
    )
    def open_final_report(self) -> None:
        """The last period has ended."""

    @state.transition(
        source=S.REPORTING,
        target=S.FINAL_ACCEPTED,
        label=_("Sign the final settlement"),
        permission=grant_officer("AO"),
        conditions=[when.final_report_accepted, when.nothing_under_way],
    )
    def settle(self) -> None:
        """The ledger fixes the final grant; the balance or a debit note follows."""

    @state.transition(
        source=S.FINAL_ACCEPTED,
        target=S.BALANCE_PAID,
        label=_("Balance paid"),
        permission=system_only,
        conditions=[when.nothing_owed],
    )
    def pay_balance(self) -> None:
        """The bank has executed the balance, or there was none."""

    @state.transition(
        source=S.FINAL_ACCEPTED,
        target=S.IN_RECOVERY,
        label=_("Recover what was paid too much"),
        permission=system_only,
        conditions=[when.something_to_recover],
    )
    def start_recovery(self) -> None:
        """A debit note leaves."""

    @state.transition(
        source=[S.BALANCE_PAID, S.IN_RECOVERY],
        target=S.CLOSED,
        label=_("Close the grant"),
        permission=grant_officer("AO"),
        conditions=[when.nothing_owed],
    )
    def close(self) -> None:
        """The records are kept until the retention date."""
