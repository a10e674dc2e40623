"""Every kind of posting, cent by cent: what each row of the table moves."""

from __future__ import annotations

import pytest

from ledger import api
from ledger.models import Posting
from ledger.rules.chart import AccountType as T
from ledger.rules.kinds import PAIRS
from tests.factories.ledger import AT, Desk, a_desk, an_awarded_desk
from tests.ledger import stories as s
from tests.ledger.stories import K

pytestmark = pytest.mark.django_db


def held(desk: Desk) -> dict[str, int]:
    """Balances that are not zero, without the award, the cash and the limits."""
    left = {k: v for k, v in api.balances(desk.book).items() if v and k[0] != "L"}
    return {k: v for k, v in left.items() if k not in {"B.AWARD", "P.PREFIN"}}


def advanced_and_cancelled() -> Desk:
    desk = s.with_voucher(amount=500_000)
    s.order_advance(desk, amount=150_000)
    legs = api.legs.advance_cancelled(desk.book.pk, voucher=s.VOUCHER, payee=s.SME, amount=50_000)
    desk.post(K.ADVANCE_CANCELLED, legs)
    s.pay_sme(desk, amount=100_000, kind=K.ADVANCE_EXECUTED)
    back = api.legs.advance_returned(desk.book.pk, voucher=s.VOUCHER, amount=20_000)
    desk.post(K.ADVANCE_RETURNED, back)
    assert desk.balance(T.VADV, s.VOUCHER) == desk.balance(T.SADV, s.VOUCHER) == 80_000
    assert desk.balance(T.VCH, s.VOUCHER) == 420_000
    assert desk.balance(T.BANK) == 10_000_000 - 80_000
    return desk


def claimed_over_an_advance() -> Desk:
    desk = advanced_and_cancelled()
    s.claim(desk, claimed=200_000, advance=80_000)
    assert desk.balance(T.CLAIM, s.VOUCHER) == 200_000
    s.certify(desk, claimed=200_000, accepted=60_000, advance=80_000)
    assert desk.balance(T.SACC) == desk.balance(T.SEXP) == 60_000
    assert desk.balance(T.VADV, s.VOUCHER) == desk.balance(T.SADV, s.VOUCHER) == 20_000
    assert desk.balance(T.VCH, s.VOUCHER) == 420_000
    assert desk.balance(T.SPAY, s.SME) == 0
    s.claim(desk, claimed=100_000, advance=20_000)
    legs = api.legs.claim_refused(desk.book.pk, voucher=s.VOUCHER, claimed=100_000, advance=20_000)
    desk.post(K.CLAIM_REFUSED, legs)
    s.claim(desk, claimed=300_000)
    s.certify(desk, claimed=300_000, accepted=250_000)
    assert desk.balance(T.SPAY, s.SME) == 250_000
    return desk


def paid_returned_and_ended() -> Desk:
    desk = claimed_over_an_advance()
    s.pay_sme(desk, amount=250_000)
    back = api.legs.payment_returned(desk.book.pk, payee=s.SME, amount=250_000)
    desk.post(K.PAYMENT_RETURNED, back)
    s.pay_sme(desk, amount=250_000)
    s.end_voucher(desk, rest=170_000, advance=20_000)
    assert desk.balance(T.CALL, s.CALL) == 5_000_000 - 500_000 + 190_000
    assert desk.balance(T.SREC, s.SME) == 20_000
    assert desk.balance(T.USED, s.GROUP) == 330_000
    return desk


def recovered_and_written_off() -> Desk:
    desk = paid_returned_and_ended()
    book = desk.book.pk
    s.claw_back(desk, amount=50_000, settled=False)
    assert desk.balance(T.SREC, s.SME) == 70_000
    paid = api.legs.recovery_paid(book, payee=s.SME, group=s.GROUP, amount=60_000)
    desk.post(K.RECOVERY_PAID, paid)
    given_up = api.legs.written_off(book, payee=s.SME, group=s.GROUP, amount=10_000)
    desk.post(K.WRITTEN_OFF, given_up)
    assert desk.balance(T.LOSS) == 10_000
    assert desk.balance(T.SREC, s.SME) == 0
    assert desk.balance(T.USED, s.GROUP) == desk.balance(T.SACC) == 260_000
    return desk


def call_done_then_voucher_ended() -> Desk:
    desk = s.with_voucher(amount=500_000)
    s.order_advance(desk, amount=100_000)
    desk.move(K.SME_CALL_DONE, (T.CALL, T.POOL), 4_500_000, keys=(s.CALL, ""))
    s.end_voucher(desk, rest=400_000, advance=100_000, call=None)
    assert desk.balance(T.POOL) == 7_500_000
    return desk


