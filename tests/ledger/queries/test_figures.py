import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import api
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import a_desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def test_an_empty_book_has_nothing_and_breaks_nothing() -> None:
    figures = api.share_figures(a_desk().book)
    nothing = api.Split(0, 0)
    assert figures == api.ShareFigures(0, nothing, nothing, nothing, nothing, 0, 3, 4)
    assert figures.holds(nothing)


def test_planned_follows_the_earmark_and_outlives_the_settlement() -> None:
    desk = stories.settled(support=300_000, coordination=100_000)
    desk.move(K.EARMARK_MOVED, (T.COORD, T.POOL), 1_000_000)
    planned = api.Split(8_500_000, 1_500_000)
    assert api.share_figures(desk.book).planned == planned
    stories.settle(desk)
    assert api.share_figures(desk.book).planned == planned
    assert planned.total == 10_000_000


def test_committed_is_issued_and_not_merely_reserved() -> None:
    desk = stories.with_voucher(amount=500_000)
    stories.award(desk, amount=200_000, application="second")
    stories.claim(desk, claimed=300_000)
    desk.move(K.COORDINATION_CLAIMED, (T.COORD, T.CCLAIM), 70_000)
    assert api.share_figures(desk.book).committed == api.Split(500_000, 70_000)


def test_what_is_committed_to_a_voucher_is_its_value_less_what_ended_unused() -> None:
    desk = stories.with_voucher(amount=500_000)
    stories.claim(desk, claimed=300_000)
    assert api.committed_by_voucher(desk.book) == {stories.VOUCHER: 500_000}
    stories.certify(desk, claimed=300_000, accepted=250_000)
    desk.move(K.VOUCHER_ENDED, (T.VCH, T.CALL), 200_000, keys=(stories.VOUCHER, stories.CALL))
    assert api.committed_by_voucher(desk.book) == {stories.VOUCHER: 300_000}
    desk.move(K.VOUCHER_ENDED, (T.VCH, T.POOL), 50_000, keys=(stories.VOUCHER, ""))
    assert api.committed_by_voucher(desk.book) == {stories.VOUCHER: 250_000}
    assert api.share_figures(desk.book).committed.sme == 250_000
    assert api.committed_by_voucher(a_desk().book) == {}


def test_paid_is_executed_less_what_came_back() -> None:
    desk = stories.settled(support=500_000, coordination=100_000)
    assert api.share_figures(desk.book).paid == api.Split(500_000, 0)
    desk.move(K.COORDINATION_PAID, (T.PPAY, T.BANK), 100_000, keys=(stories.PARTNER, ""))
    desk.move(K.PAYMENT_RETURNED, (T.BANK, T.SPAY), 500_000, keys=("", stories.SME))
    assert api.share_figures(desk.book).paid == api.Split(0, 100_000)
    stories.pay_sme(desk, amount=500_000)
    stories.claw_back(desk, amount=50_000, settled=False)
    legs = api.legs.recovery_paid(
        desk.book.pk, payee=stories.SME, group=stories.GROUP, amount=20_000
    )
    desk.post(K.RECOVERY_PAID, legs)
    figures = api.share_figures(desk.book)
    assert figures.paid == api.Split(480_000, 100_000)
    assert figures.accepted == api.Split(450_000, 100_000)


def test_the_final_grant_of_today_is_the_formula_on_what_is_accepted() -> None:
    desk = stories.settled(support=300_000, coordination=150_000)
    assert api.final_grant_today(desk.book) == 400_000
    figures = api.share_figures(desk.book)
    assert (figures.grant, figures.final_today) == (10_000_000, 400_000)
    assert not figures.holds(figures.accepted)
    assert figures.holds(figures.planned)


def test_many_books_cost_as_many_statements_as_one() -> None:
    books = [an_awarded_desk(grant=1_000 * n).book for n in (1, 2, 3)]
    with CaptureQueriesContext(connection) as one:
        api.share_figures_of(books[:1])
    with CaptureQueriesContext(connection) as three:
        figures = api.share_figures_of(books)
    assert len(one) == len(three) == 2
    assert [figures[book.pk].grant for book in books] == [1_000, 2_000, 3_000]


def test_the_statement_of_an_account_is_in_order_and_one_query() -> None:
    desk = an_awarded_desk(grant=1_000)
    for amount in (100, 200):
        desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), amount, keys=("", "k"))
    with CaptureQueriesContext(connection) as queries:
        rows = [
            (e.seq, e.posting.event.kind, e.amount, e.balance_after, e.posting.event.actor)
            for e in api.statement(api.AccountRef(desk.book.pk, T.POOL))
        ]
    assert len(queries) == 1
    assert rows == [
        (1, "award", -750, 750, desk.actor),
        (2, "sme_call_opened", 100, 650, desk.actor),
        (3, "sme_call_opened", 200, 450, desk.actor),
    ]


def test_balances_name_every_type_and_keys_are_apart() -> None:
    desk = an_awarded_desk(grant=1_000)
    for key, amount in (("a", 100), ("b", 200)):
        desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), amount, keys=("", key))
    balances = api.balances(desk.book)
    assert set(balances) == {kind.value for kind in T}
    assert balances["B.CALL"] == 300
    assert api.balances_by_key(desk.book, type=T.CALL) == {"a": 100, "b": 200}
    assert api.balance(api.AccountRef(desk.book.pk, T.CALL, "never opened")) == 0
