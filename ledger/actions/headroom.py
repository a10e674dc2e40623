"""The cap of one SME and its linked enterprises within one grant."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.locks import locked_all
from ledger.actions.book import close
from ledger.actions.posting import LedgerEvent, post
from ledger.models import Account, Event
from ledger.queries.headroom import headroom
from ledger.queries.periods import open_day
from ledger.rules.cap import groups_linked
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind
from ledger.rules.legs import AccountRef, leg

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


@transaction.atomic
def join_headroom(
    book: Book, *, first: object, second: object, document: Document, actor: Person, at: datetime
) -> Event:
    """Two groups are one undertaking: the second's use moves under the first's cap, once.

    Both have their accounts; the second's are closed. Nothing is lost: what both have used above
    the cap stays in the first's use, and then nothing new can be awarded (row 6d).
    """
    idem = uuid.uuid5(NAMESPACE, f"{book.code}/joined/{second}")
    refs = [AccountRef(book.pk, kind, str(second)) for kind in (T.CAP, T.USED)]
    _lock(book, groups=(first, second))
    joined = Event.objects.filter(idem=idem).first()
    if joined:
        return joined
    mine, theirs = headroom(book.pk, first), headroom(book.pk, second)
    event = LedgerEvent(
        idem=idem,
        kind=Kind.GROUPS_LINKED,
        document=document,
        effective_on=open_day(book.pk, timezone.localdate(at)),
        legs=groups_linked(
            book.pk,
            first=first,
            second=second,
            first_room=mine.room,
            second_room=theirs.room,
            used=theirs.used,
        ),
    )
    posted = post(event, actor=actor, at=at)
    assert posted is not None, "a cap is more than nothing"
    close(refs)
    return posted


def _lock(book: Book, *, groups: tuple[object, object]) -> None:
    """The accounts that decide on the amounts, in id order, as a posting locks them."""
    keys = ["", *map(str, groups)]
    rows = Account.objects.filter(book=book, type__in=(T.LIMIT, T.CAP, T.USED), key__in=keys)
    locked_all(rows)
