"""Quotas, budget line, reserve list: docs/domain.md, Evaluation (16 grants, at least 8 of one)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grants.rules.quota import Award, Outcome, Purse, Request, fund, promoted, shortfalls


def a_list(text: str, cents: int = 100) -> list[Request]:
    """``"AAB"`` is three ranked requests of the strands A, A and B."""
    return [Request(f"{i}{strand}", strand, cents) for i, strand in enumerate(text, start=1)]


def main(awards: tuple[Award, ...]) -> list[str]:
    return [award.ref for award in awards if award.outcome is Outcome.MAIN]


def test_by_rank_until_the_budget_is_used() -> None:
    awards = fund(a_list("AAAA"), Purse(budget_cents=300))
    assert main(awards) == ["1A", "2A", "3A"]
    assert [award.running_cents for award in awards] == [100, 200, 300, None]
    assert awards[3] == Award("4A", Outcome.RESERVE, reserve_place=1)


def test_one_cent_short_draws_the_line() -> None:
    assert main(fund(a_list("AAA"), Purse(budget_cents=299))) == ["1A", "2A"]


def test_nobody_below_the_line_jumps_ahead_with_a_smaller_request() -> None:
    ranked = [Request("1", "A", 200), Request("2", "A", 200), Request("3", "A", 50)]
    awards = fund(ranked, Purse(budget_cents=300))
    assert main(awards) == ["1"]
    assert [award.reserve_place for award in awards] == [None, 1, 2]


def test_at_least_eight_of_strand_one_among_sixteen() -> None:
    ranked = a_list("B" * 12 + "A" * 10)
    awards = fund(ranked, Purse(budget_cents=1600, quotas={"A": 8}))
    assert main(awards) == [f"{i}B" for i in range(1, 9)] + [f"{i}A" for i in range(13, 21)]
    assert [a.ref for a in awards if a.is_by_quota] == ["17A", "18A", "19A", "20A"]
    assert [a.ref for a in awards if a.outcome is Outcome.RESERVE] == [
        "9B", "10B", "11B", "12B", "21A", "22A",
    ]  # fmt: skip


def test_a_quota_met_by_rank_displaces_nobody() -> None:
    awards = fund(a_list("ABAB"), Purse(budget_cents=300, quotas={"A": 2}))
    assert main(awards) == ["1A", "2B", "3A"]
    assert not any(award.is_by_quota for award in awards)


def test_a_quota_without_enough_proposals_is_reported_not_invented() -> None:
    ranked = a_list("BBA")
    purse = Purse(budget_cents=300, quotas={"A": 2, "B": 1})
    awards = fund(ranked, purse)
    assert main(awards) == ["1B", "2B", "3A"]
    assert shortfalls(ranked, awards, purse) == {"A": 1}


def test_a_quota_larger_than_the_budget_stops_at_the_budget() -> None:
    ranked = a_list("BAAA")
    purse = Purse(budget_cents=200, quotas={"A": 3})
    awards = fund(ranked, purse)
    assert main(awards) == ["2A", "3A"]
    assert shortfalls(ranked, awards, purse) == {"A": 1}


def test_most_grants_is_a_line_too() -> None:
    assert main(fund(a_list("AAA"), Purse(budget_cents=900, projects_max=2))) == ["1A", "2A"]


def test_a_strand_with_its_own_budget_closes_alone() -> None:
    purse = Purse(budget_cents=400, strand_budgets={"A": 250})
    assert main(fund(a_list("AAABA"), purse)) == ["1A", "2A", "4B"]


def test_reserve_list_has_as_many_places_as_the_call_says() -> None:
    awards = fund(a_list("AAAA"), Purse(budget_cents=100, reserve_max=2))
    assert [award.outcome.value for award in awards] == ["main", "reserve", "reserve", "no_budget"]


def test_promotion_keeps_rank_order_and_never_skips() -> None:
    reserve = [Request("1", "A", 100), Request("2", "A", 300), Request("3", "A", 50)]
    assert promoted(reserve, free_cents=99) == ()
    assert promoted(reserve, free_cents=100) == ("1",)
    assert promoted(reserve, free_cents=399) == ("1",)
    assert promoted(reserve, free_cents=400) == ("1", "2")
    assert promoted(reserve, free_cents=450) == ("1", "2", "3")


RANKED = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 40)), max_size=14).map(
    lambda rows: [Request(str(i), strand, cents) for i, (strand, cents) in enumerate(rows)]
)
PURSES = st.builds(
    Purse,
    budget_cents=st.integers(0, 250),
    quotas=st.dictionaries(st.sampled_from("AB"), st.integers(0, 4)),
    projects_max=st.none() | st.integers(0, 8),
    reserve_max=st.none() | st.integers(0, 3),
)


@given(RANKED, PURSES)
def test_never_above_the_budget_and_everyone_has_an_outcome(
    ranked: list[Request], purse: Purse
) -> None:
    awards = fund(ranked, purse)
    costs = {request.ref: request.requested_cents for request in ranked}
    assert [award.ref for award in awards] == [request.ref for request in ranked]
    assert sum(costs[ref] for ref in main(awards)) <= purse.budget_cents
    assert purse.projects_max is None or len(main(awards)) <= purse.projects_max


@given(RANKED, PURSES)
def test_within_a_strand_the_better_is_never_passed_over(
    ranked: list[Request], purse: Purse
) -> None:
    chosen = set(main(fund(ranked, purse)))
    for strand in "ABC":
        funded = [request.ref in chosen for request in ranked if request.strand == strand]
        assert funded == sorted(funded, reverse=True)


@given(RANKED, PURSES, st.data())
def test_a_better_rank_never_loses_the_money(
    ranked: list[Request], purse: Purse, data: st.DataObject
) -> None:
    chosen = main(fund(ranked, purse))
    if not chosen:
        return
    ref = data.draw(st.sampled_from(chosen))
    index = next(i for i, request in enumerate(ranked) if request.ref == ref)
    up = data.draw(st.integers(0, index))
    moved = [*ranked[:up], ranked[index], *ranked[up:index], *ranked[index + 1 :]]
    assert ref in main(fund(moved, purse))


@given(RANKED, PURSES)
def test_a_quota_is_met_or_its_strand_or_money_is_exhausted(
    ranked: list[Request], purse: Purse
) -> None:
    awards = fund(ranked, purse)
    chosen = set(main(awards))
    for strand in shortfalls(ranked, awards, purse):
        left = [r for r in ranked if r.strand == strand and r.ref not in chosen]
        spent = sum(r.requested_cents for r in ranked if r.ref in chosen)
        full = purse.projects_max is not None and len(chosen) >= purse.projects_max
        assert (
            not left or full or spent + max(r.requested_cents for r in ranked) > purse.budget_cents
        )


@given(RANKED, st.integers(0, 400))
def test_promotion_never_spends_more_than_is_free(ranked: list[Request], free: int) -> None:
    refs = promoted(ranked, free_cents=free)
    assert list(refs) == [request.ref for request in ranked[: len(refs)]]
    assert sum(request.requested_cents for request in ranked[: len(refs)]) <= free
