import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.agreement import add_months, periods, plan_holds, prefinancing, retention_until
from ledger.rules.share import sme_pool

GRANTS = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("sme", "holds"), [(104_999_999, False), (105_000_000, True), (105_000_001, True)]
)
def test_plan_holds_from_three_quarters_on(sme: int, holds: bool) -> None:
    """EUR 1,049,999.99 of 1,400,000.00 is 74.99 %."""
    assert plan_holds(sme, grant_cents=140_000_000) is holds


@given(grant=GRANTS)
def test_the_smallest_plan_that_holds_is_the_pool_of_the_ledger(grant: int) -> None:
    pool = sme_pool(grant)
    assert plan_holds(pool, grant_cents=grant)
    assert not plan_holds(pool - 1, grant_cents=grant)


def test_prefinancing_is_rounded_down() -> None:
    assert prefinancing(140_000_001, prefinancing_bp=5000) == 70_000_000


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2022, 9, 1), 30, date(2025, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
    ],
)
def test_months_are_added_by_the_calendar(start: date, months: int, end: date) -> None:
    assert add_months(start, months=months) == end


def test_thirty_months_make_two_periods_of_twelve_and_a_final_one_of_six() -> None:
    found = periods(date(2022, 9, 1), end_date=date(2025, 2, 28), months=12)
    assert [(p.number, p.start_date, p.end_date, p.is_final) for p in found] == [
        (1, date(2022, 9, 1), date(2023, 8, 31), False),
        (2, date(2023, 9, 1), date(2024, 8, 31), False),
        (3, date(2024, 9, 1), date(2025, 2, 28), True),
    ]


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    days=st.integers(1, 2000),
    months=st.integers(1, 40),
)
def test_periods_cover_the_grant_without_gap_and_one_is_final(
    start: date, days: int, months: int
) -> None:
    end = start + timedelta(days=days)
    found = periods(start, end_date=end, months=months)
    assert (found[0].start_date, found[-1].end_date) == (start, end)
    assert all(
        after.start_date == before.end_date + timedelta(days=1)
        for before, after in itertools.pairwise(found)
    )
    assert [p.is_final for p in found] == [False] * (len(found) - 1) + [True]


def test_a_grant_that_ends_before_it_starts_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="periods of"):
        periods(date(2022, 9, 1), end_date=date(2022, 9, 1), months=12)


@pytest.mark.parametrize(
    ("grant", "until"), [(6_000_000, date(2028, 7, 1)), (6_000_001, date(2030, 7, 1))]
)
def test_small_grants_are_kept_three_years_others_five(grant: int, until: date) -> None:
    assert retention_until(date(2025, 7, 1), grant_cents=grant) == until
