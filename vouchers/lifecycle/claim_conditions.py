"""When a claim may move, each with the sentence that is shown when it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition, unmet
from parties.rules.days import day_of
from vouchers.models import Claim, Recovery, Voucher
from vouchers.rules.claim import is_fresh

if TYPE_CHECKING:
    from vouchers.lifecycle.claim import ClaimLifecycle

V = Voucher.State


def nothing_missing(lifecycle: ClaimLifecycle) -> Any:
    """The action has read the claim: ``gaps`` are the sentences that still stop it."""
    return not lifecycle.gaps or unmet(" ".join(lifecycle.gaps))


@condition(_("The voucher cannot be used now. A claim needs a service that is in progress."))
def voucher_in_use(lifecycle: ClaimLifecycle) -> bool:
    """Work has begun under a contract and the voucher is neither over nor suspended."""
    return lifecycle.record.voucher.state in {V.IN_PROGRESS, V.PARTLY_REDEEMED}


@condition(_("Write what is missing, so that the SME knows what to add."))
def reason_given(lifecycle: ClaimLifecycle) -> bool:
    """A claim goes back or is refused only with words that help."""
    return bool(lifecycle.reason.strip())


@condition(_("Say for each line what you accept, and why where it is less."))
def lines_decided(lifecycle: ClaimLifecycle) -> bool:
    """Every line has an accepted amount."""
    return not lifecycle.record.lines.filter(accepted_cents__isnull=True).exists()


@condition(_("The fund manager who checked this claim cannot certify it. Ask a colleague."))
def not_the_checker(lifecycle: ClaimLifecycle) -> bool:
    """Checker and certifier are two persons."""
    return lifecycle.actor is not None and lifecycle.record.checked_by_id != lifecycle.actor.pk


@condition(_("Nothing was accepted. Reject the claim instead, with the reason."))
def something_accepted(lifecycle: ClaimLifecycle) -> bool:
    """A certificate for zero pays nobody."""
    return bool(lifecycle.record.accepted_cents)


@condition(_("The sanctions and exclusion lists were not looked up lately. Do it today first."))
def screened_lately(lifecycle: ClaimLifecycle) -> bool:
    """The look-up is no older than the call allows."""
    claim = lifecycle.record
    return is_fresh(
        looked_up_on=claim.screened_on,
        on=day_of(lifecycle.at),
        days_max=claim.voucher.application.sme_call.check_days,
    )


@condition(_("A payment order stands for this claim: it is paid or cancelled there."))
def no_open_payment(lifecycle: ClaimLifecycle) -> bool:
    """Only one payment at a time."""
    payment = lifecycle.record.payment
    return payment is None or payment.state == payment.State.CANCELLED


@condition(_("A payment order is needed first."))
def payment_ordered(lifecycle: ClaimLifecycle) -> bool:
    """The amount lies on the payment desk."""
    return lifecycle.record.payment is not None


@condition(_("Another finance officer must decide on the recovery first."))
def recovery_decided(lifecycle: ClaimLifecycle) -> bool:
    """Proposed by one, decided by another."""
    claim: Claim = lifecycle.record
    return Recovery.objects.filter(claim=claim, decided_by__isnull=False).exists()
