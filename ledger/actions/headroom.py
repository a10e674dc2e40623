"""The cap of one SME and its linked enterprises within one grant."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils import timezone

from ledger.actions.posting import LedgerEvent, post
from ledger.models import Event
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind
from ledger.rules.legs import leg

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Document, Person
    from ledger.models import Book

NAMESPACE = uuid.UUID("6f0d4a53-54f2-5be0-9d5c-0b6a0c4b2f7e")


def open_headroom(
    book: Book, *, group: object, cap: int, document: Document, actor: Person, at: datetime
) -> None:
    """Open the head-room of ``group`` at ``cap`` cents, once; call it before each award.

    The cap at the first award counts; a later, other ``cap`` changes nothing.
    """
    idem = uuid.uuid5(NAMESPACE, f"{book.code}/headroom/{group}")
    if Event.objects.filter(idem=idem).exists():
        return
    post(
        LedgerEvent(
            idem=idem,
            kind=Kind.HEADROOM_OPENED,
            document=document,
            effective_on=timezone.localdate(at),
            legs=[leg(book.pk, T.LIMIT, T.CAP, cap, to=group)],
        ),
        actor=actor,
        at=at,
    )
