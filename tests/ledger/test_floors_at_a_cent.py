"""Every floor at its edge: the last cent may be taken, one more is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import transaction

from core.errors import DomainError
from ledger import api
from ledger.rules.chart import CHART
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import Desk, a_desk, an_awarded_desk
from tests.ledger import stories
from tests.ledger.stories import K

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


class Edge(NamedTuple):
    """``make`` a book in which the account holds 1 000 cents; ``pair`` takes from it."""

    account: T
    make: Callable[[], Desk]
    kind: api.Kind
    pair: tuple[T, T]
    keys: tuple[str, str] = ("", "")


V, SME, P = stories.VOUCHER, stories.SME, stories.PARTNER
KEYS = {
    "SME call": stories.CALL,
    "application": stories.APPLICATION,
    "voucher": V,
    "payee": SME,
    "partner": P,
    "group": stories.GROUP,
}


def open_call() -> Desk:
    desk = an_awarded_desk(grant=10_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 1_000, keys=("", stories.CALL))
    return desk


def reserved() -> Desk:
    desk = open_call()
    stories.award(desk, amount=1_000)
    return desk


def issued() -> Desk:
    desk = reserved()
    stories.issue(desk, amount=1_000)
    return desk


def advanced() -> Desk:
    desk = issued()
    stories.order_advance(desk, amount=1_000)
    return desk


def advance_claimed() -> Desk:
    """A claim on all of the advance: what is out is then part of the claim alone."""
    desk = advanced()
    stories.claim(desk, claimed=1_000, advance=1_000)
    return desk


def claimed() -> Desk:
    desk = issued()
    stories.claim(desk, claimed=1_000)
    return desk


def certified() -> Desk:
    desk = claimed()
    stories.certify(desk, claimed=1_000, accepted=1_000)
    return desk


def no_longer_spent() -> Desk:
    """Accepted support may not fall below what is spent, so the spending goes first."""
    desk = certified()
    desk.move(K.CLAWED_BACK, (T.SREC, T.SEXP), desk.balance(T.SEXP), keys=(SME, ""))
    return desk


def no_longer_carried() -> Desk:
    """The same of coordination."""
    desk = coordinated()
    desk.move(K.COORDINATION_CLAWED_BACK, (T.PREC, T.CEXP), desk.balance(T.CEXP), keys=(P, ""))
    return desk


def clawed_back() -> Desk:
    desk = certified()
    stories.claw_back(desk, amount=1_000, settled=False)
    return desk


def moved(kind: api.Kind, pair: tuple[T, T], *, key: str = "") -> Callable[[], Desk]:
    """1 000 cents moved in a grant whose pool and coordination are 3 000 and 1 000."""

    def make() -> Desk:
        desk = an_awarded_desk(grant=4_000)
        keys = tuple(key if CHART[type_].key else "" for type_ in pair)
        desk.move(kind, pair, 1_000, keys=(keys[0], keys[1]))
        return desk

    return make


def coordinated() -> Desk:
    desk = an_awarded_desk(grant=4_000)
    stories.accept_coordination(desk, claimed=1_000, accepted=1_000)
    return desk


def partner_owes() -> Desk:
    desk = coordinated()
    legs = api.legs.coordination_clawed_back(desk.book.pk, partner=P, amount=1_000, settled=False)
    desk.post(K.COORDINATION_CLAWED_BACK, legs)
    return desk


def pool_of_1000() -> Desk:
    desk = an_awarded_desk(grant=4_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 2_000, keys=("", stories.CALL))
    return desk


def receivable() -> Desk:
    """Accepted and settled at 1 000; nothing was received before."""
    desk = certified()
    stories.pay_sme(desk, amount=1_000)
    desk.post(K.INTERIM, api.legs.interim(desk.book.pk, income=1_000, cleared=0))
    return desk


def prefinanced() -> Desk:
    """4 000 received and all of it earned; 3 000 of the prefinancing is cleared."""
    desk = an_awarded_desk(grant=4_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 3_000, keys=("", stories.CALL))
    stories.award(desk, amount=3_000)
    stories.issue(desk, amount=3_000)
    stories.claim(desk, claimed=3_000)
    stories.certify(desk, claimed=3_000, accepted=3_000)
    stories.accept_coordination(desk, claimed=1_000, accepted=1_000)
    desk.post(K.INTERIM, api.legs.interim(desk.book.pk, income=4_000, cleared=3_000))
    return desk


def recovery_order() -> Desk:
    """10 000 received, 9 000 of it accepted: 1 000 is due."""
    desk = an_awarded_desk(grant=10_000)
    desk.move(K.EARMARK_MOVED, (T.COORD, T.POOL), 2_500)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 9_000, keys=("", stories.CALL))
    stories.award(desk, amount=9_000)
    stories.issue(desk, amount=9_000)
    stories.claim(desk, claimed=9_000)
    stories.certify(desk, claimed=9_000, accepted=9_000)
    stories.pay_sme(desk, amount=9_000)
    stories.settle(desk, grant_max=10_000)
    return desk


EDGES = [
    Edge(T.POOL, pool_of_1000, K.SME_CALL_OPENED, (T.POOL, T.CALL), ("", "k2")),
    Edge(T.CALL, open_call, K.SME_CALL_DONE, (T.CALL, T.POOL), (stories.CALL, "")),
    Edge(T.RESV, reserved, K.VOUCHER_ISSUED, (T.RESV, T.VCH), (stories.APPLICATION, V)),
    Edge(T.VCH, issued, K.CLAIM_SUBMITTED, (T.VCH, T.CLAIM), (V, V)),
    Edge(T.VADV, advanced, K.CLAIM_SUBMITTED, (T.VADV, T.CLAIM), (V, V)),
    Edge(T.CLAIM, claimed, K.CLAIM_REFUSED, (T.CLAIM, T.VCH), (V, V)),
    Edge(T.SACC, no_longer_spent, K.CLAWED_BACK, (T.SACC, T.POOL)),
    Edge(T.SEXP, certified, K.CLAWED_BACK, (T.SREC, T.SEXP), (SME, "")),
    Edge(T.SPAY, certified, K.PAYMENT_EXECUTED, (T.SPAY, T.BANK), (SME, "")),
    Edge(T.SADV, advance_claimed, K.ADVANCE_RETURNED, (T.BANK, T.SADV), ("", V)),
    Edge(T.SREC, clawed_back, K.RECOVERY_PAID, (T.BANK, T.SREC), ("", SME)),
    Edge(
        T.COORD,
        lambda: an_awarded_desk(grant=4_000),
        K.COORDINATION_CLAIMED,
        (T.COORD, T.CCLAIM),
    ),
    Edge(
        T.CCLAIM,
        moved(K.COORDINATION_CLAIMED, (T.COORD, T.CCLAIM)),
        K.COORDINATION_ACCEPTED,
        (T.CCLAIM, T.CACC),
    ),
    Edge(T.CACC, no_longer_carried, K.COORDINATION_CLAWED_BACK, (T.CACC, T.COORD)),
    Edge(T.CEXP, coordinated, K.COORDINATION_CLAWED_BACK, (T.PREC, T.CEXP), (P, "")),
    Edge(T.PPAY, coordinated, K.COORDINATION_PAID, (T.PPAY, T.BANK), (P, "")),
    Edge(
        T.PADV,
        moved(K.PASSED_ON, (T.PADV, T.BANK), key=P),
        K.PASSED_BACK,
        (T.BANK, T.PADV),
        ("", P),
    ),
    Edge(T.PREC, partner_owes, K.PARTNER_REPAID, (T.BANK, T.PREC), ("", P)),
    Edge(T.BANK, lambda: an_awarded_desk(grant=1_000), K.PASSED_ON, (T.PADV, T.BANK), (P, "")),
    Edge(T.PREFIN, prefinanced, K.INTERIM, (T.PREFIN, T.EUREC)),
    Edge(T.EUREC, receivable, K.EU_PAID, (T.BANK, T.EUREC)),
    Edge(T.EUDUE, recovery_order, K.RECOVERY_ORDER_PAID, (T.EUDUE, T.BANK)),
    Edge(T.USED, reserved, K.AWARD_LAPSED, (T.USED, T.CAP), (stories.GROUP, stories.GROUP)),
]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.account.value)
def test_the_last_cent_may_be_taken_and_not_one_more(edge: Edge) -> None:
    desk = edge.make()
    key = KEYS.get(CHART[edge.account].key, "")
    assert desk.balance(edge.account, key) == 1_000
    for cents, told in ((1_001, "10.00.*10.01"), (1_000, ""), (1, "0.00.*0.01")):
        if not told:
            desk.move(edge.kind, edge.pair, cents, keys=edge.keys)
            assert desk.balance(edge.account, key) == 0
            continue
        with pytest.raises(DomainError, match=f"holds EUR.{told}"), transaction.atomic():
            desk.move(edge.kind, edge.pair, cents, keys=edge.keys)


def test_the_head_room_of_a_group_is_used_to_the_last_cent() -> None:
    desk = open_call()
    stories.open_headroom(desk, cap=700)
    keys = (stories.GROUP, stories.GROUP)
    with pytest.raises(DomainError, match=r"holds EUR.7.00, and this needs EUR.7.01"):
        desk.move(K.APPLICATION_AWARDED, (T.CAP, T.USED), 701, keys=keys)
    desk.move(K.APPLICATION_AWARDED, (T.CAP, T.USED), 700, keys=keys)
    assert desk.balance(T.CAP, stories.GROUP) == 0


@pytest.mark.parametrize("over", [0, 1])
def test_the_split_of_a_grant_takes_all_of_it_and_not_a_cent_more(over: int) -> None:
    desk = a_desk()
    legs = [
        api.leg(desk.book.pk, T.AWARD, T.APPR, 4_000),
        api.leg(desk.book.pk, T.APPR, T.POOL, 3_000 + over),
        api.leg(desk.book.pk, T.APPR, T.COORD, 1_000),
    ]
    if over:
        with pytest.raises(DomainError, match=r"not yet split: it holds EUR.9.99"):
            desk.post(K.AWARD, legs)
    else:
        desk.post(K.AWARD, legs)
        assert desk.balance(T.APPR) == 0


def test_every_account_that_events_empty_is_at_its_edge_here() -> None:
    """The others only fill up, or are emptied by the settlement alone, by what they hold."""
    filled = {T.LAPSED, T.OWN, T.LOSS, T.INCOME}
    floored = {type_ for type_, spec in CHART.items() if spec.floor == 0}
    assert {edge.account for edge in EDGES} | filled | {T.APPR, T.CAP} == floored
