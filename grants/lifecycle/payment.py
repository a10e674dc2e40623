"""A payment of any kind: due, prepared, approved, sent by three persons, executed by the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from grants.lifecycle import payment_conditions as when
from grants.models import Payment
from grants.permissions import desk_officer, grant_officer

if TYPE_CHECKING:
    from grants.models import BankRecord
    from parties.models import BankAccount

S = Payment.State


class PaymentLifecycle(Lifecycle[Payment]):
    """Every state and move of a payment.

    ``account`` is where it will go, ``bank_record`` what the bank did; the action sets them before
    it fires.
    """

    state = state_field(Payment.State)
    account: BankAccount | None = None
    bank_record: BankRecord | None = None

    @state.transition(
        source=S.DUE,
        target=S.PREPARED,
        label=_("Prepare the payment"),
        permission=desk_officer,
        conditions=[when.grant_runs, when.account_usable, when.not_the_certifier],
    )
    def prepare(self) -> None:
        """Account and holder are fixed as they stand now."""
        self.record.preparer = self.actor
        if self.account is not None:
            self.record.account = self.account
            self.record.iban, self.record.holder = self.account.iban, self.account.holder

    @state.transition(
        source=S.PREPARED,
        target=S.APPROVED,
        label=_("Approve the payment"),
        permission=desk_officer,
        conditions=[when.not_the_preparer, when.account_still_valid],
    )
    def approve(self) -> None:
        """Nothing of it can be changed any more."""
        self.record.approver = self.actor

    @state.transition(
        source=S.APPROVED,
        target=S.SENT,
        label=_("Send the order to the bank"),
        permission=desk_officer,
        conditions=[when.a_third_person, when.account_still_valid],
    )
    def send(self) -> None:
        """The payment order is printed."""
        self.record.sender = self.actor

    @state.transition(
        source=S.SENT,
        target=S.EXECUTED,
        label=_("Confirm that the bank has executed it"),
        permission=desk_officer,
        conditions=[when.bank_record_says_executed, when.not_who_entered],
    )
    def execute(self) -> None:
        """The money has moved on the day the bank booked it."""
        if self.bank_record is not None:
            self.record.executed_on = self.bank_record.booked_on

    @state.transition(
        source=S.SENT,
        target=S.RETURNED,
        label=_("Confirm that the bank has returned it"),
        permission=desk_officer,
        conditions=[when.bank_record_says_returned, when.not_who_entered],
    )
    def give_back(self) -> None:
        """The money is back; the account has to be looked at again."""

    @state.transition(
        source=[S.PREPARED, S.APPROVED],
        target=S.CANCELLED,
        label=_("Cancel the payment"),
        permission=desk_officer,
        conditions=[when.reason_given],
    )
    def cancel(self) -> None:
        """It was never sent. What it was for is due again."""

    @state.transition(
        source=[S.DUE, S.SUSPENDED],
        target=S.CANCELLED,
        label=_("Drop"),
        permission=system_only,
        conditions=[when.reason_given],
    )
    def drop(self) -> None:
        """What it was for has fallen away."""

    @state.transition(
        source=S.DUE,
        target=S.SUSPENDED,
        label=_("Suspend the payment"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given, when.from_the_authority],
    )
    def suspend(self) -> None:
        """The clock stops; the days left are kept."""
        when.stop_clock(self)

    @state.transition(
        source=S.SUSPENDED,
        target=S.DUE,
        label=_("Let the payment go on"),
        permission=grant_officer("AO"),
        conditions=[when.reason_given],
    )
    def resume(self) -> None:
        """The clock goes on with the days left."""
        when.restart_clock(self)

    @state.transition(
        source=S.EXECUTED,
        target=S.RECOVERED,
        label=_("Paid back"),
        permission=system_only,
        conditions=[when.paid_back_in_full],
    )
    def recover(self) -> None:
        """Its debit notes are paid."""
