"""The accounts of a grant's book that the SME side asks, and what they hold (docs/ledger.md).

Keys are the ids of the records: an SME call, an application, a voucher, a group under one cap.
Balances are euro cents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.api import AccountRef, aid_room, balance, balances_of_key, headroom
from ledger.api import AccountType as T
from parties.queries import linked_group
from vouchers.models import Application
from vouchers.models.choices import AidRegime, ApplicationState, VoucherState

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from grants.models import Grant
    from ledger.api import AidRoom
    from vouchers.models import CapGroup, SmeCall, Voucher


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


def cap_above(application: Application) -> int:
    """What its group has used above the cap, since two groups turned out to be one."""
    book_id = application.sme_call.grant.book_id
    assert book_id is not None, "only a grant that has begun has a book"
    return headroom(book_id, application.cap_group_id).above


def of_voucher(voucher: Voucher) -> dict[str, int]:
    """Cents by type of account: all that an issued voucher has (one query)."""
    assert voucher.grant.book_id is not None, "only a grant that has begun has a book"
    return balances_of_key(voucher.grant.book_id, str(voucher.pk))


def left(ref: AccountRef) -> int:
    """What the account holds; nothing if it was never opened."""
    return balance(ref)


def aid_left(one: Application, *, on: date) -> AidRoom:
    """The register's room for the applicant and its linked enterprises on that day.

    What was promised to them and is no aid yet, since the voucher is not signed, counts too.
    """
    sme_call = one.sme_call
    group = linked_group(one.organisation_id, on_date=on)
    room = aid_room(
        group,
        country=sme_call.aid_from,
        on=on,
        years=sme_call.aid_years,
        ceiling_cents=sme_call.aid_ceiling_cents,
    )
    return room.less(_promised_aid(one, group=group))


def _promised_aid(one: Application, *, group: frozenset[UUID]) -> int:
    unsigned = Q(state=ApplicationState.AWARDED) | Q(voucher__state=VoucherState.RESERVED)
    rows = Application.objects.filter(
        unsigned, organisation__in=group, sme_call__regime=AidRegime.DE_MINIMIS
    ).exclude(pk=one.pk)
    return sum(
        row.value_cents or 0
        for row in rows.select_related("sme_call__organisation")
        if row.sme_call.aid_from == one.sme_call.aid_from
    )
