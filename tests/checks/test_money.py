from __future__ import annotations

import pytest

from checks import money
from tests.checks.samples import a_module


@pytest.mark.parametrize(
    "code",
    [
        "rate = 0.75",
        "x = float(cents)",
        "def f(x: float): ...",
        "models.FloatField()",
        "math.fsum(a)",
    ],
)
@pytest.mark.parametrize("at", ["ledger/api.py", "grants/rules/share.py", "core/money.py"])
def test_a_float_near_money_is_found(code: str, at: str) -> None:
    assert len(list(money.check(a_module(code, at=at)))) == 1


def test_a_float_far_from_money_is_no_problem() -> None:
    assert list(money.check(a_module("seconds = 0.5", at="core/jobs.py"))) == []


@pytest.mark.parametrize("code", ["half = cents / 2", "cents /= 2"])
def test_a_true_division_of_cents_is_found(code: str) -> None:
    assert len(list(money.check(a_module(code, at="vouchers/postings/claim.py")))) == 1


@pytest.mark.parametrize(
    "code", ["cents // 2", "Decimal(cents) / 2", "F('a') / F('b')", "here / 'x.sql'"]
)
def test_a_division_that_names_its_rounding_is_no_problem(code: str) -> None:
    assert list(money.check(a_module(code, at="ledger/rules/share.py"))) == []
