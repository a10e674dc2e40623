"""The invoice and the other files of the claim behind an event of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.parts import File
from ledger.api import Kind
from vouchers.models import Claim
from vouchers.models.claim import Evidence

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.models import Event

OF_CLAIMS = {Kind.CLAIM_SUBMITTED, Kind.CLAIM_CERTIFIED, Kind.CLAIM_REFUSED, Kind.PAYMENT_EXECUTED}
OCCURRENCES = range(1, 20)


def evidence(event: Event) -> list[File]:
    """Files that prove the claim which was handed in, decided or paid; two statements."""
    claim_id = _claim_of(event) if event.kind in OF_CLAIMS else None
    if claim_id is None:
        return []
    rows = Evidence.objects.filter(claim=claim_id, replaced_at__isnull=True)
    return [
        File(
            name=row.document.name,
            size=row.document.size,
            stored_at=row.document.created_at,
            kind=str(row.item),
            sha256=row.document.sha256,
            url=reverse("vouchers:claim_file", args=[claim_id, row.pk]),
            action=_("Download"),
        )
        for row in rows.select_related("item", "document").order_by("item__pk")
    ]


def _claim_of(event: Event) -> UUID | None:
    """The claim whose key made the event's key (``vouchers/postings/claim.py``)."""
    claims = Claim.objects.filter(voucher__grant__book=event.book_id)
    if event.kind == Kind.PAYMENT_EXECUTED:
        paid = claims.filter(payment__isnull=False).values_list("pk", "payment")
        keys = ((pk, {uuid5(payment, "executed")}) for pk, payment in paid)
    else:
        keys = ((pk, _keys(pk)) for pk in claims.values_list("pk", flat=True))
    return next((pk for pk, made in keys if event.idem in made), None)


def _keys(claim_id: UUID) -> set[UUID]:
    said = [f"{what}:{n}" for what in ("submitted", "refused") for n in OCCURRENCES]
    return {uuid5(claim_id, words) for words in ("certified", *said)}
