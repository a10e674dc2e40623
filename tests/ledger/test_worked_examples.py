"""The domain's worked examples that touch money, to the cent, through the rules and the ledger."""

from __future__ import annotations

import pytest

from core.errors import DomainError
from grants.rules.budget import Budget, BudgetTerms, Costs, budget
from grants.rules.interim import interim
from ledger import api
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import Desk, a_desk
from tests.ledger import stories
from tests.ledger.stories import K
from vouchers.rules import claim as claims
from vouchers.rules import voucher_amount as amounts

pytestmark = pytest.mark.django_db
EUR = 100
GRANT = 1_400_000 * EUR


# ---------------------------------------------------------- the budget and its share


def the_budget(*, base_includes_d1: bool) -> Budget:
    """A 240 000, B 30 000, C 60 000 and 1 050 000 for SMEs; 7 %, 90 %, and 100 % for SMEs."""
    terms = BudgetTerms(
        rate_a=9_000,
        rate_b=9_000,
        rate_c=9_000,
        rate_d1=10_000,
        rate_e=9_000,
        indirect_rate=700,
        indirect_base_includes_d1=base_includes_d1,
        grant_max=GRANT,
        share_n=3,
        share_d=4,
    )
    costs = Costs(a=240_000 * EUR, b=30_000 * EUR, c3=60_000 * EUR, d1=1_050_000 * EUR)
    return budget([costs], terms=terms)


def awarded(*, grant: int, support: int) -> Desk:
    desk = a_desk()
    legs = api.legs.awarded(desk.book.pk, grant=grant, planned=support, n=3, d=4)
    desk.post(K.AWARD, legs)
    return desk


def test_overheads_without_sme_support_in_their_base_leave_76_77_per_cent_to_smes() -> None:
    made = the_budget(base_includes_d1=False)
    assert (made.indirect, made.total) == (23_100 * EUR, 1_403_100 * EUR)
    assert made.requested == 1_367_790 * EUR
    desk = awarded(grant=made.requested, support=made.sme)
    assert (desk.balance(T.POOL), desk.balance(T.COORD)) == (1_050_000 * EUR, 317_790 * EUR)
    assert 76_765 * made.requested < 100_000 * made.sme < 76_775 * made.requested


def test_overheads_with_it_are_capped_where_the_share_is_exactly_three_quarters() -> None:
    made = the_budget(base_includes_d1=True)
    assert (made.indirect, made.total) == (96_600 * EUR, 1_476_600 * EUR)
    assert (made.contribution, made.requested) == (1_433_940 * EUR, GRANT)
    assert 4 * made.sme == 3 * made.requested
    assert made.is_share_kept
    desk = awarded(grant=made.requested, support=made.sme)
    assert desk.balance(T.POOL) == made.sme == api.share.sme_pool(GRANT)


@pytest.mark.parametrize(("support", "lawful"), [(105_000_000, True), (104_999_999, False)])
def test_the_share_passes_on_its_edge_and_fails_one_cent_below(support: int, lawful: bool) -> None:
    assert api.share.earmark_holds(sme=support, coordination=GRANT - support) is lawful
    desk = a_desk()
    legs = [
        api.leg(desk.book.pk, T.AWARD, T.APPR, GRANT),
        api.leg(desk.book.pk, T.APPR, T.POOL, support),
        api.leg(desk.book.pk, T.APPR, T.COORD, GRANT - support),
    ]
    if lawful:
        desk.post(K.AWARD, legs)
    else:
        with pytest.raises(DomainError, match="kept for SMEs"):
            desk.post(K.AWARD, legs)
    assert desk.balance(T.POOL) == (support if lawful else 0)


def test_an_agreement_one_cent_below_the_share_opens_the_pool_at_the_share() -> None:
    desk = awarded(grant=GRANT, support=104_999_999)
    assert (desk.balance(T.POOL), desk.balance(T.COORD)) == (105_000_000, 35_000_000)


# ------------------------------------------------ interim payments and the balance


def accepted(desk: Desk, *, support: int, coordination: int, voucher: str) -> None:
    """A report's accepted costs: one voucher for all its SME support, paid at once."""
    stories.open_headroom(desk, cap=GRANT, group=voucher)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), support, keys=("", stories.CALL))
    stories.award(desk, amount=support, application=voucher, group=voucher)
    stories.issue(desk, amount=support, application=voucher, voucher=voucher)
    stories.claim(desk, claimed=support, voucher=voucher)
    stories.certify(desk, claimed=support, accepted=support, voucher=voucher)
    stories.pay_sme(desk, amount=support)
    if coordination:
        stories.accept_coordination(desk, claimed=coordination, accepted=coordination)


