"""The register of de minimis aid, as far as the enterprises of a grant are concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.presentation.formats import when
from ledger.api import aid_rows
from parties.models import Organisation
from reporting.reports.base import FINANCE_OFFICES, Report
from reporting.sheets import Column, Kind, Sheet, Workbook
from vouchers.models import Application

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models import Grant
    from ledger.models import Aid

COLUMNS = (
    Column("Enterprise", width=34),
    Column("VAT number", width=18),
    Column("Registration number", width=18),
    Column("Member State", width=12),
    Column("Row", Kind.COUNT, 10),
    Column("Corrects row", Kind.COUNT, 10),
    Column("Granted on", Kind.DAY, 12),
    Column("Does not count from", Kind.DAY, 12),
    Column("Granted by", width=34),
    Column("Ceiling EUR", Kind.MONEY, 16),
    Column("Granted EUR", Kind.MONEY, 16, total=True),
    Column("Entered at", Kind.MOMENT, 18),
    Column("Document SHA-256", width=66),
)


def register(grant: Grant, at: datetime) -> Workbook:
    """All aid, ours and declared, of those who applied under the regime in this grant."""
    about = [
        ("Made by", "Trellis"),
        ("As of", when(at)),
        ("Grant", grant.number),
        ("Rule", "Regulation (EU) 2023/2831, Article 3(2), per undertaking and Member State"),
    ]
    applied = Application.objects.filter(
        sme_call__grant=grant, sme_call__regime="de_minimis", submitted_at__isnull=False
    )
    firms = {
        str(firm.pk): firm
        for firm in Organisation.objects.filter(pk__in=applied.values("organisation"))
    }
    lines = [_line(row, firms[row.holder.key]) for row in aid_rows(firms)]
    note = "De minimis aid: one row for each grant of aid or correction"
    return Workbook(
        f"De minimis aid {grant.number}", about, [Sheet("De minimis", COLUMNS, lines, note)]
    )


def _line(row: Aid, firm: Organisation) -> list[Any]:
    return [
        firm.legal_name,
        firm.vat_number,
        firm.registration_number,
        row.holder.country,
        row.pk,
        row.corrects_id,
        row.granted_on,
        row.leaves_on,
        row.granted_by or "Voucher of this site",
        row.ceiling_cents,
        row.cents,
        row.at,
        row.document.sha256,
    ]


REPORTS = (
    Report(
        slug="aid",
        title=_("Register of de minimis aid"),
        says=_("One row a grant of aid or correction: who, by whom, from when, how much."),
        of="grant",
        build=register,
        offices=FINANCE_OFFICES,
        roles=("FM", "FO"),
        ready=Q(
            pk__in=Application.objects.filter(sme_call__regime="de_minimis").values(
                "sme_call__grant"
            )
        ),
        has_csv=True,
    ),
)
