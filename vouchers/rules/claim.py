"""What of a claim can be paid. Pure; cents throughout, shares floor.

Sources: docs/domain.md, "Vouchers and claims"; value added tax is never support unless the SME
call says so; one invoice counts once in the whole system (no double funding).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What the SME call says: ``rate_bp`` of the net cost; days after the voucher's end."""

    rate_bp: int
    invoice_days: int
    vat_payable: bool


def invoice_key(*, vat_number: str, invoice_number: str) -> str:
    """One spelling for one invoice: ``be 0123.456 / 2024-07`` and ``BE0123456/202407`` are one."""
    squeezed = re.sub(r"[^0-9A-Z]", "", invoice_number.upper())
    supplier = re.sub(r"[^0-9A-Z]", "", vat_number.upper())
    return f"{supplier}|{squeezed}" if squeezed and supplier else ""


def support(*, net_cents: int, vat_cents: int, terms: Terms) -> int:
    """EU support for a cost: ``rate`` × net (plus value added tax where payable), floored."""
    if net_cents < 0 or vat_cents < 0:
        raise ValueError("costs are not negative")
    base = net_cents + (vat_cents if terms.vat_payable else 0)
    return base * terms.rate_bp // BASIS


def claimable(*, net_cents: int, vat_cents: int, remaining_cents: int, terms: Terms) -> int:
    """The most that can be claimed: the support, and never more than what the voucher has left."""
    return min(support(net_cents=net_cents, vat_cents=vat_cents, terms=terms), remaining_cents)


def accepted(*, claimed_cents: int, accepted_net_cents: int, vat_cents: int, terms: Terms) -> int:
    """What is accepted of a claim when lines were cut: never more than was claimed."""
    whole = support(net_cents=accepted_net_cents, vat_cents=vat_cents, terms=terms)
    return min(claimed_cents, whole)


def invoice_window(*, contract_on: date, ends_on: date, invoice_days: int) -> tuple[date, date]:
    """First and last day an invoice may carry: from the contract to the end plus some days."""
    return contract_on, ends_on + timedelta(days=invoice_days)


def advance_part(*, claimed_cents: int, advanced_cents: int) -> int:
    """The part of a claim that money already advanced covers; fixed when it is handed in."""
    return min(claimed_cents, advanced_cents)


def to_pay(*, accepted_cents: int, advance_cents: int) -> int:
    """What is still owed of an accepted amount when an advance covers ``advance_cents`` of it."""
    return accepted_cents - min(accepted_cents, advance_cents)


def is_fresh(*, looked_up_on: date | None, on: date, days_max: int) -> bool:
    """Whether a look-up (sanctions, exclusion, VAT number) is recent enough on that day."""
    return looked_up_on is not None and timedelta(0) <= on - looked_up_on <= timedelta(days_max)
