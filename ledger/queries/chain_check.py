"""Recomputes every hash from the postings, account by account, and names the first bad link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.models import Account, Entry, Posting
from ledger.rules import chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from ledger.models import Book, Event

_BATCH = 2000


def broken_links(book: Book | None) -> Iterator[str]:
    """One line per account whose chain does not hold, and per event whose payload differs."""
    heads: dict[int, bytes] = {}
    bad: set[int] = set()
    for entry in _entries(book).iterator(chunk_size=_BATCH):
        account = entry.account
        head = heads.get(account.pk) or _genesis(account)
        heads[account.pk] = chain.link(
            head,
            chain.event_digest(_signed(entry.posting.event)),
            entry.posting.leg_no,
            entry.seq,
            entry.amount,
            entry.balance_after,
        )
        if account.pk not in bad and heads[account.pk] != bytes(entry.hash):
            bad.add(account.pk)
            yield f"{account.code} entry {entry.seq}: its hash is not of what it says"
    for account in _accounts(book).iterator(chunk_size=_BATCH):
        head = heads.get(account.pk) or _genesis(account)
        if account.pk not in bad and head != bytes(account.head):
            yield f"{account.code}: its head is not the hash of its last entry"
    yield from _payloads(book)


def _accounts(book: Book | None) -> QuerySet[Account]:
    rows = Account.objects.select_related("book").order_by("pk")
    return rows.filter(book=book) if book else rows


def _entries(book: Book | None) -> QuerySet[Entry]:
    rows = Entry.objects.select_related("account__book", "posting__event__document").order_by(
        "account_id", "seq"
    )
    return rows.filter(account__book=book) if book else rows


def _genesis(account: Account) -> bytes:
    return chain.genesis(
        account.code,
        account.type,
        normal=account.normal,
        floor=account.min_balance,
        book_code=account.book.code,
    )


def _signed(event: Event) -> chain.Signed:
    return chain.Signed(
        idem=event.idem,
        kind=event.kind,
        document_sha256=event.document.sha256,
        effective_on=event.effective_on,
        at_us=chain.microseconds(event.at),
        recorded_us=chain.microseconds(event.recorded_at),
        actor=event.actor_id,
        approver=event.approver_id,
        payload_sha256=event.payload_sha256,
    )


def _payloads(book: Book | None) -> Iterator[str]:
    rows = Posting.objects.select_related(
        "event__document", "event__reverses", "debit", "credit"
    ).order_by("event_id", "leg_no")
    rows = rows.filter(event__book=book) if book else rows
    legs: list[Posting] = []
    for posting in rows.iterator(chunk_size=_BATCH):
        if legs and legs[0].event_id != posting.event_id:
            yield from _payload(legs)
            legs = []
        legs.append(posting)
    if legs:
        yield from _payload(legs)


def _payload(legs: list[Posting]) -> Iterator[str]:
    event = legs[0].event
    said = chain.payload(
        event.kind,
        document_sha256=event.document.sha256,
        effective_on=event.effective_on,
        legs=[(leg.debit.code, leg.credit.code, leg.amount) for leg in legs],
        reverses=event.reverses.idem if event.reverses else None,
    )
    if said != event.payload_sha256 or len(legs) != event.legs:
        yield f"event {event.idem}: its legs are not those that were sent"
