from __future__ import annotations

import pytest

from core.errors import DomainError
from ledger import api
from ledger.models import Account, Event
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, Desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def a_desk(**used: int) -> Desk:
    """Groups with a cap of 1 000 each that have used so much."""
    desk = an_awarded_desk(grant=100_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 50_000, keys=("", stories.CALL))
    for group, cents in used.items():
        stories.open_headroom(desk, cap=1_000, group=group)
        if cents:
            award(desk, group, cents)
    return desk


def award(desk: Desk, group: str, cents: int) -> None:
    legs = api.legs.application_awarded(
        desk.book.pk, call=stories.CALL, application=f"{group}{cents}", group=group, amount=cents
    )
    desk.post(K.APPLICATION_AWARDED, legs)


def join(desk: Desk, first: str, second: str) -> Event:
    return api.join_headroom(
        desk.book, first=first, second=second, document=desk.paper, actor=desk.actor, at=AT
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "room", "above"),
    [(400, 599, 1, 0), (400, 600, 0, 0), (400, 601, 0, 1), (0, 700, 300, 0), (700, 0, 300, 0)],
)
def test_two_groups_that_join_have_one_cap(mine: int, theirs: int, room: int, above: int) -> None:
    desk = a_desk(a=mine, b=theirs)
    event = join(desk, "a", "b")
    assert event.kind == K.GROUPS_LINKED
    found = api.headroom(desk.book.pk, "a")
    assert (found.room, found.used, found.above) == (room, mine + theirs, above)
    assert not Account.objects.filter(key="b", closed=False).exists()
    with pytest.raises(DomainError):
        award(desk, "a", room + 1)
    with pytest.raises(DomainError):
        award(desk, "b", 1)
    assert api.invariants() == []


def test_a_group_joins_once_however_often_it_is_said() -> None:
    desk = a_desk(a=400, b=500)
    first = join(desk, "a", "b")
    award(desk, "a", 100)
    assert join(desk, "a", "b") == first
    assert Event.objects.filter(kind=K.GROUPS_LINKED).count() == 1
    assert api.headroom(desk.book.pk, "a").used == 1_000


def test_a_chain_of_groups_ends_in_the_first() -> None:
    desk = a_desk(a=400, b=500, c=600)
    join(desk, "b", "c")
    join(desk, "a", "b")
    found = api.headroom(desk.book.pk, "a")
    assert (found.room, found.used, found.above) == (0, 1_500, 500)
    assert api.first_opened(desk.book.pk, ["c", "b", "a", "nobody"]) == ["a"]
    assert api.invariants() == []


def test_a_group_without_a_cap_has_nothing() -> None:
    desk = a_desk()
    assert api.headroom(desk.book.pk, "nobody") == api.Headroom(cap=0, room=0, used=0)
