"""The poster: the only way money moves.

It inserts one event with its legs and nothing else; the database opens accounts, checks the
closed list, moves the balances, keeps the floors and extends the chains. What went against an
event is worked out here afterwards, for the sentence a person reads.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import DomainError
from ledger.actions import refusal
from ledger.models import Account, Book, Event
from ledger.rules import chain
from ledger.rules.chart import code_of
from ledger.rules.kinds import Kind
from ledger.rules.legs import legs_of, mirrored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from core.models import Document, Person
    from ledger.rules.legs import AccountRef, Leg


ATTEMPTS = 20
"""Between a refusal and its explanation somebody else may have made room."""


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One business event, ready to be posted.

    ``idem`` is the same however often the event is sent: make it with ``uuid5`` from the
    record's id, the transition and its occurrence. ``approver`` is needed, and must be
    another person than the actor, for the kinds in ``TWO_PERSONS``. ``reverses`` is set by
    ``reverse`` alone.
    """

    idem: UUID
    kind: str
    document: Document
    effective_on: date
    legs: Sequence[Leg]
    approver: Person | None = None
    reverses: Event | None = None


def post(event: LedgerEvent, *, actor: Person, at: datetime) -> Event | None:
    """Post every leg of ``event``, or none: one insert, and the database does the rest.

    Legs of zero are left out; None when that leaves nothing to post. The same event sent again
    returns the first result. Raises ``DomainError`` when the key was used for something else,
    when an account would fall below its floor or is closed, when the book is settled (or not
    yet), or when the kind needs a second person.
    """
    if not any(leg.amount for leg in event.legs):
        return None
    row = event_row(event, actor=actor, at=at)
    for _attempt in range(ATTEMPTS):
        try:
            return _inserted(row)
        except IntegrityError as error:
            first = Event.objects.filter(idem=event.idem).first()
            if first is not None:
                return _replayed(first, payload=row.payload_sha256)
            refusal.explain(row)  # returns when what was in the way has gone since
            row.recorded_at = max(row.recorded_at, _last_at(row))
            refused = error
    raise refused


def reverse(
    original: Event,
    *,
    idem: UUID,
    document: Document,
    effective_on: date,
    actor: Person,
    approver: Person,
    at: datetime,
) -> Event | None:
    """Take ``original`` back by its mirror, once. A mistake is corrected, never changed.

    Raises ``DomainError`` when it has been taken back before, when its kind can't be
    (``NEVER_REVERSED``), or when what it brought has been used since.
    """
    legs = mirrored(original.book_id, lines=original.lines)
    event = LedgerEvent(idem, Kind.REVERSAL, document, effective_on, legs, approver, original)
    return post(event, actor=actor, at=at)


def event_row(event: LedgerEvent, *, actor: Person, at: datetime) -> Event:
    """The row to insert. Raises ``ValueError`` for legs that no list allows: a bug."""
    legs = [leg for leg in event.legs if leg.amount]
    book = _one_book(event.legs)
    refusal.check_pairs(event.kind, legs=legs, reverses=event.reverses)
    return Event(
        idem=event.idem,
        book=book,
        kind=event.kind,
        document=event.document,
        effective_on=event.effective_on,
        at=at,
        recorded_at=datetime.now(UTC),
        actor=actor,
        approver=event.approver,
        reverses=event.reverses,
        legs=len(legs),
        lines=[leg.line for leg in legs],
        payload_sha256=chain.payload(
            event.kind,
            document_sha256=event.document.sha256,
            effective_on=event.effective_on,
            legs=((_code(book, x.debit), _code(book, x.credit), x.amount) for x in legs),
            reverses=event.reverses.idem if event.reverses else None,
        ),
    )


def _inserted(row: Event) -> Event:
    """One statement; inside a transaction, in a savepoint that a refusal can be read after.

    On SQLite always: there the time is taken once the only writer is this one.
    """
    apart = connection.in_atomic_block or connection.vendor == "sqlite"
    with transaction.atomic() if apart else nullcontext():
        row.recorded_at = _recorded_at(row)
        row.save(force_insert=True)
    return row


def _recorded_at(row: Event) -> datetime:
    return max(row.recorded_at, datetime.now(UTC))


def _replayed(first: Event, *, payload: str) -> Event:
    if first.payload_sha256 != payload:
        raise DomainError(
            _("This was already booked with other amounts. Open the record again and compare.")
        )
    return first


def _last_at(row: Event) -> datetime:
    """Real time of the last entry of the accounts that ``row`` names; a clock may step back."""
    legs = legs_of(row.book_id, lines=row.lines)
    codes = {_code(row.book, ref) for leg in legs for ref in (leg.debit, leg.credit)}
    lasts = Account.objects.filter(code__in=codes).aggregate(last=Max("last_at"))
    return lasts["last"] or row.recorded_at


def _one_book(legs: Sequence[Leg]) -> Book:
    books = {ref.book_id for leg in legs for ref in (leg.debit, leg.credit)}
    if len(books) != 1:
        raise ValueError(f"an event posts in one book, not in {len(books)}")
    return Book.objects.get(pk=books.pop())


def _code(book: Book, ref: AccountRef) -> str:
    return code_of(book.code, ref.type, ref.key)