def award_that_lapsed() -> Desk:
    desk = an_awarded_desk(grant=10_000_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 5_000_000, keys=("", s.CALL))
    s.award(desk, amount=700_000)
    assert desk.balance(T.CAP, s.GROUP) == s.CAP - 700_000
    legs = api.legs.award_lapsed(
        desk.book.pk, call=s.CALL, application=s.APPLICATION, group=s.GROUP, amount=700_000
    )
    desk.post(K.AWARD_LAPSED, legs)
    assert desk.balance(T.CALL, s.CALL) == 5_000_000
    assert desk.balance(T.CAP, s.GROUP) == s.CAP
    return desk


def groups_above_their_cap() -> Desk:
    """1 000 000 of two groups under one cap of 600 000: what comes back is first what is above."""
    desk = an_awarded_desk(grant=10_000_000)
    book = desk.book.pk
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 5_000_000, keys=("", s.CALL))
    for group, application, amount in (
        (s.GROUP, "a", 500),
        ("other", "b", 400),
        ("other", "c", 100),
    ):
        s.open_headroom(desk, cap=600_000, group=group)
        s.award(desk, amount=amount * 1_000, application=application, group=group)
    s.issue(desk, amount=500_000, application="a")
    s.order_advance(desk, amount=100_000)
    api.join_headroom(
        desk.book, first=s.GROUP, second="other", document=desk.paper, actor=desk.actor, at=AT
    )
    assert api.headroom(book, s.GROUP) == api.Headroom(cap=600_000, room=0, used=1_000_000)
    legs = api.legs.award_lapsed(
        book, call=s.CALL, application="c", group=s.GROUP, amount=100_000, above=400_000
    )
    desk.post(K.AWARD_LAPSED, legs)
    s.end_voucher(desk, rest=100_000, advance=100_000, above=300_000)
    paid = api.legs.recovery_paid(book, payee=s.SME, group=s.GROUP, amount=60_000, above=200_000)
    desk.post(K.RECOVERY_PAID, paid)
    lost = api.legs.written_off(book, payee=s.SME, group=s.GROUP, amount=40_000, above=140_000)
    desk.post(K.WRITTEN_OFF, lost)
    assert api.headroom(book, s.GROUP).above == 100_000
    s.end_voucher(desk, rest=300_000, above=100_000)
    assert api.headroom(book, s.GROUP) == api.Headroom(cap=600_000, room=200_000, used=400_000)
    return desk


def coordination() -> Desk:
    desk = s.settled(support=4_500_000, coordination=0)
    desk.move(K.PASSED_ON, (T.PADV, T.BANK), 300_000, keys=(s.PARTNER, ""))
    desk.move(K.PASSED_BACK, (T.BANK, T.PADV), 50_000, keys=("", s.PARTNER))
    s.accept_coordination(desk, claimed=500_000, accepted=400_000)
    assert desk.balance(T.PPAY, s.PARTNER) == 150_000
    assert desk.balance(T.CACC) == desk.balance(T.CEXP) == 400_000
    desk.move(K.COORDINATION_PAID, (T.PPAY, T.BANK), 150_000, keys=(s.PARTNER, ""))
    desk.move(K.COORDINATION_RETURNED, (T.BANK, T.PPAY), 150_000, keys=("", s.PARTNER))
    desk.move(K.COORDINATION_PAID, (T.PPAY, T.BANK), 150_000, keys=(s.PARTNER, ""))
    legs = api.legs.coordination_clawed_back(
        desk.book.pk, partner=s.PARTNER, amount=30_000, settled=False
    )
    desk.post(K.COORDINATION_CLAWED_BACK, legs)
    desk.move(K.PARTNER_REPAID, (T.BANK, T.PREC), 30_000, keys=("", s.PARTNER))
    desk.move(K.PASSED_ON, (T.PADV, T.BANK), 10_000, keys=(s.PARTNER, ""))
    desk.move(K.PARTNER_LEFT, (T.PREC, T.PADV), 10_000, keys=(s.PARTNER, s.PARTNER))
    assert desk.balance(T.PREC, s.PARTNER) == 10_000
    assert desk.balance(T.COORD) == 2_500_000 - 370_000
    return desk


def interim_with_the_union() -> Desk:
    desk = s.settled(support=4_500_000, coordination=500_000)
    desk.post(K.INTERIM, api.legs.interim(desk.book.pk, income=5_000_000, cleared=1_000_000))
    assert desk.balance(T.EUREC) == 4_000_000
    paid = api.legs.eu_paid(desk.book.pk, amount=4_100_000, receivable=desk.balance(T.EUREC))
    desk.post(K.EU_PAID, paid)
    assert desk.balance(T.EUREC) == 0
    assert desk.balance(T.PREFIN) == 9_100_000
    return desk


