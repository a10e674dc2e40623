"""A claim is paid, by the bank or by the advance that was already out: the voucher follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.gate import fire
from core.locks import locked
from core.models import Person
from vouchers.lifecycle.claim import ClaimLifecycle
from vouchers.lifecycle.voucher import VoucherLifecycle
from vouchers.models import Voucher
from vouchers.notices import claim as notices
from vouchers.queries import claim as queries

if TYPE_CHECKING:
    from datetime import date, datetime

    from vouchers.models import Claim


def settle(claim: Claim, *, on: date, at: datetime) -> None:
    """The claim is paid; its voucher is used wholly with the last claim or the last cent."""
    system = Person.objects.system()
    claim.paid_on = on
    fire(ClaimLifecycle(claim, at=at), "pay", actor=system, at=at)
    voucher = locked(Voucher, claim.voucher_id)
    is_used_up = claim.is_final or not queries.remaining_cents(voucher)
    event = "redeem" if is_used_up else "redeem_part"
    fire(VoucherLifecycle(voucher, at=at), event, actor=system, at=at)
    notices.claim_paid(claim, at=at)
