"""Refusals of the poster as sentences that say which account, and what is left."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.presentation.formats import day as day_words
from core.presentation.formats import eur
from ledger.models import Account, Event, Settlement
from ledger.models.account import WORDS
from ledger.queries.periods import first_open_day
from ledger.rules.chart import AccountType
from ledger.rules.floors import EARMARK_KINDS, Refusal, Share, Standing, Why, first_refusal, pair_of
from ledger.rules.kinds import NEVER_REVERSED, TWO_PERSONS, Phase
from ledger.rules.legs import AccountRef, legs_of

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person
    from ledger.models import Book
    from ledger.rules.legs import Leg


def check_people(kind: str, *, actor: Person, approver: Person | None) -> None:
    """Refuse what one person alone would answer for, and who approves what they record."""
    if kind in TWO_PERSONS if approver is None else approver.pk == actor.pk:
        raise DomainError(_("Two different persons must approve and record this."))


def check_pairs(kind: str, *, legs: list[Leg], reverses: Event | None) -> None:
    """Raise ``ValueError`` for legs outside the closed list: a bug, never a person's mistake."""
    if reverses is None:
        for leg in legs:
            pair_of(kind, leg=leg)


def explain(row: Event) -> None:
    """Say as a sentence what the database refused; return when there is nothing to say."""
    legs = legs_of(row.book_id, lines=row.lines)
    check_people(row.kind, actor=row.actor, approver=row.approver)
    _check_period(row.book_id, day=row.effective_on)
    if row.reverses:
        _check_reversal(row.reverses)
    else:
        check_phase(row.kind, legs=legs, book_id=row.book_id)
    refusal = first_refusal(legs, standings=_standings(row.book), split=_split(row))
    if refusal:
        raise DomainError(_sentence(refusal))


def check_phase(kind: str, *, legs: list[Leg], book_id: int) -> None:
    """Refuse what may only happen before the final settlement, or only after it."""
    phases = {pair_of(kind, leg=leg).phase for leg in legs}
    settled = Settlement.objects.filter(book_id=book_id).exists()
    if settled and Phase.OPEN in phases:
        raise DomainError(_("This grant has been settled; nothing more can be booked for this."))
    if not settled and Phase.SETTLED in phases:
        raise DomainError(_("This grant has not been settled yet."))


def _check_reversal(original: Event) -> None:
    if original.kind in NEVER_REVERSED:
        raise DomainError(_("This can’t be taken back by its mirror; book what follows from it."))
    if Event.objects.filter(reverses=original).exists():
        raise DomainError(_("This has been taken back already."))
    legs = legs_of(original.book_id, lines=original.lines)
    check_phase(original.kind, legs=legs, book_id=original.book_id)


def _standings(book: Book) -> defaultdict[AccountRef, Standing]:
    """Every account of the book as it stands; one that is missing is empty."""
    rows = Account.objects.filter(book=book).values_list("type", "key", "balance", "closed")
    return defaultdict(
        lambda: Standing(0),
        {
            AccountRef(book.pk, type_, key): Standing(balance, closed)
            for type_, key, balance, closed in rows
        },
    )


def _split(row: Event) -> Share | None:
    kind = row.reverses.kind if row.reverses else row.kind
    return Share(row.book.share_n, row.book.share_d) if kind in EARMARK_KINDS else None


def _check_period(book_id: int, *, day: date) -> None:
    """Refuse a day of which nothing more can be booked."""
    first = first_open_day(book_id)
    if first and day < first:
        raise DomainError(
            _(
                "%(day)s lies in a closed period of this book. "
                "The first open day is %(first)s: book it on that day or later."
            )
            % {"day": day_words(day), "first": day_words(first)}
        )


def _sentence(refusal: Refusal) -> str:
    if refusal.why is Why.EARMARK:
        return _(
            "Coordination may hold at most %(most)s of this grant, because the rest is kept "
            "for SMEs; this would make it %(asked)s."
        ) % {"most": eur(refusal.left), "asked": eur(refusal.asked)}
    words = WORDS[AccountType(refusal.account.type)]
    if refusal.why is Why.CLOSED:
        return _("The %(account)s is closed.") % {"account": words}
    return _("Not enough left in the %(account)s: it holds %(left)s, and this needs %(asked)s.") % {
        "account": words,
        "left": eur(refusal.left),
        "asked": eur(refusal.asked),
    }
