"""A voucher: signed by both sides, used with a provider, closed, or ended before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, any_of, condition, state_field, system_only
from parties.rules.days import day_of
from vouchers.lifecycle import voucher_conditions as when
from vouchers.models import USABLE, Voucher
from vouchers.models.choices import VoucherState as S
from vouchers.permissions import (
    consortium_coordinator,
    grant_person,
    running_partner_signatory,
    sme,
)
from vouchers.rules.window import expiry_day, resumed_expiry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

ANY_ACTIVE = [*USABLE, S.SUSPENDED]
sme_or_fund_manager = any_of(sme, grant_person("FM"))
fund_manager_or_clock = any_of(grant_person("FM"), system_only)


def _was(state: S) -> Callable[..., Any]:
    @condition(_("The voucher was in another state when it was suspended."))
    def was_suspended_from(lifecycle: VoucherLifecycle) -> bool:
        return lifecycle.record.suspended_from == state

    return was_suspended_from


class VoucherLifecycle(Lifecycle[Voucher]):
    """Every state and move of a voucher. ``new_day`` is the last day that an extension gives."""

    state = state_field(S)
    new_day: date | None = None

    @state.transition(
        source=S.RESERVED,
        target=S.RESERVED,
        label=_("Sign the agreement"),
        permission=sme,
        conditions=[when.holder_has_not_signed, when.other_signatory],
    )
    def sign_as_holder(self) -> None:
        self.record.holder_signed_by = self.actor
        self.record.holder_signed_at = self.at

    @state.transition(
        source=S.RESERVED,
        target=S.RESERVED,
        label=_("Sign for the consortium"),
        permission=running_partner_signatory,
        conditions=[when.consortium_has_not_signed, when.other_signatory],
    )
    def sign_for_consortium(self) -> None:
        self.record.consortium_signed_by = self.actor
        self.record.consortium_signed_at = self.at

    @state.transition(
        source=S.RESERVED,
        target=S.ISSUED,
        label=_("Issue the voucher"),
        permission=system_only,
        conditions=[when.both_signed, when.is_still_sme, when.grant_is_active],
    )
    def issue(self) -> None:
        self.record.issued_at = self.at
        self.record.expires_on = expiry_day(
            issued_on=day_of(self.at),
            months=self.record.application.sme_call.validity_months,
            grant_ends_on=self.record.grant.ends_on,
        )

    @state.transition(
        source=S.ISSUED,
        target=S.ISSUED,
        label=_("Name the provider"),
        permission=sme,
        conditions=[when.provider_is_independent, when.provider_is_listed, when.is_not_over],
    )
    def name_provider(self) -> None:
        """The fund manager confirms it next."""

    @state.transition(
        source=S.ISSUED,
        target=S.PROVIDER_SET,
        label=_("Confirm the provider"),
        permission=grant_person("FM"),
        conditions=[
            when.provider_chosen,
            when.provider_is_independent,
            when.provider_is_listed,
            when.is_not_over,
        ],
    )
    def confirm_provider(self) -> None:
        self.record.provider_confirmed_by = self.actor
        self.record.provider_confirmed_at = self.at

    @state.transition(
        source=S.ISSUED,
        target=S.ISSUED,
        label=_("Refuse the provider"),
        permission=grant_person("FM"),
        conditions=[when.provider_chosen, when.reason_given],
    )
    def refuse_provider(self) -> None:
        self.record.provider = None
        self.record.offer = None
        self.record.offer_net_cents = None

    @state.transition(
        source=S.PROVIDER_SET,
        target=S.IN_PROGRESS,
        label=_("Start the service"),
        permission=sme,
        conditions=[when.contract_is_dated, when.provider_is_listed, when.is_not_over],
    )
    def start(self) -> None:
        """Work from the contract day on can be paid."""

    @state.transition(
        source=[S.IN_PROGRESS, S.PARTLY_REDEEMED],
        target=S.PARTLY_REDEEMED,
        label=_("A claim was paid in part of the value"),
        permission=system_only,
    )
    @state.transition(
        source=S.SUSPENDED,
        target=S.SUSPENDED,
        label=_("A payment that was on its way arrived"),
        permission=system_only,
    )
    def redeem_part(self) -> None:
        """A claim was paid and something is left; also if the money left before a suspension."""
        if self.record.suspended_from:
            self.record.suspended_from = S.PARTLY_REDEEMED

    @state.transition(
        source=[S.IN_PROGRESS, S.PARTLY_REDEEMED, S.SUSPENDED],
        target=S.REDEEMED,
        label=_("The value is used up"),
        permission=system_only,
    )
    def redeem(self) -> None:
        """A claim was paid and nothing is left."""
        self.record.suspended_from, self.record.suspended_at = "", None

    @state.transition(
        source=S.PARTLY_REDEEMED,
        target=S.REDEEMED,
        label=_("End it: the last claim was final"),
        permission=grant_person("FM"),
        conditions=[when.no_open_claim],
    )
    def end_use(self) -> None:
        """The SME will claim no more; the rest is released."""

    @state.transition(
        source=S.REDEEMED,
        target=S.CLOSED,
        label=_("Close the voucher"),
        permission=grant_person("FM"),
        conditions=[when.report_read],
    )
    def close(self) -> None:
        self.record.ended_at = self.at

    @state.transition(
        source=list(USABLE),
        target=S.EXPIRED,
        label=_("Let it expire"),
        permission=system_only,
        conditions=[when.last_day_passed, when.no_open_claim],
    )
    def expire(self) -> None:
        self.record.ended_at = self.at

    @state.transition(
        source=S.ISSUED,
        target=S.ISSUED,
        label=_("Grant the extension"),
        permission=grant_person("FM", "FO"),
        conditions=[when.is_not_over, when.extension_asked_by_another],
    )
    @state.transition(
        source=S.PROVIDER_SET,
        target=S.PROVIDER_SET,
        label=_("Grant the extension"),
        permission=grant_person("FM", "FO"),
        conditions=[when.is_not_over, when.extension_asked_by_another],
    )
    @state.transition(
        source=S.IN_PROGRESS,
        target=S.IN_PROGRESS,
        label=_("Grant the extension"),
        permission=grant_person("FM", "FO"),
        conditions=[when.is_not_over, when.extension_asked_by_another],
    )
    @state.transition(
        source=S.PARTLY_REDEEMED,
        target=S.PARTLY_REDEEMED,
        label=_("Grant the extension"),
        permission=grant_person("FM", "FO"),
        conditions=[when.is_not_over, when.extension_asked_by_another],
    )
    def extend(self) -> None:
        if self.new_day is not None:
            self.record.expires_on = self.new_day

    @state.transition(
        source=list(USABLE),
        target=S.SUSPENDED,
        label=_("Suspend"),
        permission=grant_person("FM", "FO"),
        conditions=[when.reason_given],
    )
    def suspend(self) -> None:
        self.record.suspended_at = self.at

    @state.transition(
        source=S.SUSPENDED,
        target=S.ISSUED,
        label=_("End the suspension"),
        permission=grant_person("FM", "FO"),
        conditions=[_was(S.ISSUED)],
    )
    def resume_issued(self) -> None:
        self._give_days_back()

    @state.transition(
        source=S.SUSPENDED,
        target=S.PROVIDER_SET,
        label=_("End the suspension"),
        permission=grant_person("FM", "FO"),
        conditions=[_was(S.PROVIDER_SET)],
    )
    def resume_provider_set(self) -> None:
        self._give_days_back()

    @state.transition(
        source=S.SUSPENDED,
        target=S.IN_PROGRESS,
        label=_("End the suspension"),
        permission=grant_person("FM", "FO"),
        conditions=[_was(S.IN_PROGRESS)],
    )
    def resume_in_progress(self) -> None:
        self._give_days_back()

    @state.transition(
        source=S.SUSPENDED,
        target=S.PARTLY_REDEEMED,
        label=_("End the suspension"),
        permission=grant_person("FM", "FO"),
        conditions=[_was(S.PARTLY_REDEEMED)],
    )
    def resume_partly_redeemed(self) -> None:
        self._give_days_back()

    def _give_days_back(self) -> None:
        one = self.record
        assert one.suspended_at is not None, "a suspended voucher knows since when"
        assert one.expires_on is not None, "a suspended voucher was issued"
        one.expires_on = resumed_expiry(
            expires_on=one.expires_on,
            suspended_on=day_of(one.suspended_at),
            resumed_on=day_of(self.at),
            ends_on=one.grant.ends_on,
        )
        one.suspended_from, one.suspended_at = "", None

    @state.transition(
        source=[S.RESERVED, *ANY_ACTIVE],
        target=S.CANCELLED,
        label=_("Cancel the voucher"),
        permission=sme_or_fund_manager,
        conditions=[when.reason_given, when.no_open_claim],
    )
    def cancel(self) -> None:
        self.record.ended_at = self.at

    @state.transition(
        source=[S.RESERVED, *ANY_ACTIVE, S.REDEEMED, S.CLOSED, S.EXPIRED],
        target=S.REVOKED,
        label=_("Revoke the voucher"),
        permission=consortium_coordinator,
        conditions=[when.reason_given, when.no_open_claim],
    )
    def revoke(self) -> None:
        self.record.ended_at = self.at
