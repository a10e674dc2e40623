from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.selection import (
    Candidate,
    Limits,
    Order,
    Outcome,
    Verdict,
    Why,
    in_line,
    mean_or_third,
    select,
)

START = datetime(2024, 3, 1, 9, tzinfo=UTC)
EURO = 100


def a_candidate(key: str, total: str = "20", *, minute: int = 0, **more: object) -> Candidate:
    values: dict[str, object] = {
        "amount_cents": 5_000 * EURO,
        "country": "IT",
        "group": key,
        "submitted_at": START + timedelta(minutes=minute),
    }
    return Candidate(key=key, total=Decimal(total), **(values | more))  # type: ignore[arg-type]  # named by the caller


def limits(budget: int = 100_000, **more: object) -> Limits:
    values: dict[str, object] = {"cap_cents": 60_000 * EURO, "score_min": Decimal(10)}
    return Limits(budget_cents=budget * EURO, **(values | more))  # type: ignore[arg-type]  # named by the caller


def verdicts(outcomes: list[Outcome]) -> dict[str, tuple[Verdict, Why]]:
    return {one.key: (one.verdict, one.why) for one in outcomes}


@pytest.mark.parametrize(
    ("totals", "agreed"),
    [
        ([], None),
        (["20"], None),
        (["20", "25"], "22.5"),
        (["20", "25.01"], None),
        (["30", "10", "28"], "29"),
        (["10", "12", "30"], "11"),
        (["10", "20", "30"], "20"),
        (["20", "20", "40"], "20"),
    ],
)
def test_two_evaluators_agree_or_a_third_decides(totals: list[str], agreed: str | None) -> None:
    found = mean_or_third([Decimal(total) for total in totals], delta=Decimal(5))
    assert found == (None if agreed is None else Decimal(agreed))


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_a_third_mark_leaves_the_total_between_lowest_and_highest(marks: list[int]) -> None:
    totals = [Decimal(mark) for mark in marks]
    agreed = mean_or_third(totals, delta=Decimal(0))
    assert agreed is not None
    assert min(totals) <= agreed <= max(totals)


def test_ranked_by_total_then_the_tie_break_list_then_submission() -> None:
    impact_first = [
        a_candidate("P1", "13.5", ties=(Decimal(5), Decimal("4.5")), minute=3),
        a_candidate("P2", "13.5", ties=(Decimal(5), Decimal(4)), minute=2),
        a_candidate("P3", "13.5", ties=(Decimal("4.5"), Decimal(5)), minute=1),
        a_candidate("P4", "14", minute=9),
        a_candidate("P5", "13.5", ties=(Decimal("4.5"), Decimal(5)), minute=0),
    ]
    line = in_line(impact_first, order=Order.RANKED)
    assert [one.key for one in line] == ["P4", "P1", "P2", "P5", "P3"]


def test_first_come_is_ordered_by_submission_whatever_the_marks() -> None:
    line = in_line(
        [a_candidate("late", "30", minute=2), a_candidate("early", "11", minute=1)],
        order=Order.FIRST_COME,
    )
    assert [one.key for one in line] == ["early", "late"]


def test_below_the_threshold_is_rejected_and_takes_no_money() -> None:
    outcomes = select(
        [a_candidate("low", "9.99"), a_candidate("edge", "10", minute=1)],
        order=Order.FIRST_COME,
        limits=limits(5_000),
    )
    assert verdicts(outcomes) == {
        "low": (Verdict.REJECT, Why.BELOW_THRESHOLD),
        "edge": (Verdict.AWARD, Why.IN_BUDGET),
    }


def test_a_criterion_below_its_own_threshold_is_rejected() -> None:
    outcomes = select(
        [a_candidate("one", "29", passes_criteria=False)], order=Order.RANKED, limits=limits()
    )
    assert outcomes == [Outcome("one", 1, Verdict.REJECT, Why.BELOW_THRESHOLD)]


def test_who_is_barred_gets_nothing_whatever_the_marks() -> None:
    outcomes = select(
        [a_candidate("first", "30", barred=Why.DEBT), a_candidate("second", "20")],
        order=Order.RANKED,
        limits=limits(5_000),
    )
    assert verdicts(outcomes) == {
        "first": (Verdict.REJECT, Why.DEBT),
        "second": (Verdict.AWARD, Why.IN_BUDGET),
    }


