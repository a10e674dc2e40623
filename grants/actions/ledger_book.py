"""The coordinator's finance people keep the book: the bank's balances, closed periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import documents
from core.errors import NotAllowed, Refused
from core.locks import locked
from grants.actions import papers
from grants.models import Grant, PeriodClosing
from grants.permissions import keeps_book
from ledger import api as ledger
from parties.rules.days import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person
    from ledger.models import BankBalance, Book


def _book_of(grant: Grant, *, actor: Person, at: datetime) -> Book:
    if grant.book is None or not keeps_book(actor, grant, on=day_of(at)):
        raise NotAllowed(f"{actor} does not keep the book of {grant}")
    return grant.book


def _the_grant(grant_id: UUID) -> Grant:
    found = Grant.objects.select_related("book").filter(pk=grant_id).first()
    if found is None:
        raise NotAllowed(f"there is no grant {grant_id}")
    return found


@transaction.atomic
def enter_bank_balance(
    *,
    grant_id: UUID,
    day: date,
    cents: int,
    statement: documents.Upload,
    actor: Person,
    at: datetime,
) -> BankBalance:
    """Keep the closing balance of a day with the statement that says so.

    A difference from the ledger is shown, never booked away. A day entered again counts anew.
    """
    book = _book_of(_the_grant(grant_id), actor=actor, at=at)
    paper = documents.store_upload(statement, kind="bank_statement", actor=actor, at=at)
    return ledger.enter_bank_balance(book, day=day, cents=cents, document=paper, actor=actor, at=at)


@transaction.atomic
def ask_to_close(*, grant_id: UUID, through: date, actor: Person, at: datetime) -> PeriodClosing:
    """Ask to close the book through a day that is over; somebody else confirms it."""
    grant = _the_grant(grant_id)
    book = _book_of(grant, actor=actor, at=at)
    if waiting(grant) is not None:
        raise Refused(_("A closing waits already. Confirm it, or take it back first."))
    ledger.check_closing(book, through=through, at=at)
    paper = papers.keep(
        "period_closing",
        kind="period_closing",
        name=f"closing-{grant.number}-{through}.txt",
        actor=actor,
        at=at,
        grant=grant,
        through=through,
        sets=ledger.trial_balance([book], ledger.AsOf(effective_on=through)),
    )
    return PeriodClosing.objects.create(
        grant=grant, through=through, document=paper, asked_by=actor, asked_at=at
    )


def waiting(grant: Grant) -> PeriodClosing | None:
    """The closing that waits for a second person."""
    rows = grant.closings.filter(withdrawn_at__isnull=True, confirmed_at__isnull=True)
    return rows.select_related("asked_by", "document").first()


def _waiting(closing_id: UUID, *, actor: Person, at: datetime) -> tuple[PeriodClosing, Book]:
    """The closing, locked alone: who posts must never wait for what this holds."""
    closing = locked(PeriodClosing, closing_id)
    book = _book_of(_the_grant(closing.grant_id), actor=actor, at=at)
    if closing.withdrawn_at or closing.confirmed_at:
        raise Refused(_("This closing has been decided already."))
    return closing, book


@transaction.atomic
def take_back(*, closing_id: UUID, actor: Person, at: datetime) -> PeriodClosing:
    """Take a closing back before it is confirmed; it stays on record."""
    closing, _book = _waiting(closing_id, actor=actor, at=at)
    closing.withdrawn_at = at
    closing.save(update_fields=["withdrawn_at"])
    return closing


@transaction.atomic
def confirm(*, closing_id: UUID, actor: Person, at: datetime) -> PeriodClosing:
    """Close the book for good, as the second person."""
    closing, book = _waiting(closing_id, actor=actor, at=at)
    if closing.asked_by_id == actor.pk:
        raise Refused(_("You have asked for it. Somebody else who keeps this book confirms it."))
    ledger.close_period(
        book,
        through=closing.through,
        document=closing.document,
        actor=actor,
        approver=closing.asked_by,
        at=at,
    )
    closing.confirmed_by, closing.confirmed_at = actor, at
    closing.save(update_fields=["confirmed_by", "confirmed_at"])
    return closing