def paid_interim(desk: Desk, *, paid: int) -> int:
    """Post an interim payment after ``paid`` cents so far; what the Union then pays."""
    found = interim(
        api.final_grant_today(desk.book),
        income_cents=desk.balance(T.INCOME),
        paid_cents=paid,
        grant_max_cents=GRANT,
        ceiling_bp=9_000,
    )
    desk.post(K.INTERIM, api.legs.interim(desk.book.pk, income=found.earned, cleared=0))
    owed = desk.balance(T.EUREC)
    legs = api.legs.eu_paid(desk.book.pk, amount=found.payable, receivable=owed)
    desk.post(K.EU_PAID, legs)
    return found.payable


def prefinanced() -> Desk:
    """1 400 000, of which one half was paid in advance."""
    desk = awarded(grant=GRANT, support=1_050_000 * EUR)
    desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 700_000 * EUR)
    return desk


def test_an_interim_payment_is_limited_by_the_ceiling_to_560_000() -> None:
    desk = prefinanced()
    accepted(desk, support=450_000 * EUR, coordination=150_000 * EUR, voucher="v")
    assert api.final_grant_today(desk.book) == 600_000 * EUR
    assert paid_interim(desk, paid=700_000 * EUR) == 560_000 * EUR
    assert desk.balance(T.EUREC) == 40_000 * EUR
    assert api.invariants(desk.book) == []


def with_an_interim_of_500_000() -> Desk:
    desk = prefinanced()
    accepted(desk, support=400_000 * EUR, coordination=100_000 * EUR, voucher="v1")
    assert paid_interim(desk, paid=700_000 * EUR) == 500_000 * EUR
    return desk


def test_a_final_grant_of_1_320_000_leaves_a_balance_of_120_000() -> None:
    desk = with_an_interim_of_500_000()
    more = 300_000 * EUR * 9_000 // 10_000 - 100_000 * EUR
    accepted(desk, support=650_000 * EUR, coordination=more, voucher="v2")
    row = stories.settle(desk, grant_max=GRANT)
    assert row.payable == 1_320_000 * EUR
    assert 79_535 * row.payable < 100_000 * row.sme_part < 79_555 * row.payable
    assert (desk.balance(T.EUREC), desk.balance(T.EUDUE)) == (120_000 * EUR, 0)
    desk.move(K.BALANCE_RECEIVED, (T.BANK, T.EUREC), 120_000 * EUR)
    assert desk.balance(T.PREC, stories.PARTNER) == 0
    assert api.invariants(desk.book) == []


def test_a_final_grant_of_1_150_000_leaves_a_recovery_order_of_50_000() -> None:
    desk = with_an_interim_of_500_000()
    accepted(desk, support=500_000 * EUR, coordination=150_000 * EUR, voucher="v2")
    row = stories.settle(desk, grant_max=GRANT)
    assert (row.sme_part, row.coord_part) == (900_000 * EUR, 250_000 * EUR)
    assert (desk.balance(T.EUREC), desk.balance(T.EUDUE)) == (0, 50_000 * EUR)
    order = api.legs.recovery_order_paid(desk.book.pk, amount=5_000_001, own_money=0)
    with pytest.raises(DomainError, match="recovery order"):
        desk.post(K.RECOVERY_ORDER_PAID, order)
    order = api.legs.recovery_order_paid(desk.book.pk, amount=5_000_000, own_money=0)
    desk.post(K.RECOVERY_ORDER_PAID, order)
    assert desk.balance(T.EUDUE) == 0
    assert api.invariants(desk.book) == []


# --------------------------------------------------------------- breach of the share


def test_a_breach_is_settled_at_1_066_666_66_and_partners_bear_33_333_34() -> None:
    desk = prefinanced()
    desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 500_000 * EUR)
    accepted(desk, support=800_000 * EUR, coordination=300_000 * EUR, voucher="v")
    plain = 1_100_000 * EUR
    assert 72_725 * plain < 100_000 * 800_000 * EUR < 72_735 * plain
    assert not api.share_figures(desk.book).holds(api.share_figures(desk.book).accepted)
    row = stories.settle(desk, grant_max=GRANT)
    assert (row.payable, row.coord_part) == (106_666_666, 26_666_666)
    assert desk.balance(T.PREC, stories.PARTNER) == 3_333_334
    assert 4 * row.sme_part >= 3 * row.payable
    assert 4 * row.sme_part < 3 * (row.payable + 1)
    assert api.invariants(desk.book) == []


