"""Books, papers and people for ledger tests."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from core.models import Document, Person
from ledger import api

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.models import Book, Event, Period

AT = datetime(2023, 5, 2, 9, 30, tzinfo=UTC)
DAY = date(2023, 5, 2)
_numbers = itertools.count(1)


def a_ledger_person() -> Person:
    number = next(_numbers)
    return Person.objects.create_user(f"officer{number}@example.org", full_name=f"Officer {number}")


def a_paper(*, by: Person | None = None) -> Document:
    """A document row for postings to lean on; its bytes are of no interest here."""
    content = f"paper {next(_numbers)}".encode()
    return Document.objects.create(
        kind="evidence",
        name="paper.txt",
        media_type="text/plain",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        file="documents/paper",
        created_at=AT,
        created_by=by or a_ledger_person(),
    )


def a_book(*, share_n: int = 3, share_d: int = 4) -> Book:
    return api.open_book(code=f"EC-{next(_numbers)}", share_n=share_n, share_d=share_d)


class Desk:
    """Posts on one book as one officer, with a second one who approves."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.actor = a_ledger_person()
        self.approver = a_ledger_person()
        self.paper = a_paper(by=self.actor)

    def event(
        self,
        kind: api.Kind,
        legs: Sequence[api.Leg],
        *,
        idem: uuid.UUID | None = None,
        on: date = DAY,
    ) -> api.LedgerEvent:
        return api.LedgerEvent(
            idem=idem or uuid.uuid4(),
            kind=kind,
            document=self.paper,
            effective_on=on,
            legs=legs,
            approver=self.approver,
        )

    def post(
        self,
        kind: api.Kind,
        legs: Sequence[api.Leg],
        *,
        idem: uuid.UUID | None = None,
        on: date = DAY,
    ) -> Event:
        posted = api.post(self.event(kind, legs, idem=idem, on=on), actor=self.actor, at=AT)
        assert posted is not None, "nothing to post"
        return posted

    def move(
        self,
        kind: api.Kind,
        pair: tuple[str, str],
        amount: int,
        *,
        keys: tuple[str, str] = ("", ""),
        on: date = DAY,
    ) -> Event:
        """One leg from ``pair[0]`` to ``pair[1]``."""
        debit, credit = (
            api.AccountRef(self.book.pk, kind_, key) for kind_, key in zip(pair, keys, strict=True)
        )
        return self.post(kind, [api.Leg(debit, credit, amount)], on=on)

    def close(self, through: date, *, at: datetime = AT) -> Period:
        """Close the book through a day, by both, on the desk's paper."""
        return api.close_period(
            self.book,
            through=through,
            document=self.paper,
            actor=self.actor,
            approver=self.approver,
            at=at,
        )

    def balance(self, kind: str, key: str = "") -> int:
        return api.balance(api.AccountRef(self.book.pk, kind, key))


def a_desk(*, share_n: int = 3, share_d: int = 4) -> Desk:
    return Desk(a_book(share_n=share_n, share_d=share_d))


def an_awarded_desk(*, grant: int = 1_000_000, planned: int = 0) -> Desk:
    """A book whose grant is awarded and split 3 : 1, with prefinancing of all of it."""
    desk = a_desk()
    book = desk.book
    legs = api.legs.awarded(book.pk, grant=grant, planned=planned, n=book.share_n, d=book.share_d)
    desk.post(api.Kind.AWARD, legs)
    desk.move(api.Kind.PREFINANCING, ("P.BANK", "P.PREFIN"), grant)
    return desk
