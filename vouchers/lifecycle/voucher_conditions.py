"""Under which conditions a voucher moves, with the sentence shown when it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition
from grants.models import Beneficiary, Grant
from parties.queries import linked_group, tied
from parties.rules.days import day_of
from vouchers.models import UNSETTLED
from vouchers.rules.window import is_over

if TYPE_CHECKING:
    from datetime import date

    from vouchers.lifecycle.voucher import VoucherLifecycle
    from vouchers.models import Provider, Voucher


def is_provider_barred(voucher: Voucher, provider: Provider, *, on: date) -> bool:
    """Whether the provider belongs to the consortium or to the SME, directly or by a tie."""
    group = tied(provider.organisation_id, on_date=on)
    partners = Beneficiary.objects.filter(grant=voucher.grant_id, organisation__in=group)
    own = linked_group(voucher.organisation_id, on_date=on)
    return bool(group & own) or partners.exists()


def has_open_claim(voucher: Voucher) -> bool:
    """Whether a claim on the voucher was handed in and is neither refused nor paid."""
    return voucher.claims.filter(state__in=UNSETTLED).exists()


@condition(_("Both sides have to sign before the voucher is issued."))
def both_signed(lifecycle: VoucherLifecycle) -> bool:
    """The SME and the partner that runs the call have signed the agreement."""
    one = lifecycle.record
    return one.holder_signed_at is not None and one.consortium_signed_at is not None


@condition(_("You have signed already."))
def holder_has_not_signed(lifecycle: VoucherLifecycle) -> bool:
    """The SME signs once."""
    return lifecycle.record.holder_signed_at is None


@condition(_("The consortium has signed already."))
def consortium_has_not_signed(lifecycle: VoucherLifecycle) -> bool:
    """The partner signs once."""
    return lifecycle.record.consortium_signed_at is None


@condition(_("The two signatures have to be those of two persons."))
def other_signatory(lifecycle: VoucherLifecycle) -> bool:
    """Nobody signs for both sides."""
    one, actor = lifecycle.record, lifecycle.actor
    return actor is None or actor.pk not in {one.holder_signed_by_id, one.consortium_signed_by_id}


@condition(_("The applicant is no SME any more, so the voucher can't be issued."))
def is_still_sme(lifecycle: VoucherLifecycle) -> bool:
    """An SME at signature; lost later, the voucher stands."""
    return lifecycle.record.application.sme_status.is_sme


@condition(_("The grant is not active."))
def grant_is_active(lifecycle: VoucherLifecycle) -> bool:
    """Nothing new is committed while the grant is suspended or over."""
    return lifecycle.record.grant.state == Grant.State.ACTIVE


@condition(_("The voucher has expired."))
def is_not_over(lifecycle: VoucherLifecycle) -> bool:
    """The last day has not passed."""
    last = lifecycle.record.expires_on
    return last is None or not is_over(last, today=day_of(lifecycle.at))


@condition(_("The voucher has not expired yet."))
def last_day_passed(lifecycle: VoucherLifecycle) -> bool:
    """The last day has passed, in Brussels."""
    last = lifecycle.record.expires_on
    return last is not None and is_over(last, today=day_of(lifecycle.at))


@condition(_("A claim on this voucher is still open. Settle it first."))
def no_open_claim(lifecycle: VoucherLifecycle) -> bool:
    """No claim is being checked or on its way to the bank."""
    return not has_open_claim(lifecycle.record)


@condition(_("Choose a provider first."))
def provider_chosen(lifecycle: VoucherLifecycle) -> bool:
    """The SME has named a provider with an offer."""
    return lifecycle.record.provider_id is not None


@condition(_("The provider belongs to the consortium or to the SME, or is tied to one of them."))
def provider_is_independent(lifecycle: VoucherLifecycle) -> bool:
    """Never a beneficiary, an affiliated or a linked enterprise of the consortium or the SME."""
    one = lifecycle.record
    if one.provider is None:
        return True
    return not is_provider_barred(one, one.provider, on=day_of(lifecycle.at))


@condition(_("This call pays only providers of its catalogue, and this one is not listed today."))
def provider_is_listed(lifecycle: VoucherLifecycle) -> bool:
    """Where the call says catalogue only, the provider is listed on the day."""
    one = lifecycle.record
    if one.provider is None or not one.application.sme_call.catalogue_only:
        return True
    return one.provider.is_listed(on=day_of(lifecycle.at))


@condition(_("Work may begin only after the voucher was issued, and not in the future."))
def contract_is_dated(lifecycle: VoucherLifecycle) -> bool:
    """The service contract lies between the issue of the voucher and today."""
    one = lifecycle.record
    if one.contract_on is None or one.issued_at is None:
        return False
    return day_of(one.issued_at) <= one.contract_on <= day_of(lifecycle.at)


@condition(_("Write why. The SME will read it."))
def reason_given(lifecycle: VoucherLifecycle) -> bool:
    """An adverse act says why."""
    return bool(lifecycle.reason.strip())


@condition(_("An extension has to be asked by one person and granted by another."))
def extension_asked_by_another(lifecycle: VoucherLifecycle) -> bool:
    """There is an open request, and it was made by somebody else."""
    asked = lifecycle.record.extensions.filter(decided_at__isnull=True).first()
    if asked is None:
        return False
    return lifecycle.actor is None or asked.asked_by_id != lifecycle.actor.pk


@condition(_("Write what you read: final report, answers on the impact, proof of visibility."))
def report_read(lifecycle: VoucherLifecycle) -> bool:
    """Whoever closes a voucher says what was read."""
    return bool(lifecycle.reason.strip())
