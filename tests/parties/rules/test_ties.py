import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.rules.ties import group_of, kind_of_share

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


@pytest.mark.parametrize(
    ("share_bp", "kind"),
    [
        (0, "autonomous"),
        (2_499, "autonomous"),
        (2_500, "partner"),
        (5_000, "partner"),
        (5_001, "linked"),
        (10_000, "linked"),
    ],
)
def test_recommendation_2003_361_annex_article_3_kinds_of_relation(
    share_bp: int, kind: str
) -> None:
    assert kind_of_share(share_bp) == kind


@pytest.mark.parametrize("share_bp", [-1, 10_001])
def test_share_outside_the_whole_is_a_bug(share_bp: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        kind_of_share(share_bp)


def test_article_3_3_linked_through_others_is_linked() -> None:
    assert group_of("a", ties=[("a", "b"), ("c", "b"), ("d", "e")]) == {"a", "b", "c"}


def test_organisation_without_ties_is_a_group_of_its_own() -> None:
    assert group_of("a", ties=[("b", "c")]) == {"a"}


@given(PAIRS, st.integers(0, 12))
def test_group_is_the_same_whoever_is_asked_first(pairs: list[tuple[int, int]], start: int) -> None:
    group = group_of(start, ties=pairs)
    assert all(group_of(member, ties=pairs) == group for member in group)


@given(PAIRS, st.integers(0, 12))
def test_group_equals_the_closure_by_brute_force(pairs: list[tuple[int, int]], start: int) -> None:
    closed = {start}
    for _round in range(13):
        closed |= {o for p in pairs for o in p if set(p) & closed}
    assert group_of(start, ties=reversed(pairs)) == closed
