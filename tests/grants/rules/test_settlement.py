import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.settlement import Share, outcome

G = 140_000_000
CENTS = st.integers(0, 10**11)


def test_a_grant_that_meets_the_share_is_paid_whole() -> None:
    """Accepted 1,050,000 and 270,000, 1,200,000 paid: final 1,320,000, balance 120,000."""
    found = outcome(
        105_000_000, coordination_cents=27_000_000, grant_max_cents=G, received_cents=120_000_000
    )
    assert (found.final_grant, found.balance, found.cut) == (132_000_000, 12_000_000, 0)
    assert (found.sme_missing, found.released) == (0, 0)


def test_accepted_less_than_was_paid_is_recovered() -> None:
    found = outcome(
        90_000_000, coordination_cents=25_000_000, grant_max_cents=G, received_cents=120_000_000
    )
    assert (found.final_grant, found.balance) == (115_000_000, -5_000_000)


def test_a_missed_share_cuts_coordination() -> None:
    """Accepted 800,000 and 300,000: settled at 1,066,666.66, partners bear 33,333.34."""
    found = outcome(80_000_000, coordination_cents=30_000_000, grant_max_cents=G)
    assert (found.final_grant, found.cut, found.matched) == (106_666_666, 3_333_334, 26_666_666)
    assert (found.sme_missing, found.released) == (10_000_000, 3_333_334)


def test_the_share_is_met_to_the_cent() -> None:
    found = outcome(105_000_000, coordination_cents=35_000_000, grant_max_cents=G)
    assert (found.final_grant, found.cut, found.sme_missing) == (G, 0, 0)


def test_support_above_the_grant_leaves_nothing_for_coordination() -> None:
    found = outcome(150_000_000, coordination_cents=1, grant_max_cents=G)
    assert (found.sme_part, found.coordination_part, found.cut) == (G, 0, 1)


def test_the_maximum_grant_binds_and_more_support_would_not_help() -> None:
    found = outcome(130_000_000, coordination_cents=30_000_000, grant_max_cents=G)
    assert (found.final_grant, found.cut) == (G, 20_000_000)
    assert (found.sme_missing, found.released) == (0, 0)


def test_negative_amounts_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        outcome(-1, coordination_cents=0, grant_max_cents=G)
    with pytest.raises(ValueError, match="received is negative"):
        outcome(1, coordination_cents=0, grant_max_cents=G, received_cents=-1)


@given(sme=CENTS, coordination=CENTS, grant=CENTS, n=st.integers(1, 9), more=st.integers(1, 9))
def test_the_share_always_holds_and_not_one_cent_more_could_be_paid(
    sme: int, coordination: int, grant: int, n: int, more: int
) -> None:
    share = Share(n, n + more)
    found = outcome(sme, coordination_cents=coordination, grant_max_cents=grant, share=share)
    assert share.d * found.sme_part >= share.n * found.final_grant
    assert found.final_grant <= grant
    assert found.sme_part <= sme
    assert found.coordination_part + found.cut == coordination
    one_more = found.coordination_part + 1
    assert (
        one_more > coordination
        or found.final_grant == grant
        or share.n * one_more > (share.d - share.n) * found.sme_part
    )


@given(sme=CENTS, coordination=CENTS, grant=CENTS)
def test_the_missing_support_releases_what_is_said(sme: int, coordination: int, grant: int) -> None:
    found = outcome(sme, coordination_cents=coordination, grant_max_cents=grant)
    then = outcome(sme + found.sme_missing, coordination_cents=coordination, grant_max_cents=grant)
    assert then.coordination_part == found.coordination_part + found.released
