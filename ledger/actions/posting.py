"""The poster: the only way money moves.

It inserts postings and nothing else; triggers of the database check the closed list, move the
balances, keep the floors and extend the chains. What is checked here as well is checked for
the sentence a person reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from ledger.actions import refusal
from ledger.actions.book import open_accounts
from ledger.models import Account, Event, Posting
from ledger.rules import chain
from ledger.rules.floors import EARMARK_KINDS, SPLIT
from ledger.rules.legs import AccountRef, Leg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from core.models import Document, Person


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One business event, ready to be posted.

    ``idem`` is the same however often the event is sent: make it with ``uuid5`` from the
    record's id, the transition and its occurrence. ``approver`` is needed, and must be
    another person than the actor, for the kinds in ``TWO_PERSONS``.
    """

    idem: UUID
    kind: str
    document: Document
    effective_on: date
    legs: Sequence[Leg]
    approver: Person | None = None


def post(event: LedgerEvent, *, actor: Person, at: datetime) -> Event:
    """Post every leg of ``event`` in one transaction, or none.

    Missing accounts are opened, all accounts locked in one order, legs of zero left out. The
    same event sent again returns the first result. Raises ``DomainError`` when the key was
    used for something else, when an account would fall below its floor or is closed, when the
    book is settled (or not yet), or when the kind needs a second person.
    """
    legs = [leg for leg in event.legs if leg.amount]
    try:
        with transaction.atomic():
            return _post(event, legs=legs, actor=actor, at=at)
    except IntegrityError:  # the book's phase, or somebody was faster with this key
        refusal.check_phase(event.kind, legs=legs, book_id=_one_book(event.legs))
        with transaction.atomic():
            return _post(event, legs=legs, actor=actor, at=at)


def _post(event: LedgerEvent, *, legs: list[Leg], actor: Person, at: datetime) -> Event:
    book_id = _one_book(event.legs)
    accounts = lock(_needed(event.kind, legs=legs, book_id=book_id))
    payload = _payload(event, legs=legs, accounts=accounts)
    first = Event.objects.filter(idem=event.idem).first()
    if first is not None:
        return _replayed(first, payload=payload)
    refusal.check_people(event.kind, actor=actor, approver=event.approver)
    refusal.check(event.kind, legs=legs, accounts=accounts, book_id=book_id)
    posted = Event.objects.create(
        idem=event.idem,
        book_id=book_id,
        kind=event.kind,
        document=event.document,
        effective_on=event.effective_on,
        at=at,
        recorded_at=_recorded_at(accounts.values()),
        actor=actor,
        approver=event.approver,
        legs=len(legs),
        payload_sha256=payload,
    )
    Posting.objects.bulk_create(
        Posting(
            event=posted,
            leg_no=number,
            debit=accounts[leg.debit],
            credit=accounts[leg.credit],
            amount=leg.amount,
        )
        for number, leg in enumerate(legs, start=1)
    )
    return posted


def lock(refs: Iterable[AccountRef]) -> dict[AccountRef, Account]:
    """The accounts, opened if missing, locked in id order until the transaction ends."""
    wanted = set(refs)
    found = _locked(wanted)
    missing = wanted - found.keys()
    if missing:
        open_accounts(missing)
        found |= _locked(missing)
    return found


def _locked(refs: set[AccountRef]) -> dict[AccountRef, Account]:
    rows = (
        Account.objects.filter(
            book_id__in={ref.book_id for ref in refs},
            type__in={ref.type for ref in refs},
            key__in={ref.key for ref in refs},
        )
        .order_by("id")
        .select_for_update(no_key=True)
    )
    return {AccountRef(row.book_id, row.type, row.key): row for row in rows}


def _needed(kind: str, *, legs: list[Leg], book_id: int) -> set[AccountRef]:
    """The accounts of the legs and, when the earmark moves, those that decide on it."""
    refs = {ref for leg in legs for ref in (leg.debit, leg.credit)}
    if kind in EARMARK_KINDS:
        refs |= {AccountRef(book_id, type_) for type_ in SPLIT}
    return refs


def _one_book(legs: Sequence[Leg]) -> int:
    books = {ref.book_id for leg in legs for ref in (leg.debit, leg.credit)}
    if len(books) != 1:
        raise ValueError(f"an event posts in one book, not in {len(books)}")
    return books.pop()


def _payload(event: LedgerEvent, *, legs: list[Leg], accounts: dict[AccountRef, Account]) -> str:
    return chain.payload(
        event.kind,
        document_sha256=event.document.sha256,
        effective_on=event.effective_on,
        legs=[(accounts[x.debit].code, accounts[x.credit].code, x.amount) for x in legs],
    )


def _replayed(first: Event, *, payload: str) -> Event:
    if first.payload_sha256 != payload:
        raise DomainError(
            _("This was already booked with other amounts. Open the record again and compare.")
        )
    return first


def _recorded_at(accounts: Iterable[Account]) -> datetime:
    """Real time, but never before the last entry of an account: clocks step back."""
    lasts = [account.last_at for account in accounts if account.last_at]
    return max([datetime.now(UTC), *lasts])
