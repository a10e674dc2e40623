"""What must hold before a payment moves, and how its clock stops and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lifecycle import Lifecycle, condition, unmet
from grants.models import BankRecord, Grant, Payment
from grants.rules import payment_clock
from parties.models import BankAccount
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from grants.lifecycle.payment import PaymentLifecycle


def _actor_id(lifecycle: Lifecycle[Payment]) -> UUID | None:
    return lifecycle.actor.pk if lifecycle.actor else None


@condition(gettext_lazy("Say why; it stays in the history of the payment."))
def reason_given(lifecycle: Lifecycle[Payment]) -> bool:
    """Stopping or cancelling money needs a reason."""
    return bool(lifecycle.reason.strip())


@condition(gettext_lazy("The grant is suspended. Its payments wait until it is resumed."))
def grant_runs(lifecycle: Lifecycle[Payment]) -> bool:
    """Money that comes in is taken at any time."""
    return lifecycle.record.is_incoming or lifecycle.record.grant.state != Grant.State.SUSPENDED


def account_usable(lifecycle: PaymentLifecycle) -> object:
    """The account is the payee's, validated, and its days of waiting are over."""
    payment, account = lifecycle.record, lifecycle.account
    if payment.payee_id is None:
        return True
    if account is None:
        sentence = _("%(payee)s has no validated bank account. It needs one before it is paid.")
        return unmet(sentence % {"payee": payment.payee})
    usable = BankAccount.objects.payable(on_date=day_of(lifecycle.at))
    if usable.filter(pk=account.pk, organisation=payment.payee_id).exists():
        return True
    return unmet(_("The account %(iban)s cannot be used on this day.") % {"iban": account})


@condition(gettext_lazy("The account is no longer valid. Cancel the payment and prepare it anew."))
def account_still_valid(lifecycle: Lifecycle[Payment]) -> bool:
    """A change of account between two persons stops the payment."""
    account = lifecycle.record.account
    return account is None or account.state == BankAccount.State.VALIDATED


@condition(gettext_lazy("You certified this amount. Somebody else has to prepare the payment."))
def not_the_certifier(lifecycle: Lifecycle[Payment]) -> bool:
    """Who said what is owed does not start the payment."""
    certifier_id = lifecycle.record.certifier_id
    return certifier_id is None or certifier_id != _actor_id(lifecycle)


@condition(gettext_lazy("You prepared this payment. A second officer has to approve it."))
def not_the_preparer(lifecycle: Lifecycle[Payment]) -> bool:
    """Four eyes."""
    return lifecycle.record.preparer_id != _actor_id(lifecycle)


@condition(gettext_lazy("You prepared or approved this payment. A third officer has to send it."))
def a_third_person(lifecycle: Lifecycle[Payment]) -> bool:
    """Six eyes."""
    payment = lifecycle.record
    return _actor_id(lifecycle) not in (payment.preparer_id, payment.approver_id)


@condition(gettext_lazy("First enter what the bank's statement says."))
def bank_record_says_executed(lifecycle: PaymentLifecycle) -> bool:
    """Somebody read on the statement that it was executed."""
    row = lifecycle.bank_record
    return row is not None and row.outcome == BankRecord.Outcome.EXECUTED


@condition(gettext_lazy("First enter what the bank's statement says."))
def bank_record_says_returned(lifecycle: PaymentLifecycle) -> bool:
    """Somebody read on the statement that it came back."""
    row = lifecycle.bank_record
    return row is not None and row.outcome == BankRecord.Outcome.RETURNED


@condition(gettext_lazy("You entered it. Another officer has to confirm it."))
def not_who_entered(lifecycle: PaymentLifecycle) -> bool:
    """What one person read a second one reads again."""
    row = lifecycle.bank_record
    return row is not None and row.entered_by_id != _actor_id(lifecycle)


@condition(gettext_lazy("Only payments of the granting authority have a clock to suspend."))
def from_the_authority(lifecycle: Lifecycle[Payment]) -> bool:
    """The deadline of the agreement binds the authority."""
    return lifecycle.record.payer_id is None


@condition(gettext_lazy("It has not been paid back in full yet."))
def paid_back_in_full(lifecycle: Lifecycle[Payment]) -> bool:
    """Executed repayments reach the amount."""
    back = lifecycle.record.recoveries.filter(state=Payment.State.EXECUTED)
    return sum(row.amount_cents for row in back) >= lifecycle.record.amount_cents


def stop_clock(lifecycle: Lifecycle[Payment]) -> None:
    """Keep the days that are left."""
    payment = lifecycle.record
    if payment.due_on is not None:
        payment.days_left = payment_clock.days_left(payment.due_on, on=day_of(lifecycle.at))
        payment.due_on = None


def restart_clock(lifecycle: Lifecycle[Payment]) -> None:
    """Go on with the days that were left."""
    payment = lifecycle.record
    if payment.days_left is not None:
        payment.due_on = payment_clock.resumed(day_of(lifecycle.at), days_left=payment.days_left)
        payment.days_left = None
