import pytest

from core.errors import DomainError
from ledger import api
from ledger.models import Settlement
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, Desk, a_paper
from tests.ledger import stories
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def settle(desk: Desk, **changed: object) -> Settlement:
    arguments = {
        "grant_max": 10_000_000,
        "document": desk.paper,
        "actor": desk.actor,
        "approver": desk.approver,
        "at": AT,
    } | changed
    return api.settle(desk.book, **arguments)  # type: ignore[arg-type]  # as named above


def test_worked_example_coordination_above_a_third_is_borne_by_the_partners() -> None:
    desk = stories.settled(support=600_000, coordination=250_000, grant=1_000_000)
    row = settle(desk, grant_max=1_000_000)
    assert (row.payable, row.coord_part) == (800_000, 200_000)
    assert desk.balance(T.PREC, stories.PARTNER) == 50_000
    assert desk.balance(T.EUDUE) == 200_000


@pytest.mark.parametrize(
    ("support", "coordination", "parts"),
    [
        (300_000, 0, (300_000, 300_000, 0)),
        (300_000, 100_000, (400_000, 300_000, 100_000)),
        (300_000, 100_001, (400_000, 300_000, 100_000)),
        (2, 1, (2, 2, 0)),
        (0, 250_000, (0, 0, 0)),
    ],
)
def test_settlement_pays_the_formula(
    support: int, coordination: int, parts: tuple[int, int, int]
) -> None:
    desk = stories.settled(support=support, coordination=coordination)
    row = settle(desk)
    assert (row.payable, row.sme_part, row.coord_part) == parts
    assert desk.balance(T.INCOME) == row.payable
    assert desk.balance(T.PREC, stories.PARTNER) == coordination - row.coord_part
    assert desk.balance(T.EUDUE) == 10_000_000 - row.payable
    assert api.invariants(desk.book) == []


def test_shortfall_is_borne_by_accepted_cost_to_the_cent() -> None:
    desk = stories.settled(support=300, coordination=0)
    for partner, cents in (("a", 100), ("b", 100), ("c", 101)):
        stories.accept_coordination(desk, claimed=cents, accepted=cents, partner=partner)
    settle(desk)
    borne = api.balances_by_key(desk.book, type=T.PREC)
    assert borne == {"a": 67, "b": 67, "c": 67}


def test_the_partners_can_be_given_and_must_add_up() -> None:
    desk = stories.settled(support=300, coordination=200)
    with pytest.raises(DomainError, match="add up to"):
        settle(desk, partners={"p1": 199})
    row = settle(desk, partners={"p1": 120, "p2": 80})
    assert row.coord_part == 100
    assert api.balances_by_key(desk.book, type=T.PREC) == {"p1": 60, "p2": 40}


def test_settling_again_with_the_same_figures_is_the_same_settlement() -> None:
    desk = stories.settled(support=300, coordination=200)
    first = settle(desk)
    assert settle(desk) == first
    assert str(first) == f"{desk.book.code} settlement 1"
    second = settle(desk, document=a_paper(by=desk.actor))
    assert second.n == 2
    assert desk.balance(T.INCOME) == 400
    assert api.invariants(desk.book) == []


def test_a_second_settlement_follows_a_clawback() -> None:
    desk = stories.settled(support=300_000, coordination=100_000)
    settle(desk)
    stories.claw_back(desk, amount=30_000, settled=True)
    row = settle(desk)
    assert (row.n, row.payable, row.coord_part) == (2, 360_000, 90_000)
    assert desk.balance(T.EUDUE) == 10_000_000 - 360_000
    assert desk.balance(T.PREC, stories.PARTNER) == 10_000
    assert desk.balance(T.LAPSED) == 10_000_000 - 270_000 - 100_000


def award_and_issue(desk: Desk) -> None:
    stories.award(desk, amount=5)
    stories.issue(desk, amount=5)


@pytest.mark.parametrize(
    ("open_it", "words"),
    [
        (lambda d: stories.award(d, amount=5), "amount reserved"),
        (award_and_issue, "open value"),
        (lambda d: d.move(K.COORDINATION_CLAIMED, (T.COORD, T.CCLAIM), 5), "coordination claimed"),
    ],
)
def test_nothing_is_settled_while_something_is_open(open_it: object, words: str) -> None:
    desk = stories.settled(support=300_000, coordination=0)
    open_it(desk)  # type: ignore[operator]  # one of the functions above
    with pytest.raises(DomainError, match=f"can’t be settled yet: .*{words}"):
        settle(desk)
    assert not Settlement.objects.exists()


def test_the_grant_is_not_settled_above_its_award() -> None:
    desk = stories.settled(support=300_000, coordination=0)
    with pytest.raises(DomainError, match="can’t be above"):
        settle(desk, grant_max=10_000_001)


def test_one_person_alone_settles_nothing() -> None:
    desk = stories.settled(support=300_000, coordination=0)
    with pytest.raises(DomainError, match="Two different persons"):
        settle(desk, approver=desk.actor)


def test_prefinancing_is_cleared_and_the_balance_asked_for() -> None:
    """Worked example 3 without its interim: 700 000 received of 1 320 000."""
    desk = stories.settled(support=105_000_000, coordination=27_000_000, grant=140_000_000)
    desk.move(K.INTERIM, (T.EUREC, T.INCOME), 120_000_000)
    row = settle(desk, grant_max=140_000_000)
    assert row.payable == 132_000_000
    assert desk.balance(T.PREFIN) == desk.balance(T.EUREC) == 0
    assert desk.balance(T.EUDUE) == 140_000_000 - 132_000_000
