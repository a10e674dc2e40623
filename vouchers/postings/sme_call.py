"""An SME call in the ledger: its budget leaves the pool (5), what is left returns to it (5')."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from ledger.api import Kind, LedgerEvent, Leg
from vouchers import accounts

if TYPE_CHECKING:
    from datetime import date

    from core.models import Document
    from vouchers.models import SmeCall


def opened(sme_call: SmeCall, *, document: Document, on: date) -> LedgerEvent:
    """5: the budget is set aside for this call; the pool's floor refuses more than there is."""
    pool, budget = accounts.pool(sme_call.grant), accounts.call_budget(sme_call)
    return LedgerEvent(
        idem=uuid5(sme_call.pk, f"{Kind.SME_CALL_OPENED}:1"),
        kind=Kind.SME_CALL_OPENED,
        document=document,
        effective_on=on,
        legs=[Leg(pool, budget, sme_call.budget_cents)],
    )


def ended(sme_call: SmeCall, *, rest: int, document: Document, on: date) -> LedgerEvent:
    """5': what nobody was awarded, ``rest`` cents, returns to the pool."""
    return LedgerEvent(
        idem=uuid5(sme_call.pk, f"{Kind.SME_CALL_DONE}:1"),
        kind=Kind.SME_CALL_DONE,
        document=document,
        effective_on=on,
        legs=[Leg(accounts.call_budget(sme_call), accounts.pool(sme_call.grant), rest)],
    )
