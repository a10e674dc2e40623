"""The final settlement of a grant from the ledger's own figures."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.locks import locked_all
from core.presentation.formats import eur
from ledger.actions.headroom import NAMESPACE
from ledger.actions.posting import LedgerEvent, post
from ledger.actions.refusal import check_people
from ledger.models import Account, Settlement
from ledger.models.account import WORDS
from ledger.queries.partner import borne_by_partner, carried_by_partner
from ledger.rules import share
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import Kind
from ledger.rules.settling import UNFINISHED, Position, settlement_legs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.models import Document, Person
    from ledger.models import Book


@transaction.atomic
def settle(
    book: Book,
    *,
    grant_max: int,
    document: Document,
    actor: Person,
    approver: Person,
    at: datetime,
    partners: Mapping[str, int] | None = None,
) -> Settlement:
    """Settle at min(G, S + min(C, ⌊S/3⌋)), cents, for the share 3/4; G is ``grant_max``.

    S and C are the book's accepted SME support and coordination. ``partners`` is accepted
    coordination by partner; by default the ledger's own record of it. The same figures with
    the same document return the settlement that exists; other figures make the next one.
    Raises ``DomainError`` while anything is open, when G is above the award, when actor and
    approver are one person, or when ``partners`` does not add up.
    """
    check_people(Kind.SETTLEMENT, actor=actor, approver=approver)
    accounts = locked_all(Account.objects.filter(book=book))
    held = _held(accounts)
    last = Settlement.objects.filter(book=book).order_by("-n").first()
    if last and _basis(last) == (grant_max, held[T.SACC], held[T.CACC], document.pk):
        return last
    _check(held, grant_max=grant_max)
    row = _row(book, accounts=accounts, grant_max=grant_max)
    row.n = last.n + 1 if last else 1
    row.document, row.actor, row.approver, row.at = document, actor, approver, at
    row.save(force_insert=True)
    position = _position(book, accounts=accounts, held=held, partners=partners)
    post(_event(row, position=position), actor=actor, at=at)
    return row


def _row(book: Book, *, accounts: list[Account], grant_max: int) -> Settlement:
    """The figures of a settlement; who, when and why are still to come."""
    single = {T(account.type): account for account in accounts if not account.key}
    support, coordination = single[T.SACC], single[T.CACC]
    settled = share.settle(
        grant_max,
        support=support.balance,
        coordination=coordination.balance,
        n=book.share_n,
        d=book.share_d,
    )
    return Settlement(
        book=book,
        share_n=book.share_n,
        share_d=book.share_d,
        grant_max=grant_max,
        s_accepted=support.balance,
        c_accepted=coordination.balance,
        payable=settled.payable,
        sme_part=settled.sme_part,
        coord_part=settled.coord_part,
        s_seq=support.version,
        c_seq=coordination.version,
        recorded_at=datetime.now(UTC),
    )


def _event(row: Settlement, *, position: Position) -> LedgerEvent:
    settled = share.Settled(row.payable, row.sme_part, row.coord_part)
    return LedgerEvent(
        idem=uuid.uuid5(NAMESPACE, f"{row.book.code}/settlement/{row.n}"),
        kind=Kind.SETTLEMENT,
        document=row.document,
        effective_on=timezone.localdate(row.at),
        legs=settlement_legs(row.book_id, position=position, settled=settled),
        approver=row.approver,
    )


def _held(accounts: list[Account]) -> dict[T, int]:
    held = dict.fromkeys(T, 0)
    for account in accounts:
        held[T(account.type)] += account.balance
    return held


def _basis(row: Settlement) -> tuple[object, ...]:
    return (row.grant_max, row.s_accepted, row.c_accepted, row.document_id)


def _check(held: dict[T, int], *, grant_max: int) -> None:
    for kind in UNFINISHED:
        if held[kind]:
            raise DomainError(
                _("This grant can’t be settled yet: %(account)s still holds %(left)s.")
                % {"account": WORDS[kind], "left": eur(held[kind])}
            )
    if grant_max > held[T.AWARD]:
        raise DomainError(
            _("The final grant can’t be above the %(award)s that was awarded.")
            % {"award": eur(held[T.AWARD])}
        )


def _position(
    book: Book,
    *,
    accounts: list[Account],
    held: dict[T, int],
    partners: Mapping[str, int] | None,
) -> Position:
    borne = borne_by_partner(book)
    carried = carried_by_partner(book)
    if partners is not None:
        carried = {name: cents - borne.get(name, 0) for name, cents in partners.items()}
    if sum(carried.values()) != held[T.CEXP]:
        raise DomainError(
            _("The accepted costs of the partners add up to %(sum)s, but %(carried)s is booked.")
            % {"sum": eur(sum(carried.values())), "carried": eur(held[T.CEXP])}
        )
    calls = {a.key: a.balance for a in accounts if a.type == T.CALL}
    return Position(held=held, calls=calls, carried=carried, borne=borne)
