"""How the rest of a voucher is released when it ends, whoever ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import NotAllowed
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers import accounts
from vouchers.actions import aid, awards, papers
from vouchers.models import Voucher
from vouchers.notices import voucher as notices
from vouchers.postings import voucher as postings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


def application_of(voucher_id: UUID) -> UUID:
    """The application behind a voucher, read before anything is locked."""
    rows = Voucher.objects.filter(pk=voucher_id).values_list("application", flat=True)
    found = rows.first()
    if found is None:
        raise NotAllowed(f"voucher {voucher_id} does not exist")
    return found


def release(voucher: Voucher, *, event: str, reason: str, actor: Person, at: datetime) -> int:
    """Post what an ended voucher gives back; returns the released cents.

    Never issued: the award is freed (6c). Issued: commitment and head-room return, an advance
    that is still out is owed (13). Nothing left: nothing is posted.
    """
    if voucher.issued_at is None:
        application = voucher.application
        awards.free(application, event=event, reason=reason, actor=actor, at=at)
        return voucher.value_cents
    rest = accounts.left(accounts.commitment(voucher))
    advance = accounts.left(accounts.advanced(voucher))
    if rest or advance:
        paper = papers.voucher_paper(
            voucher, event=event, reason=reason, rest=rest, actor=actor, at=at
        )
        posting = postings.ended(voucher, rest=rest, advance=advance, document=paper, on=day_of(at))
        posted = ledger.post(posting, actor=actor, at=at)
        assert posted is not None, "there is a rest or an advance"
        aid.take_back(voucher, cents=rest, event=posted, document=paper, actor=actor, at=at)
    notices.ended(voucher, rest=rest, reason=reason, at=at)
    return rest
