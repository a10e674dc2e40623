"""Small lives of grants, in postings. Together they use every line of the closed list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import api
from ledger.rules.chart import AccountType as T
from tests.factories.ledger import AT, Desk, an_awarded_desk

if TYPE_CHECKING:
    from core.models import Document
    from ledger.models import Settlement

K = api.Kind
CALL, APPLICATION, VOUCHER, GROUP, SME, PARTNER = (
    "call",
    "application",
    "voucher",
    "group",
    "sme",
    "p1",
)
CAP = 6_000_000


def with_voucher(*, amount: int = 500_000, grant: int = 10_000_000) -> Desk:
    """A voucher of ``amount`` has been issued from an SME call over half the pool."""
    desk = an_awarded_desk(grant=grant)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), max(grant // 2, amount), keys=("", CALL))
    award(desk, amount=amount)
    issue(desk, amount=amount)
    return desk


def open_headroom(desk: Desk, *, cap: int, group: str = GROUP) -> None:
    api.open_headroom(desk.book, group=group, cap=cap, document=desk.paper, actor=desk.actor, at=AT)


def award(desk: Desk, *, amount: int, application: str = APPLICATION, group: str = GROUP) -> None:
    open_headroom(desk, cap=max(CAP, amount), group=group)
    legs = api.legs.application_awarded(
        desk.book.pk, call=CALL, application=application, group=group, amount=amount
    )
    desk.post(K.APPLICATION_AWARDED, legs)


def issue(
    desk: Desk, *, amount: int, application: str = APPLICATION, voucher: str = VOUCHER
) -> None:
    legs = api.legs.voucher_issued(
        desk.book.pk, application=application, voucher=voucher, amount=amount
    )
    desk.post(K.VOUCHER_ISSUED, legs)


def issued_at_once(*, vouchers: int = 3, amount: int = 100_000) -> Desk:
    """Vouchers that are signed as they are awarded, in one event."""
    desk = an_awarded_desk(grant=10_000_000)
    desk.move(K.SME_CALL_OPENED, (T.POOL, T.CALL), 5_000_000, keys=("", CALL))
    for n in range(vouchers):
        api.open_headroom(
            desk.book, group=f"g{n}", cap=CAP, document=desk.paper, actor=desk.actor, at=AT
        )
    issued = [(f"v{n}", f"g{n}", amount) for n in range(vouchers)]
    legs = api.legs.vouchers_issued(desk.book.pk, call=CALL, issued=issued)
    desk.post(K.VOUCHERS_ISSUED, legs)
    return desk


def order_advance(desk: Desk, *, amount: int) -> None:
    legs = api.legs.advance_ordered(desk.book.pk, voucher=VOUCHER, payee=SME, amount=amount)
    desk.post(K.ADVANCE_ORDERED, legs)


def claim(desk: Desk, *, claimed: int, advance: int = 0, voucher: str = VOUCHER) -> None:
    legs = api.legs.claim_submitted(desk.book.pk, voucher=voucher, claimed=claimed, advance=advance)
    desk.post(K.CLAIM_SUBMITTED, legs)


def certify(
    desk: Desk, *, claimed: int, accepted: int, advance: int = 0, voucher: str = VOUCHER
) -> None:
    legs = api.legs.claim_certified(
        desk.book.pk,
        voucher=voucher,
        payee=SME,
        claimed=claimed,
        accepted=accepted,
        advance=advance,
    )
    desk.post(K.CLAIM_CERTIFIED, legs)


def pay_sme(desk: Desk, *, amount: int, kind: api.Kind = K.PAYMENT_EXECUTED) -> None:
    desk.post(kind, api.legs.payment_executed(desk.book.pk, payee=SME, amount=amount))


def end_voucher(
    desk: Desk, *, rest: int, advance: int = 0, call: str | None = CALL, above: int = 0
) -> None:
    legs = api.legs.voucher_ended(
        desk.book.pk,
        voucher=VOUCHER,
        group=GROUP,
        payee=SME,
        rest=rest,
        advance=advance,
        call=call,
        above=above,
    )
    desk.post(K.VOUCHER_ENDED, legs)


def accept_coordination(desk: Desk, *, claimed: int, accepted: int, partner: str = PARTNER) -> None:
    desk.move(K.COORDINATION_CLAIMED, (T.COORD, T.CCLAIM), claimed)
    legs = api.legs.coordination_accepted(
        desk.book.pk,
        partner=partner,
        claimed=claimed,
        accepted=accepted,
        passed_on=desk.balance(T.PADV, partner),
    )
    desk.post(K.COORDINATION_ACCEPTED, legs)


def claw_back(desk: Desk, *, amount: int, settled: bool) -> None:
    legs = api.legs.clawed_back(desk.book.pk, payee=SME, amount=amount, settled=settled)
    desk.post(K.CLAWED_BACK, legs)


def settled(*, support: int, coordination: int, grant: int = 10_000_000) -> Desk:
    """A grant with this much accepted and paid; nothing open; not settled yet."""
    desk = with_voucher(amount=support, grant=grant) if support else an_awarded_desk(grant=grant)
    if support:
        claim(desk, claimed=support)
        certify(desk, claimed=support, accepted=support)
        pay_sme(desk, amount=support)
    if coordination:
        accept_coordination(desk, claimed=coordination, accepted=coordination)
    return desk


def settle(desk: Desk, *, grant_max: int = 10_000_000, paper: Document | None = None) -> Settlement:
    return api.settle(
        desk.book,
        grant_max=grant_max,
        document=paper or desk.paper,
        actor=desk.actor,
        approver=desk.approver,
        at=AT,
    )
