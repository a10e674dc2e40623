"""Balances as they were agree with a plain recount, late entries and closed periods included."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import api
from ledger.models import Entry, Period
from ledger.rules.chart import AccountType as T
from tests.counting import statements_of
from tests.factories.ledger import DAY, Desk, an_awarded_desk
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable

Pair = tuple[api.Kind, T, T, tuple[str, str]]
Step = tuple[Pair | None, int, int, int]

pytestmark = pytest.mark.django_db
FIRST = DAY - timedelta(days=60)
PAIRS: list[Pair] = [
    (K.SME_CALL_OPENED, T.POOL, T.CALL, ("", "k1")),
    (K.SME_CALL_OPENED, T.POOL, T.CALL, ("", "k2")),
    (K.SME_CALL_DONE, T.CALL, T.POOL, ("k1", "")),
    (K.OWN_MONEY_IN, T.BANK, T.OWN, ("", "")),
    (K.PREFINANCING, T.BANK, T.PREFIN, ("", "")),
]
steps = st.lists(
    st.tuples(
        st.sampled_from([*PAIRS, None]), st.integers(0, 59), st.integers(1, 900), st.integers(0, 1)
    ),
    min_size=3,
    max_size=25,
)


def recount(counts: Callable[[Entry], bool]) -> dict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for entry in Entry.objects.select_related("account", "posting__event"):
        if counts(entry):
            found[entry.account_id] += entry.account.normal * entry.amount
    return {pk: cents for pk, cents in found.items() if cents}


def held(desks: list[Desk], when: api.AsOf) -> dict[int, int]:
    rows = api.balances_as_of([desk.book for desk in desks], when)
    assert len({row.account_id for row in rows}) == len(rows)
    return {row.account_id: row.cents for row in rows if row.cents}


def live(desks: list[Desk], plan: list[Step]) -> list[datetime]:
    """Post the plan where it is allowed, close where it says so; the instants between."""
    instants = []
    for pair, day, cents, which in plan:
        desk, on = desks[which], FIRST + timedelta(days=day)
        first = api.first_open_day(desk.book.pk)
        if pair is None:
            if first is None or on >= first:
                desk.close(on)
            continue
        kind, debit, credit, keys = pair
        if kind == K.SME_CALL_DONE and desk.balance(T.CALL, "k1") < cents:
            continue
        event = desk.move(
            kind, (debit, credit), cents, keys=keys, on=api.open_day(desk.book.pk, on)
        )
        event.refresh_from_db()
        instants.append(event.recorded_at)
    return instants


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=steps)
def test_as_of_is_what_a_recount_finds(plan: list[Step]) -> None:
    with transaction.atomic():
        desks = [an_awarded_desk(), an_awarded_desk()]
        instants = live(desks, plan)
        for day in {FIRST + timedelta(days=x) for x in (0, 7, 15, 30, 45, 59, 60)} | set(
            Period.objects.values_list("through", flat=True)
        ):
            by_day = recount(lambda x, on=day: x.posting.event.effective_on <= on)  # type: ignore[misc]  # a day of its own
            assert held(desks, api.AsOf(effective_on=day)) == by_day
        for at in instants[::4]:
            known = recount(lambda x, at=at: x.recorded_at <= at)  # type: ignore[misc]  # an instant of its own
            assert held(desks, api.AsOf(recorded_at=at)) == known
        assert held(desks, api.AsOf()) == recount(lambda _: True)
        assert api.invariants() == []
        transaction.set_rollback(True)


def test_a_late_entry_counts_from_its_own_day_and_was_not_known_before() -> None:
    desk = an_awarded_desk()
    before = Entry.objects.order_by("-recorded_at")[0].recorded_at
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 5, on=DAY - timedelta(days=10))

    def own(when: api.AsOf) -> list[int]:
        return [x.cents for x in api.balances_as_of([desk.book], when) if x.type == T.OWN]

    assert own(api.AsOf(effective_on=DAY - timedelta(days=11))) == []
    assert own(api.AsOf(effective_on=DAY - timedelta(days=10))) == [5]
    assert own(api.AsOf(recorded_at=before)) == []
    assert own(api.AsOf()) == [5]


def test_the_entries_that_count_add_up_to_the_balance() -> None:
    desk = an_awarded_desk()
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 5, on=DAY - timedelta(days=10))
    late = Entry.objects.order_by("recorded_at")[0].recorded_at
    for when in (
        api.AsOf(),
        api.AsOf(effective_on=DAY - timedelta(days=1)),
        api.AsOf(recorded_at=late),
    ):
        cash = when.entries(Entry.objects.filter(account__type=T.BANK))
        rows = [x.cents for x in api.balances_as_of([desk.book], when) if x.type == T.BANK]
        assert sum(entry.amount for entry in cash) == sum(rows)


def test_a_day_and_an_instant_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="not both"):
        api.AsOf(recorded_at=datetime.now().astimezone(), effective_on=date(2023, 1, 1))


def test_the_number_of_books_and_periods_costs_no_more_statements() -> None:
    one = an_awarded_desk()
    one.close(DAY - timedelta(days=40))
    when = api.AsOf(effective_on=DAY)
    assert statements_of(lambda: api.balances_as_of([one.book], when)) == 4
    others = [an_awarded_desk() for _ in range(3)]
    others[0].close(DAY - timedelta(days=20))
    books = [one.book, *(desk.book for desk in others)]
    assert statements_of(lambda: api.balances_as_of(books, when)) == 4
    assert statements_of(lambda: api.balances_as_of(books)) == 1
