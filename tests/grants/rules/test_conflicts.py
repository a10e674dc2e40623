"""Who may not judge what: docs/domain.md, Evaluation (2.11 and the rule on competing proposals)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.conflicts import Engagement, barred, bound_to, is_recent, months_before

TODAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 3, 31), 1, date(2022, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2022, 1, 15), 36, date(2019, 1, 15)),
        (date(2022, 1, 15), 1, date(2021, 12, 15)),
    ],
)
def test_months_before_ends_on_a_day_that_exists(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (None, True),
        (date(2022, 2, 1), True),
        (date(2019, 3, 1), True),
        (date(2019, 2, 28), False),
    ],
)
def test_an_engagement_binds_for_three_years_to_the_day(
    end: date | None,
    expected: bool,
) -> None:
    engagement = Engagement("a", date(2010, 1, 1), end)
    assert is_recent(engagement, on=TODAY, look_back_months=36) is expected


def test_an_engagement_that_begins_tomorrow_does_not_bind_yet() -> None:
    engagement = Engagement("a", TODAY + timedelta(days=1))
    assert not is_recent(engagement, on=TODAY, look_back_months=36)


def test_bound_to_own_organisation_and_to_its_group() -> None:
    work = [Engagement("daughter", date(2020, 1, 1))]
    groups = {"mother": frozenset({"daughter"})}
    assert bound_to(work, ["mother", "other"], on=TODAY, groups=groups) == {"mother"}
    assert bound_to(work, ["daughter"], on=TODAY) == {"daughter"}
    assert bound_to(work, ["mother"], on=TODAY) == frozenset()


def test_a_conflict_bars_the_whole_ranked_list_and_no_other() -> None:
    lists = {"p1": "call", "p2": "call", "p3": "other call"}
    assert barred([("p1", "ada")], lists) == {("p1", "ada"), ("p2", "ada")}
    assert barred([], lists) == frozenset()
    assert barred([("unknown", "ada")], lists) == frozenset()


@given(
    st.sets(st.tuples(st.sampled_from("pqrs"), st.sampled_from("xyz"))),
    st.fixed_dictionaries({p: st.sampled_from("AB") for p in "pqrs"}),
)
def test_every_conflict_is_barred_and_only_within_its_list(
    conflicts: set[tuple[str, str]], lists: dict[str, str]
) -> None:
    out = barred(conflicts, lists)
    assert conflicts <= out
    for proposal, expert in out:
        assert any(e == expert and lists[p] == lists[proposal] for p, e in conflicts)
