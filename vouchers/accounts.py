"""The accounts of a grant's book that the SME side asks, and what they hold (docs/ledger.md).

Keys are the ids of the records: an SME call, an application, a voucher, a group under one cap.
Balances are euro cents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.api import AccountRef, balance, balances_of_key
from ledger.api import AccountType as T

if TYPE_CHECKING:
    from uuid import UUID

    from grants.models import Grant
    from vouchers.models import Application, CapGroup, SmeCall, Voucher


def _ref(grant: Grant, kind: T, key: UUID | None = None) -> AccountRef:
    assert grant.book_id is not None, "only a grant that has begun has a book"
    return AccountRef(grant.book_id, kind, "" if key is None else str(key))


def pool(grant: Grant) -> AccountRef:
    """What the agreement sets aside for SMEs and no SME call has taken yet."""
    return _ref(grant, T.POOL)


def call_budget(sme_call: SmeCall) -> AccountRef:
    """What an SME call still has to award."""
    return _ref(sme_call.grant, T.CALL, sme_call.pk)


def reserve(application: Application) -> AccountRef:
    """What is kept for an awarded application until both sides have signed."""
    return _ref(application.sme_call.grant, T.RESV, application.pk)


def commitment(voucher: Voucher) -> AccountRef:
    """What an issued voucher may still have paid."""
    return _ref(voucher.grant, T.VCH, voucher.pk)


def advanced(voucher: Voucher) -> AccountRef:
    """The part of a commitment that was advanced."""
    return _ref(voucher.grant, T.VADV, voucher.pk)


def under_check(voucher: Voucher) -> AccountRef:
    """What claims on a voucher ask for and nobody has decided yet."""
    return _ref(voucher.grant, T.CLAIM, voucher.pk)


def cap_room(group: CapGroup) -> AccountRef:
    """What an SME and its linked enterprises may still be awarded."""
    return _ref(group.grant, T.CAP, group.pk)


def cap_used(group: CapGroup) -> AccountRef:
    """What an SME and its linked enterprises were awarded."""
    return _ref(group.grant, T.USED, group.pk)


def of_voucher(voucher: Voucher) -> dict[str, int]:
    """Cents by type of account: all that an issued voucher has (one query)."""
    assert voucher.grant.book_id is not None, "only a grant that has begun has a book"
    return balances_of_key(voucher.grant.book_id, str(voucher.pk))


def left(ref: AccountRef) -> int:
    """What the account holds; nothing if it was never opened."""
    return balance(ref)
