"""A mistake is taken back by its mirror, once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from core.errors import DomainError
from ledger import api
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, DAY, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

if TYPE_CHECKING:
    from core.models import Person
    from ledger.models import Event
    from tests.factories.ledger import Desk

pytestmark = pytest.mark.django_db


def taken_back(
    desk: Desk, original: Event, *, idem: uuid.UUID | None = None, approver: Person | None = None
) -> Event | None:
    return api.reverse(
        original,
        idem=idem or uuid.uuid4(),
        document=desk.paper,
        effective_on=DAY,
        actor=desk.actor,
        approver=approver or desk.approver,
        at=AT,
    )


def last_of(desk: Desk, kind: str) -> Event:
    return desk.book.events.filter(kind=kind).latest("pk")


def test_the_mirror_brings_every_balance_back() -> None:
    desk = stories.with_voucher(amount=500_000)
    stories.order_advance(desk, amount=100_000)
    stories.claim(desk, claimed=300_000, advance=100_000)
    before = api.balances(desk.book)
    stories.certify(desk, claimed=300_000, accepted=250_000, advance=100_000)
    mirror = taken_back(desk, last_of(desk, K.CLAIM_CERTIFIED))
    assert mirror is not None
    assert api.balances(desk.book) == before
    assert api.invariants(desk.book) == []
    original = last_of(desk, K.CLAIM_CERTIFIED)
    assert mirror.lines == [[c, ck, d, dk, x] for d, dk, c, ck, x in reversed(original.lines)]
    figures = api.share_figures(desk.book)
    assert figures.accepted.sme == figures.paid.sme == 0


def test_once_and_the_same_key_is_the_same_reversal() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 300, keys=("", "k"))
    key = uuid.uuid4()
    first = taken_back(desk, event, idem=key)
    assert taken_back(desk, event, idem=key) == first
    with pytest.raises(DomainError, match="taken back already"):
        taken_back(desk, event)
    assert desk.balance(T.POOL) == 750


def test_what_has_been_used_since_cannot_be_taken_back() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 300, keys=("", "k"))
    desk.move(K.SME_CALL_DONE, (T.CALL, T.POOL), 1, keys=("k", ""))
    with pytest.raises(DomainError, match="Not enough left in the budget of the SME call"):
        taken_back(desk, event)


def test_two_persons_take_it_back() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 300, keys=("", "k"))
    with pytest.raises(DomainError, match="Two different persons"):
        taken_back(desk, event, approver=desk.actor)


def test_a_settlement_a_reversal_and_an_opened_cap_stay() -> None:
    desk = stories.settled(support=500_000, coordination=200_000)
    api.settle(
        desk.book,
        grant_max=10_000_000,
        document=desk.paper,
        actor=desk.actor,
        approver=desk.approver,
        at=AT,
    )
    for kind in (K.SETTLEMENT, K.HEADROOM_OPENED):
        with pytest.raises(DomainError, match="taken back by its mirror"):
            taken_back(desk, last_of(desk, kind))
    other = an_awarded_desk(grant=1_000)
    event = other.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 300, keys=("", "k"))
    mirror = taken_back(other, event)
    assert mirror is not None
    with pytest.raises(DomainError, match="taken back by its mirror"):
        taken_back(other, mirror)


def test_after_the_settlement_what_came_before_it_stays() -> None:
    desk = stories.settled(support=500_000, coordination=200_000)
    event = last_of(desk, K.SME_CALL_OPENED)
    api.settle(
        desk.book,
        grant_max=10_000_000,
        document=desk.paper,
        actor=desk.actor,
        approver=desk.approver,
        at=AT,
    )
    with pytest.raises(DomainError, match="has been settled"):
        taken_back(desk, event)


def test_a_share_that_would_fall_short_is_refused() -> None:
    desk = an_awarded_desk(grant=1_000)
    move = desk.move(K.EARMARK_MOVED, (T.COORD, T.POOL), 100)
    down = api.legs.leg(desk.book.pk, T.POOL, T.APPR, 100)
    desk.post(K.AMENDMENT_DOWN, [down, api.legs.leg(desk.book.pk, T.APPR, T.AWARD, 100)])
    with pytest.raises(DomainError, match="Coordination may hold at most"):
        taken_back(desk, move)


def test_books_do_not_mix() -> None:
    desk = an_awarded_desk(grant=1_000)
    event = last_of(desk, K.PREFINANCING)
    event.book = an_awarded_desk(grant=1_000).book
    with pytest.raises(IntegrityError, match="a reversal is the mirror of its event"):
        taken_back(desk, event)
