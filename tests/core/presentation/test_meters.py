import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.presentation.meters import PoolMeter, ShareMeter, pool_stages, width


@pytest.mark.parametrize(
    ("points", "shown"),
    [(7_742, "77.42%"), (5, "0.05%"), (-3, "0.00%"), (12_000, "100.00%")],
)
def test_a_width_stays_within_the_track(points: int, shown: str) -> None:
    assert width(points) == shown


@pytest.mark.parametrize(
    ("sme", "total", "holds", "bar"),
    [
        (75_000_000, 100_000_000, True, "75.00%"),
        (74_999_999, 100_000_000, False, "74.99%"),
        (74_990_000, 100_000_000, False, "74.99%"),
        (3, 4, True, "75.00%"),
        (0, 0, False, "0.00%"),
    ],
)
def test_the_floor_is_judged_to_the_cent(sme: int, total: int, holds: bool, bar: str) -> None:
    meter = ShareMeter(sme, total)
    assert (meter.holds, meter.bar) == (holds, bar)
    assert meter.bar_css == ("m-acc" if holds else "m-bad")
    assert ("at or above" in meter.verdict, "under" in meter.verdict) == (holds, not holds)


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_the_bar_reaches_the_line_exactly_when_the_floor_holds(sme: int, rest: int) -> None:
    meter = ShareMeter(sme, sme + rest)
    assert (meter.share_bp >= meter.floor_bp) == meter.holds


def pool() -> PoolMeter:
    return PoolMeter(
        140_000_000,
        105_000_000,
        pool_stages(
            planned=(105_000_000, 35_000_000),
            committed=(81_240_000, 21_430_000),
            paid=(54_125_000, 19_612_000),
            accepted=(0, 0),
        ),
    )


def test_the_pool_meter_draws_the_widest_bar_first_and_the_line_at_the_pool() -> None:
    assert pool().bars == [
        ("m-plan", "75.00%"),
        ("m-comm", "58.03%"),
        ("m-paid", "38.66%"),
        ("m-acc", "0.00%"),
    ]
    assert (pool().line, pool().rest) == ("75.00%", 35_000_000)


def test_the_pool_meter_says_the_same_in_words() -> None:
    assert pool().sentence == (
        "Of a grant of 1,400,000.00: Accepted 0.00, Paid 541,250.00, Committed 812,400.00, "
        "Planned 1,050,000.00; the pool for SMEs is 1,050,000.00"
    )


def test_the_table_judges_each_stage_and_leaves_an_empty_one_alone() -> None:
    body = pool().table().body()
    assert body.count("at or above") == 2
    assert body.count("under 75") == 1
    assert body.count("govuk-tag--yellow") == 1


def test_what_was_reached_is_the_share_of_the_last_stage() -> None:
    stages = pool_stages(planned=(3, 1), committed=(3, 1), paid=(2, 2), accepted=(1, 3))
    assert PoolMeter(4, 3, stages).reached == 2_500
    assert PoolMeter(4, 3, stages).pool_bp == 7_500
    assert pool().reached == 0
