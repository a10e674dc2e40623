from hypothesis import given
from hypothesis import strategies as st

from grants.rules.interim import interim

G = 140_000_000


def test_the_first_report_is_paid_in_full_under_the_ceiling() -> None:
    found = interim(
        50_000_000, income_cents=0, paid_cents=70_000_000, grant_max_cents=G, ceiling_bp=9000
    )
    assert (found.earned, found.ceiling_left, found.payable) == (
        50_000_000,
        56_000_000,
        50_000_000,
    )


def test_the_ceiling_of_ninety_per_cent_limits_a_large_report() -> None:
    """Prefinancing 700,000 and 600,000 accepted: 560,000 are paid."""
    found = interim(
        60_000_000, income_cents=0, paid_cents=70_000_000, grant_max_cents=G, ceiling_bp=9000
    )
    assert found.payable == 56_000_000


def test_an_entitlement_that_shrank_pays_nothing() -> None:
    found = interim(
        10_000_000, income_cents=20_000_000, paid_cents=0, grant_max_cents=G, ceiling_bp=9000
    )
    assert (found.earned, found.payable) == (0, 0)


@given(entitled=st.integers(0, G), income=st.integers(0, G), paid=st.integers(0, 2 * G))
def test_payments_never_pass_the_ceiling_through_an_interim(
    entitled: int, income: int, paid: int
) -> None:
    found = interim(
        entitled, income_cents=income, paid_cents=paid, grant_max_cents=G, ceiling_bp=9000
    )
    assert found.payable == 0 or 10 * (paid + found.payable) <= 9 * G
