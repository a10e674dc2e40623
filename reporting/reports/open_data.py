"""What the public may have: signed grants and the SMEs that got vouchers. No person is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grants.models import Grant
from parties.rules.countries import COUNTRIES
from parties.rules.days import day_of
from reporting.sheets import Column, Kind, Sheet
from vouchers.models import Voucher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

GRANT_COLUMNS = (
    Column("Call"),
    Column("Grant"),
    Column("Acronym"),
    Column("Title"),
    Column("Strand"),
    Column("Coordinator"),
    Column("Country"),
    Column("Maximum EU grant EUR", Kind.MONEY),
    Column("Planned for SMEs EUR", Kind.MONEY),
    Column("Starts on", Kind.DAY),
    Column("Ends on", Kind.DAY),
)
RECIPIENT_COLUMNS = (
    Column("Call"),
    Column("Grant"),
    Column("Acronym"),
    Column("SME call"),
    Column("Recipient"),
    Column("Country"),
    Column("Region (NUTS)"),
    Column("Service"),
    Column("Awarded EUR", Kind.MONEY),
    Column("Issued on", Kind.DAY),
)


def grants() -> QuerySet[Grant]:
    """Grants that both sides have signed."""
    return (
        Grant.objects.filter(book__isnull=False)
        .select_related("call", "proposal__strand", "coordinator")
        .order_by("call__identifier", "number")
    )


def vouchers() -> QuerySet[Voucher]:
    """Vouchers that were issued and not taken back."""
    return (
        Voucher.objects.filter(issued_at__isnull=False)
        .exclude(state__in=[Voucher.State.CANCELLED, Voucher.State.REVOKED])
        .select_related("grant__call", "grant__proposal", "application__sme_call", "organisation")
        .order_by("grant__call__identifier", "grant__number", "number")
    )


def grants_sheet(rows: Iterable[Grant]) -> Sheet:
    return Sheet("Grants", GRANT_COLUMNS, map(_grant, rows))


def _grant(grant: Grant) -> list[Any]:
    return [
        grant.call.identifier,
        grant.number,
        grant.proposal.acronym,
        grant.proposal.title,
        str(grant.proposal.strand or ""),
        grant.coordinator.legal_name,
        grant.coordinator.country,
        grant.grant_max_cents,
        grant.sme_planned_cents,
        grant.starts_on,
        grant.ends_on,
    ]


def recipients_sheet(rows: Iterable[Voucher]) -> Sheet:
    return Sheet("Recipients", RECIPIENT_COLUMNS, map(_recipient, rows))


def _recipient(voucher: Voucher) -> list[Any]:
    return [
        voucher.grant.call.identifier,
        voucher.grant.number,
        voucher.grant.proposal.acronym,
        voucher.application.sme_call.title,
        voucher.organisation.legal_name,
        voucher.organisation.country,
        voucher.organisation.nuts,
        voucher.get_kind_display(),
        voucher.value_cents,
        day_of(voucher.issued_at) if voucher.issued_at else None,
    ]


def country(code: str) -> str:
    """A country's name."""
    return COUNTRIES.get(code, code)
