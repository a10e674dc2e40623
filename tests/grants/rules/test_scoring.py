"""Marks, totals, thresholds: docs/domain.md, Evaluation (2.5 to 2.7 and worked examples)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.scoring import (
    Scale,
    band,
    failed_thresholds,
    is_divergent,
    is_in_step,
    mean,
    spread,
    steps,
    total,
    total_max,
)

RELEVANCE = Scale("relevance", Decimal(5), Decimal("0.5"), threshold=Decimal(3))
IMPACT = Scale("impact", Decimal(5), Decimal("0.5"), threshold=Decimal(3))
QUALITY = Scale("quality", Decimal(5), Decimal("0.5"), threshold=Decimal(3))
SCALES = (RELEVANCE, IMPACT, QUALITY)
MARKS = st.fixed_dictionaries({scale.code: st.sampled_from(steps(scale)) for scale in SCALES})


def of(relevance: str, impact: str, quality: str) -> dict[str, Decimal]:
    return {"relevance": Decimal(relevance), "impact": Decimal(impact), "quality": Decimal(quality)}


def test_steps_of_half_points_to_five_are_eleven() -> None:
    assert steps(IMPACT) == tuple(Decimal(i) / 2 for i in range(11))


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("0", True),
        ("0.5", True),
        ("5", True),
        ("4.50", True),
        ("0.25", False),
        ("5.5", False),
        ("-0.5", False),
    ],
)
def test_is_in_step_at_its_boundaries(score: str, expected: bool) -> None:
    assert is_in_step(Decimal(score), IMPACT) is expected


def test_total_is_weight_times_mark() -> None:
    scales = (
        Scale("a", Decimal(10), Decimal(1), weight=Decimal("1.5")),
        Scale("b", Decimal(5), Decimal("0.5"), weight=Decimal(2)),
    )
    assert total({"a": Decimal(7), "b": Decimal("4.5")}, scales) == Decimal("19.5")


def test_total_max_of_a_scale_to_one_hundred() -> None:
    scales = (
        Scale("a", Decimal(40), Decimal(1)),
        Scale("b", Decimal(30), Decimal(1), weight=Decimal(2)),
    )
    assert total_max(scales) == Decimal(100)


def test_total_without_a_mark_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="no mark for impact, quality"):
        total({"relevance": Decimal(4)}, SCALES)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (of("3", "3", "4"), ()),
        (of("3", "3", "3.5"), ("total",)),
        (of("5", "2.5", "5"), ("impact",)),
        (of("2.5", "2.5", "4.5"), ("relevance", "impact", "total")),
    ],
)
def test_failed_thresholds_just_under_at_and_over(
    marks: dict[str, Decimal], expected: tuple[str, ...]
) -> None:
    assert failed_thresholds(marks, SCALES, total_min=Decimal(10)) == expected


@given(MARKS, st.sampled_from([scale.code for scale in SCALES]))
def test_a_higher_mark_never_fails_more(marks: dict[str, Decimal], code: str) -> None:
    better = marks | {code: min(Decimal(5), marks[code] + Decimal("0.5"))}
    before = failed_thresholds(marks, SCALES, total_min=Decimal(10))
    after = failed_thresholds(better, SCALES, total_min=Decimal(10))
    assert set(after) <= set(before)
    assert total(better, SCALES) >= total(marks, SCALES)


@given(MARKS)
def test_total_never_exceeds_the_highest(marks: dict[str, Decimal]) -> None:
    assert Decimal(0) <= total(marks, SCALES) <= total_max(SCALES)
    assert total(marks, SCALES) == total(marks, SCALES[::-1])


@pytest.mark.parametrize(("score", "words"), [("0", 0), ("0.5", 0), ("1", 1), ("4.5", 4), ("5", 5)])
def test_band_of_a_mark_is_the_wording_at_or_below_it(score: str, words: int) -> None:
    assert band(Decimal(score), IMPACT) == words


def test_band_fits_any_length_of_scale() -> None:
    assert band(Decimal(70), Scale("a", Decimal(100), Decimal(1))) == 3


def test_spread_and_mean_are_exact() -> None:
    scores = [Decimal("3.5"), Decimal("3.0"), Decimal("1.5")]
    assert spread(scores) == Decimal("2.0")
    assert mean([Decimal("3.5"), Decimal("4.5")]) == Decimal(4)
    assert spread([]) == Decimal(0)
    with pytest.raises(ValueError, match="no marks"):
        mean([])


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["3.5", "4.0"], False),
        (["3.0", "4.5"], False),
        (["3.0", "5.0"], True),
        (["2.5", "3.0"], True),
        (["2.5"], False),
    ],
)
def test_marks_diverge_over_the_limit_or_across_the_threshold(
    scores: list[str],
    expected: bool,
) -> None:
    assert is_divergent([Decimal(s) for s in scores], IMPACT, spread_max=Decimal("1.5")) is expected


def test_without_a_limit_nothing_diverges() -> None:
    assert not is_divergent([Decimal(0), Decimal(5)], IMPACT, spread_max=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"highest": Decimal(0)},
        {"step": Decimal(0)},
        {"weight": Decimal(0)},
        {"step": Decimal("0.4")},
        {"threshold": Decimal(6)},
    ],
)
def test_an_impossible_scale_is_refused(wrong: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="scale x"):
        Scale("x", **({"highest": Decimal(5), "step": Decimal("0.5")} | wrong))
