import pytest

from ledger.rules.floors import Refusal, Share, Standing, Why, first_refusal, pair_of
from ledger.rules.kinds import Kind
from ledger.rules.legs import AccountRef, Leg

POOL, CALL = AccountRef(1, "B.POOL"), AccountRef(1, "B.CALL", "k")
COORD, APPR, AWARD = AccountRef(1, "B.COORD"), AccountRef(1, "B.APPR"), AccountRef(1, "B.AWARD")
CCLAIM, CACC = AccountRef(1, "B.CCLAIM"), AccountRef(1, "B.CACC")
BANK, PREFIN = AccountRef(1, "P.BANK"), AccountRef(1, "P.PREFIN")


@pytest.mark.parametrize(("amount", "refused"), [(99, False), (100, False), (101, True)])
def test_an_account_may_be_emptied_and_not_a_cent_more(amount: int, refused: bool) -> None:
    refusal = first_refusal(
        [Leg(POOL, CALL, amount)],
        standings={POOL: Standing(100), CALL: Standing(0)},
        split=None,
    )
    assert refusal == (Refusal(Why.FLOOR, POOL, 100, 101) if refused else None)


def test_a_debit_account_falls_when_it_is_credited() -> None:
    back = first_refusal(
        [Leg(AccountRef(1, "P.EUDUE"), BANK, 5)],
        standings={AccountRef(1, "P.EUDUE"): Standing(9), BANK: Standing(4)},
        split=None,
    )
    assert back == Refusal(Why.FLOOR, BANK, 4, 5)


def test_filling_before_emptying_passes_and_the_other_order_does_not() -> None:
    legs = [Leg(BANK, PREFIN, 10), Leg(AccountRef(1, "P.PADV", "p"), BANK, 10)]

    def standings() -> dict[AccountRef, Standing]:
        return {ref: Standing(0) for leg in legs for ref in (leg.debit, leg.credit)}

    assert first_refusal(legs, standings=standings(), split=None) is None
    assert first_refusal(legs[::-1], standings=standings(), split=None) == Refusal(
        Why.FLOOR, BANK, 0, 10
    )


def test_a_control_account_has_no_floor() -> None:
    standings = {AWARD: Standing(0), APPR: Standing(9)}
    assert first_refusal([Leg(APPR, AWARD, 9)], standings=standings, split=None) is None


def test_a_closed_account_takes_nothing() -> None:
    standings = {POOL: Standing(5), CALL: Standing(0, closed=True)}
    refusal = first_refusal([Leg(POOL, CALL, 1)], standings=standings, split=None)
    assert refusal == Refusal(Why.CLOSED, CALL, 0, 1)


@pytest.mark.parametrize(("moved", "refused"), [(50, False), (51, True)])
def test_coordination_never_gets_more_than_its_part(moved: int, refused: bool) -> None:
    standings = {
        AWARD: Standing(1000),
        APPR: Standing(0),
        POOL: Standing(800),
        COORD: Standing(100),
        CCLAIM: Standing(60),
        CACC: Standing(40),
    }
    refusal = first_refusal([Leg(POOL, COORD, moved)], standings=standings, split=Share(3, 4))
    assert refusal == (Refusal(Why.EARMARK, COORD, 250, 251) if refused else None)


@pytest.mark.parametrize(
    ("kind", "leg", "reason"),
    [
        (Kind.AWARD, Leg(POOL, CALL, 1), "may not post"),
        (Kind.SME_CALL_OPENED, Leg(POOL, AccountRef(2, "B.CALL", "k"), 1), "another"),
        (
            Kind.CLAIM_SUBMITTED,
            Leg(AccountRef(1, "B.VCH", "v"), AccountRef(1, "B.CLAIM", "w"), 1),
            "from v to w",
        ),
        (Kind.SME_CALL_OPENED, Leg(POOL, CALL, -1), "whole number of cents: -1"),
        (Kind.SME_CALL_OPENED, Leg(POOL, CALL, True), "whole number of cents: True"),
    ],
)
def test_what_the_closed_list_does_not_have_is_a_bug(kind: Kind, leg: Leg, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        pair_of(kind, leg=leg)


def test_the_closed_list_names_the_row_of_the_table() -> None:
    assert pair_of("sme_call_opened", leg=Leg(POOL, CALL, 1)).row == "5"
