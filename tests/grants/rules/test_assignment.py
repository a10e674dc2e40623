"""The proposed assignment: no conflict, no two of one employer, equal load, named gaps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from grants.rules.assignment import Lack, Need, Plan, Reader, propose

if TYPE_CHECKING:
    from random import Random


def readers(count: int, **kw: object) -> list[Reader]:
    return [Reader(f"r{i}", **kw) for i in range(count)]  # type: ignore[arg-type]  # test record


def needs(count: int, each: int = 3, keywords: frozenset[str] = frozenset()) -> list[Need]:
    return [Need(f"p{i}", keywords, each) for i in range(count)]


def loads(plan: Plan) -> Counter[str]:
    return Counter(reader for _need, reader in plan.pairs)


def test_equal_experts_get_equal_piles() -> None:
    plan = propose(needs(10), readers(6), load_max=10)
    assert plan.gaps == {}
    assert set(loads(plan).values()) == {5}


def test_earlier_load_counts() -> None:
    pool = [Reader("busy", load=5), Reader("free")]
    assert propose(needs(3, each=1), pool, load_max=10).pairs == [
        ("p0", "free"), ("p1", "free"), ("p2", "free"),
    ]  # fmt: skip


def test_expertise_is_preferred_among_equals() -> None:
    pool = [*readers(3), Reader("z", frozenset({"textile"}))]
    assert propose(needs(1, 1, frozenset({"textile"})), pool, load_max=5).pairs == [("p0", "z")]


def test_a_barred_expert_is_never_proposed() -> None:
    plan = propose(needs(1, each=2), readers(3), barred=frozenset({("p0", "r0")}), load_max=5)
    assert plan.pairs == [("p0", "r1"), ("p0", "r2")]


def test_two_of_one_employer_never_share_a_proposal() -> None:
    pool = [Reader("a", employer="x"), Reader("b", employer="x"), Reader("c", employer="y")]
    plan = propose(needs(1, each=2), pool, load_max=5)
    assert plan.pairs == [("p0", "a"), ("p0", "c")]


def test_experts_already_there_are_kept_in_mind() -> None:
    pool = [Reader("a", employer="x"), Reader("b", employer="x"), Reader("c", employer="y")]
    plan = propose([Need("p", frozenset(), 1, frozenset({"a"}))], pool, load_max=5)
    assert plan.pairs == [("p", "c")]


def test_another_country_is_preferred_among_equals() -> None:
    pool = [Reader("a", country="FR"), Reader("b", country="FR"), Reader("c", country="PL")]
    assert propose(needs(1, each=2), pool, load_max=5).pairs == [("p0", "a"), ("p0", "c")]


def test_each_gap_is_named_with_its_number_and_reason() -> None:
    pair = readers(2)
    conflicted = frozenset({("p0", "r0"), ("p0", "r1")})
    assert propose(needs(1), [], load_max=5).gaps == {"p0": (3, Lack.EXPERTS)}
    assert propose(needs(1), pair, barred=conflicted, load_max=5).gaps == {
        "p0": (3, Lack.CONFLICTS)
    }
    assert propose(needs(1), pair, load_max=5).gaps == {"p0": (1, Lack.EXPERTS)}
    assert propose(needs(1, each=1), pair, load_max=0).gaps == {"p0": (1, Lack.LOAD)}
    assert propose(needs(1, each=2), readers(2, employer="x"), load_max=5).gaps == {
        "p0": (1, Lack.EMPLOYERS)
    }


def test_the_proposal_with_the_least_choice_is_served_first() -> None:
    barred = frozenset({("p1", "r1"), ("p1", "r2")})
    plan = propose(needs(2, each=1), readers(3), barred=barred, load_max=1)
    assert plan.gaps == {}
    assert ("p1", "r0") in plan.pairs


READERS = st.lists(
    st.builds(
        Reader,
        ref=st.uuids().map(str),
        keywords=st.frozensets(st.sampled_from("ab")),
        employer=st.sampled_from(["", "x", "y"]),
        country=st.sampled_from(["", "FR", "PL"]),
        load=st.integers(0, 3),
    ),
    max_size=6,
    unique_by=lambda reader: reader.ref,
)
NEEDS = st.lists(
    st.builds(
        Need,
        ref=st.uuids().map(str),
        keywords=st.frozensets(st.sampled_from("ab")),
        count=st.integers(0, 3),
    ),
    max_size=4,
    unique_by=lambda need: need.ref,
)


@given(NEEDS, READERS, st.integers(0, 5), st.data())
def test_no_rule_is_ever_broken(
    wanted: list[Need], pool: list[Reader], load_max: int, data: st.DataObject
) -> None:
    pairs = [(need.ref, reader.ref) for need in wanted for reader in pool]
    barred = frozenset(data.draw(st.sets(st.sampled_from(pairs)))) if pairs else frozenset()
    plan = propose(wanted, pool, barred=barred, load_max=load_max)
    by_ref = {reader.ref: reader for reader in pool}
    assert not barred & set(plan.pairs)
    assert len(set(plan.pairs)) == len(plan.pairs)
    for ref, count in loads(plan).items():
        assert by_ref[ref].load + count <= load_max
    for need in wanted:
        chosen = [by_ref[reader] for proposal, reader in plan.pairs if proposal == need.ref]
        employers = [reader.employer for reader in chosen if reader.employer]
        assert len(employers) == len(set(employers))
        assert len(chosen) + plan.gaps.get(need.ref, (0, None))[0] == need.count


@given(NEEDS, READERS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    wanted: list[Need], pool: list[Reader], random: Random
) -> None:
    first = propose(wanted, pool, load_max=4)
    second = propose(random.sample(wanted, len(wanted)), random.sample(pool, len(pool)), load_max=4)
    assert first == second
