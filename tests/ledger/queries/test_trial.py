"""The trial balance adds up, and what a clearing account holds is listed with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import api
from ledger.rules.chart import AccountType as T
from ledger.rules.clearing import CLEARING, is_due
from tests.counting import statements_of
from tests.factories.ledger import DAY, a_desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def test_both_columns_of_each_set_are_the_same_per_book_and_together() -> None:
    desks = [stories.with_voucher(), stories.settled(support=300_000, coordination=70_000)]
    for books in ([desks[0].book], [desk.book for desk in desks]):
        sets = api.trial_balance(books)
        assert [one.name for one in sets] == ["B", "P", "L"]
        assert all(one.difference == 0 and one.debit for one in sets)
    award = api.trial_balance([desk.book for desk in desks])[0].lines[0]
    assert (award.type, award.debit, award.credit) == (T.AWARD, 20_000_000, 0)


def test_an_empty_book_balances_at_nothing() -> None:
    sets = api.trial_balance([a_desk().book])
    assert [(x.debit, x.credit, list(x.lines)) for x in sets] == [(0, 0, [])] * 3


def test_a_trial_balance_of_an_earlier_day_balances_too() -> None:
    desk = an_awarded_desk()
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 5, on=DAY - timedelta(days=10))
    money = api.trial_balance([desk.book], api.AsOf(effective_on=DAY - timedelta(days=1)))[1]
    assert [(x.type, x.debit, x.credit) for x in money.lines] == [(T.BANK, 5, 0), (T.OWN, 0, 5)]


def test_an_open_balance_names_the_event_that_found_the_account_empty() -> None:
    desk = an_awarded_desk()

    def move(days: int, kind: api.Kind, pair: tuple[T, T], cents: int) -> None:
        keys = ("", "k") if pair[0] is T.POOL else ("k", "")
        desk.move(kind, pair, cents, keys=keys, on=DAY - timedelta(days=days))

    move(50, K.SME_CALL_OPENED, (T.POOL, T.CALL), 10)
    move(40, K.SME_CALL_DONE, (T.CALL, T.POOL), 10)
    move(30, K.SME_CALL_OPENED, (T.POOL, T.CALL), 7)
    move(20, K.SME_CALL_OPENED, (T.POOL, T.CALL), 3)
    (call,) = [x for x in api.open_balances([desk.book]) if x.account.type == T.CALL]
    assert (call.account.balance, call.age(DAY), call.is_unexplained) == (10, 30, False)
    assert call.event.document == desk.paper
    assert call.age(DAY - timedelta(days=99)) == 0


def test_after_the_settlement_what_is_left_is_unexplained() -> None:
    desk = stories.settled(support=500_000, coordination=100_000)
    before = api.open_balances([desk.book])
    assert {T.POOL, T.CALL, T.PPAY} <= {x.account.type for x in before}
    assert not any(x.is_unexplained for x in before)
    stories.settle(desk)
    after = api.open_balances([desk.book])
    assert {x.account.type for x in after} == {T.PPAY, T.EUDUE}
    assert all(x.is_unexplained and x.due is api.Due.PAID for x in after)
    legs = [api.leg(desk.book.pk, T.BANK, T.SPAY, 40, to=stories.SME)]
    desk.post(K.PAYMENT_RETURNED, legs)
    (back,) = [x for x in api.open_balances([desk.book]) if x.account.type == T.SPAY]
    assert (back.due, back.is_unexplained) == (api.Due.SETTLED, True)


def test_every_clearing_account_has_its_time() -> None:
    assert is_due(T.APPR, settled=False)
    assert not is_due(T.VCH, settled=False)
    assert is_due(T.VCH, settled=True)
    assert not is_due(T.INCOME, settled=True)
    assert T.BANK not in CLEARING


def test_open_balances_of_many_books_cost_the_same_statements() -> None:
    one = stories.with_voucher()
    first = statements_of(lambda: api.open_balances([one.book]))
    books = [one.book, stories.with_voucher().book, stories.with_voucher().book]
    assert statements_of(lambda: api.open_balances(books)) == first == 3
