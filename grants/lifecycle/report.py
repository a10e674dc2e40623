"""A periodic report: statements signed, submitted, asked about, accepted, paid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from grants.lifecycle import report_conditions as when
from grants.models import PeriodicReport
from grants.permissions import coordinator_role, grant_officer, partner_role

S = PeriodicReport.State


class PeriodicReportLifecycle(Lifecycle[PeriodicReport]):
    """Every state and move of a report.

    ``sme_ledger_cents`` is the ledger's SME support of the period, ``sme_confirmed_cents`` what the
    coordinator confirmed; the action sets both before it fires ``submit``.
    """

    state = state_field(PeriodicReport.State)
    sme_ledger_cents: int = 0
    sme_confirmed_cents: int | None = None

    @state.transition(
        source=S.OPEN,
        target=S.PARTS_LOCKED,
        label=_("Close the statements"),
        permission=partner_role("FSIGN"),
        conditions=[when.all_statements_signed],
    )
    def lock_parts(self) -> None:
        """The last statement has been signed."""

    @state.transition(
        source=S.PARTS_LOCKED,
        target=S.OPEN,
        label=_("Take a signature back"),
        permission=partner_role("FSIGN"),
    )
    def unlock_parts(self) -> None:
        """A partner corrects its statement."""

    @state.transition(
        source=[S.PARTS_LOCKED, S.RETURNED],
        target=S.SUBMITTED,
        label=_("Hand in the report"),
        permission=coordinator_role("FM", "LSIGN"),
        conditions=[
            when.grant_runs,
            when.all_statements_signed,
            when.certificates_present,
            when.summary_written,
            when.sme_support_confirmed,
        ],
    )
    def submit(self) -> None:
        """The clock of the payment starts, or starts again."""
        when.begin_clock(self)

    @state.transition(
        source=S.SUBMITTED,
        target=S.RETURNED,
        label=_("Send the report back"),
        permission=grant_officer("PO"),
        conditions=[when.reason_given],
    )
    def send_back(self) -> None:
        """Partners may correct and sign again."""
        self.record.answer_by = None

    @state.transition(
        source=S.SUBMITTED,
        target=S.SUSPENDED,
        label=_("Ask a question and stop the clock"),
        permission=grant_officer("PO", "AO"),
        conditions=[when.reason_given],
    )
    def suspend(self) -> None:
        """The days left are kept."""
        when.stop_clock(self)

    @state.transition(
        source=S.SUSPENDED,
        target=S.SUBMITTED,
        label=_("Answer received: let the clock go on"),
        permission=grant_officer("PO", "AO"),
        conditions=[when.reason_given],
    )
    def resume(self) -> None:
        """The clock goes on with the days left."""
        when.restart_clock(self)

    @state.transition(
        source=S.SUBMITTED,
        target=S.ACCEPTED,
        label=_("Accept the report"),
        permission=grant_officer("AO"),
        conditions=[when.assessed, when.assessed_by_another, when.nothing_cut],
    )
    def accept(self) -> None:
        """All costs are accepted."""

    @state.transition(
        source=S.SUBMITTED,
        target=S.PARTLY_ACCEPTED,
        label=_("Accept the report in part"),
        permission=grant_officer("AO"),
        conditions=[when.assessed, when.assessed_by_another, when.something_cut],
    )
    def accept_in_part(self) -> None:
        """Each cut has its reason."""

    @state.transition(
        source=[S.ACCEPTED, S.PARTLY_ACCEPTED],
        target=S.PAYMENT_DUE,
        label=_("Payment due"),
        permission=grant_officer("AO"),
        conditions=[when.something_payable],
    )
    def order_payment(self) -> None:
        """The payment lies on the desk of the finance officers."""

    @state.transition(
        source=[S.ACCEPTED, S.PARTLY_ACCEPTED, S.PAYMENT_DUE],
        target=S.CLOSED,
        label=_("Close the report"),
        permission=system_only,
        conditions=[when.payment_over],
    )
    def close(self) -> None:
        """What was due has been executed, or nothing was."""
