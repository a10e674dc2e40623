"""Worked examples of docs/domain.md ("Vouchers and claims"), then properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.rules.claim import (
    Terms,
    accepted,
    advance_part,
    claimable,
    invoice_key,
    invoice_window,
    is_fresh,
    support,
    to_pay,
)

FULL = Terms(rate_bp=10_000, invoice_days=30, vat_payable=False)
HALF = Terms(rate_bp=5_000, invoice_days=30, vat_payable=False)
cents = st.integers(min_value=0, max_value=10**9)


def test_claimable_voucher_of_5000_pays_the_net_invoice_of_4000_and_no_vat() -> None:
    assert (
        claimable(net_cents=400_000, vat_cents=92_000, remaining_cents=500_000, terms=FULL)
        == 400_000
    )


def test_claimable_half_of_50000_is_capped_at_what_is_left() -> None:
    assert (
        claimable(net_cents=5_000_000, vat_cents=0, remaining_cents=3_000_000, terms=HALF)
        == 2_500_000
    )
    assert (
        claimable(net_cents=5_000_000, vat_cents=0, remaining_cents=2_499_999, terms=HALF)
        == 2_499_999
    )


def test_support_counts_vat_only_where_the_call_pays_it() -> None:
    payable = Terms(rate_bp=10_000, invoice_days=30, vat_payable=True)
    assert support(net_cents=400_000, vat_cents=92_000, terms=payable) == 492_000


def test_support_floors_the_share() -> None:
    assert support(net_cents=3, vat_cents=0, terms=HALF) == 1


@pytest.mark.parametrize("amounts", [(-1, 0), (0, -1)])
def test_support_refuses_negative_costs(amounts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        support(net_cents=amounts[0], vat_cents=amounts[1], terms=FULL)


def test_accepted_is_never_more_than_claimed() -> None:
    assert (
        accepted(claimed_cents=300_000, accepted_net_cents=400_000, vat_cents=0, terms=FULL)
        == 300_000
    )
    assert (
        accepted(claimed_cents=300_000, accepted_net_cents=250_000, vat_cents=0, terms=FULL)
        == 250_000
    )


@pytest.mark.parametrize(
    ("number", "vat"),
    [("2024-07", "BE 0123.456.789"), ("2024/07", "BE0123456789"), (" 2024 07", "be0123456789")],
)
def test_invoice_key_is_one_for_all_spellings(number: str, vat: str) -> None:
    assert invoice_key(vat_number=vat, invoice_number=number) == "BE0123456789|202407"


def test_invoice_key_is_empty_without_number_or_supplier() -> None:
    assert invoice_key(vat_number="BE0123456789", invoice_number="--") == ""
    assert invoice_key(vat_number="", invoice_number="7") == ""


def test_invoice_window_runs_from_the_contract_to_thirty_days_after_the_end() -> None:
    first, last = invoice_window(
        contract_on=date(2024, 1, 15), ends_on=date(2024, 8, 31), invoice_days=30
    )
    assert (first, last) == (date(2024, 1, 15), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("day", "fresh"),
    [(date(2024, 5, 1), True), (date(2024, 4, 30), False), (date(2024, 6, 1), False)],
)
def test_is_fresh_counts_thirty_days_back_and_none_ahead(day: date, *, fresh: bool) -> None:
    assert is_fresh(looked_up_on=day, on=date(2024, 5, 31), days_max=30) is fresh


def test_is_fresh_needs_a_look_up() -> None:
    assert is_fresh(looked_up_on=None, on=date(2024, 5, 31), days_max=30) is False


@given(accepted_part=cents, advanced=cents)
def test_to_pay_and_the_cleared_advance_are_what_was_accepted(
    accepted_part: int, advanced: int
) -> None:
    owed = to_pay(accepted_cents=accepted_part, advance_cents=advanced)
    assert 0 <= owed <= accepted_part
    assert owed + min(accepted_part, advanced) == accepted_part


@given(claimed=cents, advanced=cents)
def test_advance_part_lies_within_the_claim_and_the_advance(claimed: int, advanced: int) -> None:
    part = advance_part(claimed_cents=claimed, advanced_cents=advanced)
    assert part == min(claimed, advanced)