def amended() -> Desk:
    desk = an_awarded_desk(grant=1_000)
    book = desk.book.pk
    desk.move(K.EARMARK_MOVED, (T.COORD, T.POOL), 50)
    desk.move(K.EARMARK_MOVED, (T.POOL, T.COORD), 50)
    up = [
        api.leg(book, T.AWARD, T.APPR, 100),
        api.leg(book, T.APPR, T.POOL, 75),
        api.leg(book, T.APPR, T.COORD, 25),
    ]
    desk.post(K.AMENDMENT_UP, up)
    down = [
        api.leg(book, T.COORD, T.APPR, 50),
        api.leg(book, T.POOL, T.APPR, 150),
        api.leg(book, T.APPR, T.AWARD, 200),
    ]
    desk.post(K.AMENDMENT_DOWN, down)
    assert held(desk) == {"B.POOL": 675, "B.COORD": 225, "P.BANK": 1_000}
    return desk


def settled_and_clawed_back_and_settled_again() -> Desk:
    """S = 4 500 000 carries 1 500 000 of coordination; partners bear 500 000 of 2 000 000."""
    desk = s.settled(support=4_500_000, coordination=2_000_000)
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 1, keys=("", ""))
    s.settle(desk)
    assert desk.balance(T.INCOME) == 6_000_000
    assert desk.balance(T.EUDUE) == 4_000_000
    assert desk.balance(T.PREC, s.PARTNER) == 500_000
    assert desk.balance(T.LAPSED) == 10_000_000 - 6_500_000
    legs = api.legs.recovery_order_paid(desk.book.pk, amount=4_000_000, own_money=5)
    desk.post(K.RECOVERY_ORDER_PAID, legs)
    s.claw_back(desk, amount=300_000, settled=True)
    back = api.legs.coordination_clawed_back(
        desk.book.pk, partner=s.PARTNER, amount=800_000, settled=True
    )
    desk.post(K.COORDINATION_CLAWED_BACK, back)
    s.settle(desk)
    assert desk.balance(T.INCOME) == 4_200_000 + 1_200_000
    assert desk.balance(T.CEXP) == 1_200_000
    assert desk.balance(T.PPAY, s.PARTNER) == 2_000_000 + 500_000
    return desk


def settled_below_what_was_paid_then_raised() -> Desk:
    """A reduction imposed to 3 000 000 leaves 1 500 000 of support on own funds."""
    desk = s.settled(support=4_500_000, coordination=0)
    desk.post(K.INTERIM, api.legs.interim(desk.book.pk, income=4_500_000, cleared=0))
    s.settle(desk, grant_max=3_000_000)
    assert desk.balance(T.LOSS) == 1_500_000
    assert desk.balance(T.SEXP) == desk.balance(T.INCOME) == 3_000_000
    s.settle(desk, grant_max=4_000_000)
    assert desk.balance(T.LOSS) == 500_000
    assert desk.balance(T.INCOME) == 4_000_000
    offset = min(desk.balance(T.EUDUE), desk.balance(T.EUREC))
    assert offset > 0
    desk.move(K.RECOVERY_OFFSET, (T.EUDUE, T.EUREC), offset)
    return desk


def balance_still_to_come() -> Desk:
    desk = a_desk()
    book = desk.book
    legs = api.legs.awarded(book.pk, grant=1_000, planned=900, n=3, d=4)
    desk.post(K.AWARD, legs)
    desk.move(K.OWN_MONEY_IN, (T.BANK, T.OWN), 900)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 900, keys=("", s.CALL))
    s.award(desk, amount=600)
    s.issue(desk, amount=600)
    s.claim(desk, claimed=600)
    s.certify(desk, claimed=600, accepted=600)
    s.pay_sme(desk, amount=600)
    s.settle(desk, grant_max=1_000)
    assert desk.balance(T.EUREC) == 600
    desk.move(K.BALANCE_RECEIVED, (T.BANK, T.EUREC), 600)
    return desk


STORIES = [
    recovered_and_written_off,
    call_done_then_voucher_ended,
    award_that_lapsed,
    groups_above_their_cap,
    coordination,
    interim_with_the_union,
    amended,
    settled_and_clawed_back_and_settled_again,
    settled_below_what_was_paid_then_raised,
    balance_still_to_come,
    s.issued_at_once,
]


@pytest.mark.parametrize("story", STORIES)
def test_every_invariant_holds_after(story: object) -> None:
    desk = story()  # type: ignore[operator]  # a list of functions
    assert api.invariants(desk.book) == []


def test_the_stories_use_every_line_of_the_closed_list() -> None:
    for story in STORIES:
        story()
    used = set(Posting.objects.values_list("event__kind", "debit__type", "credit__type"))
    assert {(p.kind, p.debit, p.credit) for p in PAIRS} - used == set()
