"""A voucher in the ledger: the reserve becomes a commitment (6b), its rest is released (13)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ledger.api import Kind, LedgerEvent, legs
from vouchers import accounts
from vouchers.models.choices import SmeCallState

if TYPE_CHECKING:
    from datetime import date

    from core.models import Document
    from vouchers.models import Voucher


def issued(voucher: Voucher, *, document: Document, on: date) -> LedgerEvent:
    """6b: both have signed; the value is owed to this SME until it is used or expires."""
    return LedgerEvent(
        idem=uuid5(voucher.pk, f"{Kind.VOUCHER_ISSUED}:1"),
        kind=Kind.VOUCHER_ISSUED,
        document=document,
        effective_on=on,
        legs=legs.voucher_issued(
            _book_of(voucher),
            application=voucher.application_id,
            voucher=voucher.pk,
            amount=voucher.value_cents,
        ),
    )


def ended(
    voucher: Voucher, *, rest: int, advance: int, document: Document, on: date
) -> LedgerEvent:
    """13: the unused ``rest`` returns to the call (to the pool once the call is done).

    The head-room of the rest returns with it. An ``advance`` that is still out is owed by the SME;
    its head-room returns only with the money. Both in cents.
    """
    application = voucher.application
    is_done = application.sme_call.state == SmeCallState.DONE
    return LedgerEvent(
        idem=uuid5(voucher.pk, f"{Kind.VOUCHER_ENDED}:1"),
        kind=Kind.VOUCHER_ENDED,
        document=document,
        effective_on=on,
        legs=legs.voucher_ended(
            _book_of(voucher),
            voucher=voucher.pk,
            group=application.cap_group_id,
            payee=voucher.organisation_id,
            rest=rest,
            advance=advance,
            call=None if is_done else application.sme_call_id,
            above=accounts.cap_above(application),
        ),
    )


def _book_of(voucher: Voucher) -> int:
    assert voucher.grant.book_id is not None, "only a grant that has begun has a book"
    return voucher.grant.book_id
