"""An award in the ledger: money and head-room are reserved (6a) or freed (6c). Cents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ledger.api import Kind, LedgerEvent, legs
from vouchers import accounts

if TYPE_CHECKING:
    from datetime import date

    from core.models import Document
    from vouchers.models import Application


def awarded(application: Application, *, document: Document, on: date) -> LedgerEvent:
    """6a: the award is reserved in the call's budget and under the cap of the SME's group."""
    return LedgerEvent(
        idem=uuid5(application.pk, f"{Kind.APPLICATION_AWARDED}:1"),
        kind=Kind.APPLICATION_AWARDED,
        document=document,
        effective_on=on,
        legs=legs.application_awarded(
            _book_of(application),
            call=application.sme_call_id,
            application=application.pk,
            group=application.cap_group_id,
            amount=_value_of(application),
        ),
    )


def freed(application: Application, *, document: Document, on: date) -> LedgerEvent:
    """6c: lapsed, withdrawn or never signed: reserve and head-room go back."""
    return LedgerEvent(
        idem=uuid5(application.pk, f"{Kind.AWARD_LAPSED}:1"),
        kind=Kind.AWARD_LAPSED,
        document=document,
        effective_on=on,
        legs=legs.award_lapsed(
            _book_of(application),
            call=application.sme_call_id,
            application=application.pk,
            group=application.cap_group_id,
            amount=_value_of(application),
            above=accounts.cap_above(application),
        ),
    )


def _book_of(application: Application) -> int:
    book_id = application.sme_call.grant.book_id
    assert book_id is not None, "only a grant that has begun has a book"
    return book_id


def _value_of(application: Application) -> int:
    assert application.cap_group_id is not None, "an award counts under a cap"
    assert application.value_cents is not None, "an award has a value"
    return application.value_cents
