"""A voucher and the claims on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from core.presentation.formats import eur
from vouchers.models import Claim, Voucher
from workflows.flows.sme import fund_manager, holder, people
from workflows.models import ClaimProcess, VoucherProcess
from workflows.queues import clock
from workflows.turns import Outcome, RecordFlow, Turn, end_of

if TYPE_CHECKING:
    from datetime import datetime

V, C = Voucher.State, Claim.State


def _expiry(voucher: Voucher) -> datetime | None:
    return end_of(voucher.expires_on)


class VoucherFlow(RecordFlow):
    process_class = VoucherProcess
    page = "vouchers:voucher_page"

    @classmethod
    def about(cls, record: Voucher) -> str:
        """Its value."""
        return eur(record.value_cents)

    start = flow.StartHandle().Next(this.sign)
    sign = Turn(
        V.RESERVED,
        when=lambda voucher: voucher.holder_signed_at is None,
        queue=holder,
        words=_("Sign the agreement of voucher %(record)s"),
    ).Next(sign_as_holder=this.choose, issue=this.choose, cancel=this.cancelled)
    countersign = Turn(
        V.RESERVED,
        when=lambda voucher: voucher.consortium_signed_at is None,
        queue=people("LSIGN"),
        words=_("Sign voucher %(record)s for the consortium"),
    ).Next(sign_for_consortium=this.choose, issue=this.choose, cancel=this.cancelled)
    choose = Turn(
        V.ISSUED,
        when=lambda voucher: voucher.provider_id is None,
        queue=holder,
        due=_expiry,
        words=_("Choose a provider for voucher %(record)s"),
        page="vouchers:voucher_provider",
    ).Next(name_provider=this.confirm)
    confirm = Turn(
        V.ISSUED,
        when=lambda voucher: voucher.provider_id is not None,
        queue=fund_manager,
        words=_("Confirm the provider of voucher %(record)s"),
    ).Next(confirm_provider=this.begin, refuse_provider=this.choose)
    begin = Turn(
        V.PROVIDER_SET,
        queue=holder,
        due=_expiry,
        words=_("Start the service of voucher %(record)s"),
        page="vouchers:voucher_start",
    ).Next(start=this.use, expire=this.expired)
    use = Turn(
        V.IN_PROGRESS,
        V.PARTLY_REDEEMED,
        queue=holder,
        due=_expiry,
        words=_("Use voucher %(record)s and claim"),
    ).Next(redeem=this.close, redeem_part=this.use, end_use=this.close, expire=this.expired)
    resume = Turn(V.SUSPENDED, queue=fund_manager, words=_("Voucher %(record)s is suspended")).Next(
        resume_issued=this.choose,
        resume_provider_set=this.begin,
        resume_in_progress=this.use,
        resume_partly_redeemed=this.use,
    )
    close = Turn(V.REDEEMED, queue=fund_manager, words=_("Close voucher %(record)s")).Next(
        close=this.closed
    )
    closed = Outcome(V.CLOSED)
    expired = Outcome(V.EXPIRED)
    cancelled = Outcome(V.CANCELLED)
    revoked = Outcome(V.REVOKED)


def _checker(claim: Claim) -> list[Any]:
    return [claim.checked_by_id]


class ClaimFlow(RecordFlow):
    process_class = ClaimProcess
    page = "vouchers:claim_detail"
    related = ("record__voucher",)

    start = flow.StartHandle().Next(this.write)
    write = Turn(
        C.DRAFT,
        queue=holder,
        words=_("Finish and hand in claim %(record)s"),
        page="vouchers:claim_edit",
    ).Next(submit=this.check, withdraw=this.withdrawn)
    check = Turn(C.SUBMITTED, queue=fund_manager, words=_("Check claim %(record)s")).Next(
        check=this.certify, send_back=this.add, withdraw=this.withdrawn
    )
    add = Turn(
        C.RETURNED,
        queue=holder,
        words=_("Add to claim %(record)s"),
        page="vouchers:claim_edit",
    ).Next(resubmit=this.check, withdraw=this.withdrawn)
    certify = Turn(
        C.CHECKED, queue=people("FO"), not_by=_checker, words=_("Certify claim %(record)s")
    ).Next(certify=this.order, reject=this.rejected, send_back=this.add)
    order = Turn(
        C.CERTIFIED, queue=people("FO"), words=_("Order the payment of claim %(record)s")
    ).Next(schedule=this.payment, pay=this.paid)
    payment = Turn(C.SCHEDULED, queue=clock, words=_("The bank pays claim %(record)s")).Next(
        pay=this.paid, unschedule=this.order
    )
    paid = Outcome(C.PAID)
    rejected = Outcome(C.REJECTED)
    recovered = Outcome(C.RECOVERED)
    withdrawn = Outcome(C.WITHDRAWN)
