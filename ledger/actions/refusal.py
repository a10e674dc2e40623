"""Refusals of the poster as sentences that say which account, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.presentation.formats import eur
from ledger.models import Book, Settlement
from ledger.models.account import WORDS
from ledger.rules.chart import AccountType
from ledger.rules.floors import EARMARK_KINDS, Refusal, Share, Standing, Why, first_refusal, pair_of
from ledger.rules.kinds import TWO_PERSONS, Phase

if TYPE_CHECKING:
    from core.models import Person
    from ledger.models import Account
    from ledger.rules.legs import AccountRef, Leg


def check_people(kind: str, *, actor: Person, approver: Person | None) -> None:
    """Refuse a payment that one person alone answers for."""
    if kind in TWO_PERSONS and (approver is None or approver.pk == actor.pk):
        raise DomainError(_("Two different persons must approve and record this payment."))


def check(kind: str, *, legs: list[Leg], accounts: dict[AccountRef, Account], book_id: int) -> None:
    """Refuse what a floor, a closed account or the SME share forbids."""
    for leg in legs:
        pair_of(kind, leg=leg)
    standings = {ref: Standing(a.balance, a.closed) for ref, a in accounts.items()}
    refusal = first_refusal(legs, standings=standings, split=_split(kind, book_id=book_id))
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


def _split(kind: str, *, book_id: int) -> Share | None:
    if kind not in EARMARK_KINDS:
        return None
    book = Book.objects.get(pk=book_id)
    return Share(book.share_n, book.share_d)


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
