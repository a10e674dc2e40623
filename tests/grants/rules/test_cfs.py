import pytest

from grants.rules.cfs import certificate_needed


@pytest.mark.parametrize(
    ("requested", "audited", "needed"),
    [
        (32_499_999, 0, False),
        (32_500_000, 0, True),
        (32_500_001, 0, True),
        (40_000_000, 7_500_001, False),
        (40_000_000, 7_500_000, True),
    ],
)
def test_certificate_is_needed_from_the_threshold_on(
    requested: int, audited: int, needed: bool
) -> None:
    assert (
        certificate_needed(requested, audited_cents=audited, threshold_cents=32_500_000) is needed
    )


def test_negative_amounts_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="never negative"):
        certificate_needed(-1, audited_cents=0, threshold_cents=1)