def test_a_breach_is_borne_by_three_partners_to_the_cent() -> None:
    """33 333.34 over 100 000.00 each: 11 111.12 once and 11 111.11 twice."""
    desk = prefinanced()
    desk.move(K.PREFINANCING, (T.BANK, T.PREFIN), 500_000 * EUR)
    accepted(desk, support=800_000 * EUR, coordination=0, voucher="v")
    for partner in ("a", "b", "c"):
        cents = 100_000 * EUR
        stories.accept_coordination(desk, claimed=cents, accepted=cents, partner=partner)
    stories.settle(desk, grant_max=GRANT)
    borne = api.balances_by_key(desk.book, type=T.PREC)
    assert borne == {"a": 1_111_112, "b": 1_111_111, "c": 1_111_111}


# ------------------------------------------------------------- caps and vouchers


def test_a_cap_of_60_000_takes_40_000_and_20_000_and_not_a_cent_more() -> None:
    """Its daughter uses the same head-room: the group is one."""
    desk = prefinanced()
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 100_000 * EUR, keys=("", stories.CALL))
    stories.award(desk, amount=40_000 * EUR, application="project")
    with pytest.raises(DomainError, match="may still receive"):
        stories.award(desk, amount=20_000 * EUR + 1, application="more")
    stories.award(desk, amount=20_000 * EUR, application="more")
    with pytest.raises(DomainError, match="may still receive"):
        stories.award(desk, amount=5_000 * EUR, application="daughter")
    assert (desk.balance(T.CAP, stories.GROUP), desk.balance(T.USED, stories.GROUP)) == (
        0,
        60_000 * EUR,
    )


def test_a_voucher_of_5_000_pays_an_invoice_of_4_920_with_4_000_and_1_000_returns() -> None:
    net, vat = 4_000 * EUR, 4_000 * EUR * 23 // 100
    assert net + vat == 4_920 * EUR
    terms = claims.Terms(rate_bp=10_000, invoice_days=0, vat_payable=False)
    claimed = claims.claimable(
        net_cents=net, vat_cents=vat, remaining_cents=5_000 * EUR, terms=terms
    )
    assert (claimed, net + vat - claimed) == (4_000 * EUR, 920 * EUR)
    desk = prefinanced()
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 5_000 * EUR, keys=("", stories.CALL))
    stories.award(desk, amount=5_000 * EUR)
    stories.issue(desk, amount=5_000 * EUR)
    stories.claim(desk, claimed=claimed)
    stories.certify(desk, claimed=claimed, accepted=claimed)
    stories.pay_sme(desk, amount=claimed)
    stories.end_voucher(desk, rest=desk.balance(T.VCH, stories.VOUCHER))
    assert desk.balance(T.CALL, stories.CALL) == 1_000 * EUR
    assert desk.balance(T.USED, stories.GROUP) == desk.balance(T.SACC) == 4_000 * EUR
    assert api.invariants(desk.book) == []


@pytest.mark.parametrize(
    ("terms", "net", "value", "own"),
    [
        (amounts.Terms(amounts.Scheme.COFUNDED, 3_000_000, 5_000), 5_000_000, 2_500_000, 2_500_000),
        (amounts.Terms(amounts.Scheme.COFUNDED, 400_000, 8_000), 500_000, 400_000, 100_000),
        (amounts.Terms(amounts.Scheme.COFUNDED, 400_000, 8_000), 500_001, 400_000, 100_001),
        (amounts.Terms(amounts.Scheme.COFUNDED, 400_000, 8_000), 499_999, 399_999, 100_000),
    ],
)
def test_cofunding_pays_its_rate_of_the_net_cost_up_to_the_amount(
    terms: amounts.Terms, net: int, value: int, own: int
) -> None:
    """Half of 50 000 is 25 000; of 5 000 the funder pays at most 4 000, the SME 1 000 and VAT."""
    assert amounts.voucher_value(terms, net_cost_cents=net) == value
    assert amounts.own_contribution(value, net_cost_cents=net) == own
