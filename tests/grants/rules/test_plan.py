import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.plan import PartnerPlan, Requested, plan

CENTS = st.integers(0, 10**10)


def test_the_plan_of_the_worked_budget() -> None:
    """D1 1,050,000 at 100 % and 353,100 of other costs at 90 %: 317,790 of coordination."""
    rows = [
        Requested("a", is_coordinator=True, contribution=59_445_000, sme_cost=45_000_000),
        Requested("b", is_coordinator=False, contribution=77_334_000, sme_cost=60_000_000),
    ]
    assert plan(rows, requested_cents=136_779_000, sme_rate_bp=10_000) == (
        PartnerPlan("a", is_coordinator=True, coordination=14_445_000, sme=45_000_000),
        PartnerPlan("b", is_coordinator=False, coordination=17_334_000, sme=60_000_000),
    )


def test_where_the_highest_grant_binds_coordination_gives_way() -> None:
    rows = [
        Requested("a", is_coordinator=True, contribution=100, sme_cost=60),
        Requested("b", is_coordinator=False, contribution=60, sme_cost=0),
    ]
    found = plan(rows, requested_cents=120, sme_rate_bp=10_000)
    assert [part.sme for part in found] == [60, 0]
    assert [part.coordination for part in found] == [24, 36]


def test_support_above_the_request_is_a_mistake() -> None:
    rows = [Requested("a", is_coordinator=True, contribution=100, sme_cost=100)]
    with pytest.raises(ValueError, match="of a request of 99"):
        plan(rows, requested_cents=99, sme_rate_bp=10_000)


@given(costs=st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=6), rate=st.integers(1, 10_000))
def test_the_parts_add_up_to_the_request(costs: list[tuple[int, int]], rate: int) -> None:
    rows = [
        Requested(str(i), is_coordinator=not i, contribution=other + sme, sme_cost=sme)
        for i, (other, sme) in enumerate(costs)
    ]
    sme = sum(sme for _other, sme in costs) * rate // 10_000
    wanted = sum(row.contribution for row in rows)
    found = plan(rows, requested_cents=wanted, sme_rate_bp=rate)
    assert sum(part.sme for part in found) == sme
    assert sum(part.coordination for part in found) <= wanted - sme
