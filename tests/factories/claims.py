"""Claims, brought to a state by the actions that a click uses.

The voucher's service starts on 20 April 2023; the claims of the first part follow in summer.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from grants.models import GrantRole
from tests.factories import grant as granted
from tests.factories.parties import a_validated_account
from tests.factories.vouchers import (
    EURO,
    a_file,
    a_running_voucher,
    an_open_sme_call,
    fresh_voucher,
    the_fund_manager,
    the_holder,
)
from tests.staging import staged
from vouchers.actions import certification, claim, recovery
from vouchers.actions.claim import Line
from vouchers.models import Claim, EvidenceItem, Voucher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from core.models import Person
    from grants.models import Grant, Payment
    from vouchers.models import Recovery

WRITING = datetime(2023, 6, 12, 9, 0, tzinfo=UTC)
HANDING_IN = datetime(2023, 6, 14, 9, 0, tzinfo=UTC)
CHECKING = datetime(2023, 6, 19, 9, 0, tzinfo=UTC)
CERTIFYING = datetime(2023, 6, 22, 9, 0, tzinfo=UTC)
PAYING = datetime(2023, 6, 26, 9, 0, tzinfo=UTC)
RECOVERING = datetime(2023, 8, 7, 9, 0, tzinfo=UTC)
INVOICED = date(2023, 6, 8)
_numbers: Iterator[int] = itertools.count(1)


@staged
def a_claimable_voucher(**terms: Any) -> Voucher:
    """In progress, in a grant with money, finance officers, and a validated account of the SME."""
    grant = granted.a_funded_grant()
    sme_call = an_open_sme_call(of=grant, **terms)
    return ready(a_running_voucher(of=sme_call))


def ready(voucher: Voucher) -> Voucher:
    """The SME has an account, and the grant five finance officers."""
    for _ in range(5):
        granted.appoint(voucher.grant, GrantRole.Role.FO)
    a_validated_account(voucher.organisation, officer=the_officers(voucher.grant)[0], at=WRITING)
    return fresh_voucher(voucher)


def the_officers(of: Grant) -> list[Person]:
    """The finance officers of the coordinator, by address."""
    rows = of.roles.filter(role=GrantRole.Role.FO, organisation=of.coordinator)
    return [row.person for row in rows.select_related("person").order_by("person__email")]


def a_draft(of: Voucher | None = None, *, at: datetime = WRITING) -> Claim:
    """Begun by the SME, with nothing in it."""
    voucher = of or a_claimable_voucher()
    return claim.start(voucher_id=voucher.pk, actor=the_holder(voucher), at=at)


def words(**changes: Any) -> dict[str, Any]:
    """What the SME types."""
    plain: dict[str, Any] = {
        "delivered": "Energy audit of the dye house, with a metering plan.",
        "delivered_on": date(2023, 6, 7),
        "invoice_number": f"2023-{next(_numbers)}",
        "invoice_date": INVOICED,
        "vat_cents": 42_000,
        "is_final": False,
        "has_no_other_funding": True,
        "is_visible": True,
        "lines": [Line("Audit on site", 150_000), Line("Metering plan", 50_000)],
    }
    return plain | changes


def write(one: Claim, **changes: Any) -> Claim:
    """Kept as typed."""
    actor = the_holder(one.voucher)
    return claim.save(claim_id=one.pk, actor=actor, at=WRITING, **words(**changes))


def prove(one: Claim) -> Claim:
    """A file for each item that the call asks for."""
    items = EvidenceItem.objects.filter(sme_call=one.voucher.application.sme_call, stage="claim")
    for item in items:
        actor, file = the_holder(one.voucher), a_file("invoice.pdf")
        claim.add_evidence(claim_id=one.pk, item_id=item.pk, upload=file, actor=actor, at=WRITING)
    return one


def a_complete(of: Voucher | None = None, **changes: Any) -> Claim:
    """Lacks nothing."""
    return prove(write(a_draft(of), **changes))


def submit(one: Claim, *, at: datetime = HANDING_IN) -> Claim:
    """Handed in, the first time or again."""
    return claim.submit(claim_id=one.pk, actor=the_holder(one.voucher), at=at)


def a_submitted(of: Voucher | None = None, **changes: Any) -> Claim:
    """With the fund manager."""
    return submit(a_complete(of, **changes))


def decide_lines(one: Claim, cuts: dict[int, tuple[int, str]] | None = None) -> Claim:
    """All accepted as claimed, but the lines in ``cuts`` (by place: cents, why)."""
    cents: dict[UUID, int] = {}
    reasons: dict[UUID, str] = {}
    for line in one.lines.all():
        given = (cuts or {}).get(line.position, (line.net_cents, ""))
        cents[line.pk], reasons[line.pk] = given
    manager = the_fund_manager(one.voucher.grant)
    return certification.decide_lines(
        claim_id=one.pk, accepted_cents=cents, reasons=reasons, actor=manager, at=CHECKING
    )


def a_checked(
    of: Voucher | None = None, *, cuts: dict[int, tuple[int, str]] | None = None, **changes: Any
) -> Claim:
    """Checked by the fund manager."""
    made = decide_lines(a_submitted(of, **changes), cuts)
    manager = the_fund_manager(made.voucher.grant)
    return certification.check(claim_id=made.pk, actor=manager, at=CHECKING)


def screen(one: Claim, *, on: date | None = None, at: datetime = CERTIFYING) -> Claim:
    """A finance officer has looked the lists up, on the same day unless told otherwise."""
    actor = the_officers(one.voucher.grant)[0]
    return certification.screen(
        claim_id=one.pk, screened_on=on or at.date(), vat_seen_on=on, actor=actor, at=at
    )


def certify(one: Claim, *, at: datetime = CERTIFYING) -> Claim:
    """Screened and certified by the first finance officer."""
    screen(one, on=at.date(), at=at)
    return certification.certify(claim_id=one.pk, actor=the_officers(one.voucher.grant)[0], at=at)


def a_scheduled(of: Voucher | None = None, **changes: Any) -> Claim:
    """Certified; its payment is due."""
    return certify(a_checked(of, **changes))


def the_payment(one: Claim) -> Payment:
    """Its payment order as it stands."""
    payment = Claim.objects.select_related("payment").get(pk=one.pk).payment
    assert payment is not None
    return payment


def pay(one: Claim, *, at: datetime = PAYING) -> Claim:
    """The three officers and the bank."""
    granted.pay(the_payment(one), by=the_officers(one.voucher.grant)[1:], at=at)
    return fresh(one)


def a_paid(of: Voucher | None = None, **changes: Any) -> Claim:
    """The money has arrived."""
    return pay(a_scheduled(of, **changes))


def propose_recovery(one: Claim, *, cents: int = 50_000) -> Recovery:
    """The first finance officer proposes to recover."""
    return recovery.propose(
        claim_id=one.pk,
        amount_cents=cents,
        reason="The audit was of another building.",
        actor=the_officers(one.voucher.grant)[0],
        at=RECOVERING,
    )


def recover(one: Claim, *, cents: int = 50_000) -> Recovery:
    """Proposed by one, decided by another."""
    row = propose_recovery(one, cents=cents)
    second = the_officers(one.voucher.grant)[1]
    at = RECOVERING + timedelta(days=1)
    return recovery.decide(recovery_id=row.pk, actor=second, at=at)


def fresh(one: Claim) -> Claim:
    """The claim as the database has it."""
    return Claim.objects.select_related("voucher__grant__book", "payment").get(pk=one.pk)


def a_price(euro: int) -> list[Line]:
    """One line of so many euro."""
    return [Line("Energy audit", euro * EURO)]
