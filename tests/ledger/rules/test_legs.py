import pytest

from ledger.rules import legs
from ledger.rules.legs import AccountRef, Leg


def amounts(of: tuple[Leg, ...]) -> list[tuple[str, str, int]]:
    return [(leg.debit.type, leg.credit.type, leg.amount) for leg in of if leg.amount]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (500, [("B.CLAIM", "B.SACC", 500), ("P.SEXP", "P.SPAY", 500), ("P.SPAY", "P.SADV", 200)]),
        (
            150,
            [
                ("B.CLAIM", "B.SACC", 150),
                ("P.SEXP", "P.SPAY", 150),
                ("P.SPAY", "P.SADV", 150),
                ("B.CLAIM", "B.VADV", 50),
                ("B.CLAIM", "B.VCH", 300),
            ],
        ),
        (0, [("B.CLAIM", "B.VADV", 200), ("B.CLAIM", "B.VCH", 300)]),
    ],
)
def test_a_claim_of_500_with_an_advance_of_200(
    accepted: int, expected: list[tuple[str, str, int]]
) -> None:
    certified = legs.claim_certified(
        1, voucher="v", payee="s", claimed=500, accepted=accepted, advance=200
    )
    assert amounts(certified) == expected


@pytest.mark.parametrize(("accepted", "advance"), [(501, 0), (-1, 0), (0, 501), (0, -1)])
def test_more_accepted_or_advanced_than_claimed_is_a_bug(accepted: int, advance: int) -> None:
    with pytest.raises(ValueError, match="claimed 500"):
        legs.claim_certified(
            1, voucher="v", payee="s", claimed=500, accepted=accepted, advance=advance
        )


@pytest.mark.parametrize("accepted", [-1, 101])
def test_more_coordination_accepted_than_claimed_is_a_bug(accepted: int) -> None:
    with pytest.raises(ValueError, match="claimed 100"):
        legs.coordination_accepted(1, partner="p", claimed=100, accepted=accepted, passed_on=0)


def test_what_the_union_pays_above_its_debt_is_prefinancing() -> None:
    assert amounts(legs.eu_paid(1, amount=100, receivable=70)) == [
        ("P.BANK", "P.EUREC", 70),
        ("P.BANK", "P.PREFIN", 30),
    ]
    assert amounts(legs.eu_paid(1, amount=70, receivable=100)) == [("P.BANK", "P.EUREC", 70)]


def test_keys_are_text_and_stay_on_their_side() -> None:
    (only,) = legs.voucher_issued(1, application=7, voucher=8, amount=5)
    assert only == Leg(AccountRef(1, "B.RESV", "7"), AccountRef(1, "B.VCH", "8"), 5)
