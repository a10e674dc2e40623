"""Closing a period of a book, and entering what the bank says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.presentation.formats import day as day_words
from ledger.models import BankBalance, Period
from ledger.queries.periods import first_open_day

if TYPE_CHECKING:
    from datetime import date

    from core.models import Document, Person
    from ledger.models import Book


def close_period(
    book: Book,
    *,
    through: date,
    document: Document,
    actor: Person,
    approver: Person,
    at: datetime,
) -> Period:
    """Close ``book`` through a day that is over; it is never opened again.

    Waits for events that are being written. Raises ``DomainError`` for one person alone, for a
    day that is not over, and for one that is closed already.
    """
    if actor.pk == approver.pk:
        raise DomainError(_("Two different persons close a period."))
    check_closing(book, through=through, at=at)
    try:
        with transaction.atomic():
            return Period.objects.create(
                book=book,
                through=through,
                document=document,
                actor=actor,
                approver=approver,
                at=at,
                recorded_at=datetime.now(UTC),
            )
    except IntegrityError:  # somebody else closed it meanwhile
        _check_open(book, through)
        raise


def check_closing(book: Book, *, through: date, at: datetime) -> None:
    """Refuse (``DomainError``) a day that is not over, and one that is closed already."""
    if through >= timezone.localdate(at):
        raise DomainError(_("A period can be closed once its last day is over."), field="through")
    _check_open(book, through)


def _check_open(book: Book, through: date) -> None:
    first = first_open_day(book.pk)
    if first and through < first:
        raise DomainError(
            _("This book is closed through that day already. Its first open day is %(first)s.")
            % {"first": day_words(first)},
            field="through",
        )


def enter_bank_balance(
    book: Book, *, day: date, cents: int, document: Document, actor: Person, at: datetime
) -> BankBalance:
    """Keep the bank's closing balance of a day that has begun; the last one entered counts.

    It is compared with the cash of the ledger, never adjusted to it.
    """
    if day > timezone.localdate(at):
        raise DomainError(_("The bank has no closing balance of a day to come."), field="day")
    return BankBalance.objects.create(
        book=book, day=day, cents=cents, document=document, actor=actor, at=at
    )
