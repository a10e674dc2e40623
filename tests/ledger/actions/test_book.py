import pytest

from core.errors import DomainError
from ledger import api
from ledger.models import Account
from ledger.rules.chart import SINGLE
from tests.factories.ledger import AT, a_desk, an_awarded_desk
from tests.ledger import stories

pytestmark = pytest.mark.django_db


def test_a_book_opens_with_one_account_of_each_single_type_in_order() -> None:
    book = api.open_book(code="EC-100", share_n=1, share_d=2)
    accounts = Account.objects.filter(book=book).order_by("pk")
    assert sorted(a.type for a in accounts) == sorted(SINGLE)
    assert {(a.balance, a.version, a.closed) for a in accounts} == {(0, 0, False)}
    assert (book.share_n, book.share_d) == (1, 2)
    assert str(book) == "EC-100"
    assert str(accounts[0]) == "EC-100/B.APPR"


def test_a_code_is_used_once() -> None:
    api.open_book(code="EC-100")
    with pytest.raises(DomainError, match="There is a book with the code EC-100"):
        api.open_book(code="EC-100")


def test_headroom_is_opened_once_at_the_first_cap() -> None:
    desk = a_desk()

    for cap in (6_000_000, 6_000_000, 9_000_000):
        api.open_headroom(
            desk.book, group="g", cap=cap, document=desk.paper, actor=desk.actor, at=AT
        )
    assert desk.book.events.count() == 1
    assert desk.balance("L.CAP", "g") == 6_000_000


def test_an_award_above_the_headroom_is_refused_and_at_it_is_not() -> None:
    desk = stories.with_voucher(amount=stories.CAP - 1_000, grant=100_000_000)
    with pytest.raises(DomainError, match="linked enterprises may still receive"):
        stories.award(desk, amount=1_001, application="second")
    stories.award(desk, amount=1_000, application="second")
    assert desk.balance("L.CAP", stories.GROUP) == 0
    stories.award(desk, amount=1_001, application="third", group="another")


def test_a_share_of_one_half_lets_coordination_have_one_half() -> None:
    desk = a_desk(share_n=1, share_d=2)
    legs = api.legs.awarded(desk.book.pk, grant=1_001, planned=0, n=1, d=2)
    desk.post(api.Kind.AWARD, legs)
    assert (desk.balance("B.POOL"), desk.balance("B.COORD")) == (501, 500)
    assert an_awarded_desk(grant=1_001).balance("B.COORD") == 250
