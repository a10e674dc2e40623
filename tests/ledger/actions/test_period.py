"""A book is closed through a day by two, and stays closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from core.errors import DomainError
from ledger import api
from ledger.actions import period
from ledger.models import BankBalance, Period, Snapshot
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, DAY, a_desk, a_paper, an_awarded_desk
from tests.ledger.stories import K

if TYPE_CHECKING:
    from tests.factories.ledger import Desk

pytestmark = pytest.mark.django_db
BEFORE = DAY - timedelta(days=1)


def open_a_call(desk: Desk, *, on: date) -> None:
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 100, keys=("", "k"), on=on)


def test_nothing_is_posted_into_a_closed_period_and_the_first_open_day_is_named() -> None:
    desk = an_awarded_desk()
    assert api.first_open_day(desk.book.pk) is None
    desk.close(BEFORE)
    assert api.first_open_day(desk.book.pk) == DAY
    for day in (BEFORE, BEFORE - timedelta(days=400)):
        with pytest.raises(DomainError, match=r"closed period.*first open day is .*2 May 2023"):
            open_a_call(desk, on=day)
    open_a_call(desk, on=DAY)
    assert desk.balance(T.CALL, "k") == 100


def test_an_event_sent_again_after_the_closing_is_answered_as_before() -> None:
    desk = an_awarded_desk()
    event = desk.event(
        K.SME_CALL_OPENED, [api.leg(desk.book.pk, T.POOL, T.CALL, 5, to="k")], on=BEFORE
    )
    first = api.post(event, actor=desk.actor, at=AT)
    desk.close(BEFORE)
    assert api.post(event, actor=desk.actor, at=AT) == first


def test_other_books_stay_open() -> None:
    desk, other = an_awarded_desk(), an_awarded_desk()
    desk.close(BEFORE)
    open_a_call(other, on=BEFORE)


def test_a_late_event_goes_to_the_first_open_day() -> None:
    desk = an_awarded_desk()
    assert api.open_day(desk.book.pk, BEFORE) == BEFORE
    desk.close(BEFORE)
    assert api.open_day(desk.book.pk, BEFORE) == DAY
    assert api.open_day(desk.book.pk, DAY + timedelta(days=3)) == DAY + timedelta(days=3)


def test_one_person_alone_closes_nothing() -> None:
    desk = a_desk()
    desk.approver = desk.actor
    with pytest.raises(DomainError, match="Two different persons"):
        desk.close(BEFORE)


def test_a_day_that_is_not_over_is_not_closed() -> None:
    with pytest.raises(DomainError, match="once its last day is over"):
        a_desk().close(DAY)


def test_a_period_is_closed_once_and_never_backwards() -> None:
    desk = a_desk()
    desk.close(BEFORE)
    for day in (BEFORE, BEFORE - timedelta(days=31)):
        with pytest.raises(DomainError, match=r"first open day is .*2 May 2023"):
            desk.close(day)
    closed = Period.objects.get()
    assert str(closed) == f"{desk.book} through {BEFORE}"


def test_who_comes_second_is_told_which_day_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    desk.close(BEFORE)
    check, asked = period._check_open, []

    def late(book: object, through: object) -> None:
        asked.append(through)
        if len(asked) > 1:
            check(book, through)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(period, "_check_open", late)
    with pytest.raises(DomainError, match="closed through that day already"):
        desk.close(BEFORE)


def test_another_refusal_of_the_database_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    monkeypatch.setattr(
        "ledger.actions.period.timezone.localdate", lambda _at: DAY + timedelta(days=9)
    )
    with pytest.raises(IntegrityError, match="once its last day has come"):
        desk.close(DAY + timedelta(days=5))


def test_a_closing_keeps_what_each_account_held_on_that_day() -> None:
    desk = an_awarded_desk(grant=1_000_000)
    open_a_call(desk, on=BEFORE)
    desk.close(BEFORE)
    held = {row.account.type: (row.balance, row.seq) for row in Snapshot.objects.all()}
    assert held[T.CALL] == (100, 1)
    call = Snapshot.objects.get(account__type=T.CALL)
    assert str(call) == f"{desk.book}/B.CALL[k] through {BEFORE}"
    assert held[T.POOL] == (-100, 2), "the award has a later day; it is not in the period"
    assert held[T.AWARD] == (0, 1)


def test_the_banks_balance_of_a_day_is_kept_and_the_last_one_counts() -> None:
    desk = an_awarded_desk(grant=1_000_000)
    for cents in (999_999, 1_000_000):
        api.enter_bank_balance(
            desk.book, day=DAY, cents=cents, document=a_paper(), actor=desk.actor, at=AT
        )
        (found,) = api.bank_days(desk.book)
        assert (found.booked, found.difference) == (1_000_000, cents - 1_000_000)
        wrong = [v.subject for v in api.invariants() if v.rule == "I15"]
        assert wrong == ([] if found.difference == 0 else [f"{desk.book.code} on {DAY}"])
    assert str(BankBalance.objects.order_by("pk")[1]) == f"{desk.book} on {DAY}"


def test_each_day_counts_the_cash_until_then() -> None:
    desk = an_awarded_desk(grant=1_000_000)
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 7, on=BEFORE)
    for day, cents in ((BEFORE, 7), (DAY, 1_000_007)):
        api.enter_bank_balance(
            desk.book, day=day, cents=cents, document=a_paper(), actor=desk.actor, at=AT
        )
    assert [(x.balance.day, x.booked) for x in api.bank_days(desk.book)] == [
        (DAY, 1_000_007),
        (BEFORE, 7),
    ]
    assert api.invariants(desk.book) == []


def test_the_bank_has_no_balance_of_a_day_to_come() -> None:
    desk = a_desk()
    with pytest.raises(DomainError, match="a day to come"):
        api.enter_bank_balance(
            desk.book,
            day=DAY + timedelta(days=1),
            cents=0,
            document=a_paper(),
            actor=desk.actor,
            at=AT,
        )
