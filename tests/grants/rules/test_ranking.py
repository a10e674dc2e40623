"""The ranked list and its ladder: docs/domain.md, worked example 13 and the ladders of 2.7."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from grants.rules.ranking import By, Decider, Place, open_ties, order
from grants.rules.tie_breaks import Entrant, Kind, Rung, vector

if TYPE_CHECKING:
    from random import Random

IMPACT_FIRST = (Rung(Kind.CRITERION, "impact"), Rung(Kind.CRITERION, "excellence"))
EXCELLENCE_FIRST = IMPACT_FIRST[::-1]
FULL = (
    Rung(Kind.STRAND),
    Rung(Kind.CRITERION, "excellence"),
    Rung(Kind.CRITERION, "impact"),
    Rung(Kind.SME_SHARE),
    Rung(Kind.COUNTRIES),
)


def an_entrant(ref: str, impact: str = "4", excellence: str = "4", **kw: object) -> Entrant:
    plain = Entrant(
        ref=ref,
        name=ref.upper(),
        total=Decimal("13.5"),
        marks={"impact": Decimal(impact), "excellence": Decimal(excellence)},
        strand="health",
        sme_cents=105_000_000,
        requested_cents=140_000_000,
        countries=3,
    )
    return replace(plain, **kw)  # type: ignore[arg-type]  # fields of a test record


def refs(places: tuple[Place, ...]) -> list[str]:
    return [place.entrant.ref for place in places]


P1, P2, P3 = an_entrant("p1", "5", "4.5"), an_entrant("p2", "5", "4"), an_entrant("p3", "4.5", "5")


def test_example_13_impact_first_ladder() -> None:
    places = order([P3, P2, P1], IMPACT_FIRST)
    assert refs(places) == ["p1", "p2", "p3"]
    assert [place.rank for place in places] == [1, 2, 3]
    assert [place.decided_by for place in places] == [
        Decider(By.RUNG, 2),
        Decider(By.RUNG, 2),
        Decider(By.RUNG, 1),
    ]


def test_example_13_excellence_first_ladder() -> None:
    assert refs(order([P1, P2, P3], EXCELLENCE_FIRST)) == ["p3", "p1", "p2"]


def test_the_total_comes_before_every_key() -> None:
    best = an_entrant("z", "0", "0", total=Decimal(14))
    places = order([P1, best], IMPACT_FIRST)
    assert refs(places) == ["z", "p1"]
    assert {place.decided_by.by for place in places} == {By.TOTAL}


def test_equal_on_every_rung_is_an_open_tie_with_a_shared_rank() -> None:
    places = order([an_entrant("b"), an_entrant("a"), an_entrant("c", impact="3")], FULL)
    assert [(p.entrant.ref, p.rank, p.is_tied) for p in places] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, False),
    ]
    assert [[e.ref for e in tie] for tie in open_ties(places)] == [["a", "b"]]


def test_the_ref_never_decides() -> None:
    tie = order([an_entrant("a", name="Z"), an_entrant("b", name="A")], FULL)
    assert refs(tie) == ["b", "a"]
    assert all(place.is_tied for place in tie)


def test_a_panel_decision_opens_the_tie_and_is_named_as_the_reason() -> None:
    places = order([an_entrant("a"), an_entrant("b")], FULL, decisions=[["b", "a"]])
    assert refs(places) == ["b", "a"]
    assert [place.decided_by for place in places] == [Decider(By.PANEL)] * 2


def test_the_latest_decision_that_names_all_the_tied_counts() -> None:
    entrants = [an_entrant("a"), an_entrant("b"), an_entrant("c")]
    decisions = [["a", "b", "c"], ["c", "b", "a"], ["a", "b"]]
    assert refs(order(entrants, FULL, decisions)) == ["c", "a", "b"]


def test_a_decision_that_forgets_one_of_the_tied_leaves_the_tie_open() -> None:
    entrants = [an_entrant("a"), an_entrant("b"), an_entrant("c")]
    assert len(open_ties(order(entrants, FULL, [["a", "b"]]))) == 1


def test_a_decision_does_not_lift_a_proposal_over_a_better_one() -> None:
    places = order([an_entrant("a", "3"), an_entrant("b", "4")], FULL, [["a", "b"]])
    assert refs(places) == ["b", "a"]


def test_strand_key_prefers_what_higher_ranked_ones_do_not_cover() -> None:
    top = an_entrant("top", total=Decimal(15), strand="health")
    covered = an_entrant("covered", "5", "5", strand="health")
    fresh = an_entrant("fresh", "4", "4", strand="textile")
    places = order([covered, fresh, top], FULL)
    assert refs(places) == ["top", "fresh", "covered"]
    assert places[1].decided_by == Decider(By.RUNG, 1)


def test_strand_key_looks_again_after_each_place() -> None:
    one = an_entrant("one", "5", "5", strand="health")
    two = an_entrant("two", "5", "4", strand="health")
    other = an_entrant("other", "3", "3", strand="textile")
    assert refs(order([two, other, one], FULL)) == ["one", "other", "two"]


def test_sme_share_is_compared_exactly_not_rounded() -> None:
    more = an_entrant("more", sme_cents=105_000_001)
    assert refs(order([an_entrant("less"), more], FULL)) == ["more", "less"]
    assert order([an_entrant("less"), more], FULL)[0].decided_by == Decider(By.RUNG, 4)


def test_more_countries_are_the_last_rung() -> None:
    wide = an_entrant("wide", countries=5)
    assert refs(order([an_entrant("narrow"), wide], FULL)) == ["wide", "narrow"]


ENTRANTS = st.lists(
    st.builds(
        an_entrant,
        ref=st.uuids().map(str),
        impact=st.sampled_from(["3", "4"]),
        excellence=st.sampled_from(["3", "4"]),
        total=st.sampled_from([Decimal(12), Decimal(13)]),
        strand=st.sampled_from(["health", "textile"]),
    ),
    max_size=7,
    unique_by=lambda entrant: entrant.ref,
)


@given(ENTRANTS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(entrants: list[Entrant], random: Random) -> None:
    shuffled = random.sample(entrants, len(entrants))
    assert order(entrants, FULL) == order(shuffled, FULL)


@given(ENTRANTS)
def test_every_proposal_gets_one_place_and_totals_never_rise(entrants: list[Entrant]) -> None:
    places = order(entrants, FULL)
    assert sorted(refs(places)) == sorted(entrant.ref for entrant in entrants)
    totals = [place.entrant.total for place in places]
    assert totals == sorted(totals, reverse=True)


@given(ENTRANTS.filter(bool), st.data())
def test_a_higher_total_never_costs_a_place(entrants: list[Entrant], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(entrants))
    better = [replace(e, total=e.total + 1) if e is chosen else e for e in entrants]
    before = {p.entrant.ref: p.rank for p in order(entrants, FULL)}
    after = {p.entrant.ref: p.rank for p in order(better, FULL)}
    assert after[chosen.ref] <= before[chosen.ref]


@given(ENTRANTS)
def test_a_decision_for_every_tie_leaves_none_open(entrants: list[Entrant]) -> None:
    everything = [entrant.ref for entrant in entrants]
    assert open_ties(order(entrants, FULL, [everything])) == ()


@given(ENTRANTS)
def test_each_place_goes_to_the_best_of_what_is_left(entrants: list[Entrant]) -> None:
    """The ladder's words taken literally, slow for a long list: one look at all for each place."""
    left, covered = list(order(entrants, FULL)), frozenset[str]()
    while left:
        total = max(place.entrant.total for place in left)
        best = max(vector(p.entrant, FULL, covered) for p in left if p.entrant.total == total)
        tied = [place for place in left if place.rank == left[0].rank]
        for place in tied:
            assert place.entrant.total == total
            assert vector(place.entrant, FULL, covered) == best
        covered |= {place.entrant.strand for place in tied}
        left = left[len(tied) :]


def test_renaming_changes_no_rank() -> None:
    entrants = [P1, P2, P3, an_entrant("x", total=Decimal(12))]
    for names in permutations("abcd"):
        renamed = [replace(e, name=n) for e, n in zip(entrants, names, strict=True)]
        assert refs(order(renamed, IMPACT_FIRST)) == ["p1", "p2", "p3", "x"]
