"""One payment, by as many persons as the rules ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from grants.actions import bank_record, payment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.models import Person
    from grants.models import Payment


def pay(row: Payment, officers: Sequence[Person], *, at: datetime, returned: str = "") -> Payment:
    """Prepare, approve, send, read at the bank, confirm; ``returned`` is the bank's reason."""
    order(row, officers, at=at)
    at += timedelta(days=2)
    bank_record.enter(
        payment_id=row.pk,
        outcome="returned" if returned else "executed",
        reference=f"BK-{row.end_to_end_id[-12:]}",
        booked_on=at.date(),
        bank_reason=returned,
        actor=officers[0],
        at=at,
    )
    return bank_record.confirm(payment_id=row.pk, actor=officers[1], at=at)


def order(row: Payment, officers: Sequence[Person], *, at: datetime, steps: int = 3) -> None:
    """The first ``steps`` of prepare, approve, send, each by another person."""
    acts = (payment.prepare, payment.approve, payment.send)
    for act, officer in list(zip(acts, officers, strict=False))[:steps]:
        act(payment_id=row.pk, actor=officer, at=at)