def test_nobody_overtakes_once_the_money_is_short() -> None:
    outcomes = select(
        [
            a_candidate("first", minute=1),
            a_candidate("big", minute=2, amount_cents=10_000 * EURO),
            a_candidate("small", minute=3, amount_cents=EURO),
        ],
        order=Order.FIRST_COME,
        limits=limits(14_999),
    )
    assert verdicts(outcomes) == {
        "first": (Verdict.AWARD, Why.IN_BUDGET),
        "big": (Verdict.WAIT, Why.BUDGET),
        "small": (Verdict.WAIT, Why.BUDGET),
    }


def test_country_maximum_lets_the_next_in_rank_pass() -> None:
    outcomes = select(
        [
            a_candidate("it1", "30"),
            a_candidate("it2", "29"),
            a_candidate("gr1", "28", country="GR"),
        ],
        order=Order.RANKED,
        limits=limits(country_max={"IT": 1}),
    )
    assert [(one.key, one.verdict) for one in outcomes] == [
        ("it1", Verdict.AWARD),
        ("it2", Verdict.WAIT),
        ("gr1", Verdict.AWARD),
    ]


def test_places_taken_before_count() -> None:
    outcomes = select(
        [a_candidate("it1")],
        order=Order.RANKED,
        limits=limits(country_max={"IT": 2}, awards_by_country={"IT": 2}),
    )
    assert outcomes[0].why is Why.COUNTRY


def test_cap_of_a_group_counts_what_this_selection_awards() -> None:
    outcomes = select(
        [
            a_candidate("one", "30", group="g", amount_cents=20_000 * EURO),
            a_candidate("two", "29", group="g", amount_cents=1),
        ],
        order=Order.RANKED,
        limits=limits(used_by_group={"g": 40_000 * EURO}),
    )
    assert verdicts(outcomes) == {
        "one": (Verdict.AWARD, Why.IN_BUDGET),
        "two": (Verdict.REJECT, Why.CAP),
    }


def test_services_per_sme_count_and_exempt_ones_do_not() -> None:
    outcomes = select(
        [
            a_candidate("a", "30", group="g"),
            a_candidate("b", "29", group="g"),
            a_candidate("training", "28", group="g", counts_as_service=False),
        ],
        order=Order.RANKED,
        limits=limits(service_max=2, services_by_group={"g": 1}),
    )
    assert verdicts(outcomes) == {
        "a": (Verdict.AWARD, Why.IN_BUDGET),
        "b": (Verdict.REJECT, Why.SERVICES),
        "training": (Verdict.AWARD, Why.IN_BUDGET),
    }


candidates = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 20_000), st.sampled_from("AB"), st.integers(0, 9)),
    max_size=12,
).map(
    lambda rows: [
        a_candidate(f"c{index}", str(total), amount_cents=euro * EURO, group=group, minute=minute)
        for index, (total, euro, group, minute) in enumerate(rows)
    ]
)


@given(candidates, st.integers(0, 100_000), st.sampled_from(Order))
def test_awards_never_exceed_budget_or_cap(
    line: list[Candidate], budget: int, order: Order
) -> None:
    by_key = {one.key: one for one in line}
    won = [
        by_key[one.key]
        for one in select(line, order=order, limits=limits(budget))
        if one.verdict is Verdict.AWARD
    ]
    assert sum(one.amount_cents for one in won) <= budget * EURO
    for group in "AB":
        assert sum(one.amount_cents for one in won if one.group == group) <= 60_000 * EURO


@given(candidates, st.sampled_from(Order), st.randoms())
def test_the_order_of_input_changes_nothing(
    line: list[Candidate], order: Order, random: object
) -> None:
    mixed = list(line)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert select(line, order=order, limits=limits(30_000)) == select(
        mixed, order=order, limits=limits(30_000)
    )


@given(candidates, st.integers(0, 100_000))
def test_no_award_follows_a_candidate_who_waits_for_money(
    line: list[Candidate], budget: int
) -> None:
    outcomes = select(line, order=Order.RANKED, limits=limits(budget))
    waits = [one.place for one in outcomes if one.why is Why.BUDGET]
    awards = [one.place for one in outcomes if one.verdict is Verdict.AWARD]
    assert not waits or not awards or max(awards) < min(waits)
