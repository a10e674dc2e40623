"""Lists that funders publish or keep: recipients of support, the ranked list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.presentation.formats import when
from grants.models import Grant, RankedProposal, Ranking
from grants.queries.offices import EVALUATION_READERS
from reporting.reports import ledger_sheets as sheets
from reporting.reports.base import FINANCE_OFFICES, Report
from reporting.sheets import Column, Kind, Sheet, Workbook

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models import Call

RANKED = (
    Column("Rank", Kind.COUNT, 8),
    Column("Proposal", width=36),
    Column("Acronym", width=18),
    Column("Strand", width=28),
    Column("Total", Kind.SCORE, 10),
    Column("Decided by", width=30),
    Column("Requested EUR", Kind.MONEY, 18, total=True),
    Column("Running total EUR", Kind.MONEY, 18),
    Column("List", width=20),
    Column("Place on the reserve list", Kind.COUNT, 10),
)


def recipients(grant: Grant, at: datetime) -> Workbook:
    """The register of recipients of one grant."""
    about = [("Made by", "Trellis"), ("As of", when(at)), ("Grant", grant.number)]
    title = f"Recipients {grant.number}"
    return Workbook(title, about, [sheets.recipients_sheet([grant])])


def ranking(call: Call, at: datetime) -> Workbook:
    """The last frozen list of a call, with the key that decided each place and its seal."""
    frozen = call.rankings.order_by("-number").first()
    rows = RankedProposal.objects.filter(ranking=frozen).select_related("proposal__strand")
    about = [
        ("Made by", "Trellis"),
        ("As of", when(at)),
        ("Call", call.identifier),
        ("Frozen", when(frozen.frozen_at) if frozen else "–"),
        ("SHA-256 of the sealed list", frozen.sha256 if frozen else "–"),
    ]
    lines = [
        [
            row.rank,
            row.proposal.reference,
            row.proposal.acronym,
            str(row.proposal.strand or ""),
            row.total,
            row.decided_by,
            row.requested_cents,
            row.running_cents,
            row.get_outcome_display(),
            row.reserve_place,
        ]
        for row in rows.order_by("rank", "-total", "proposal__acronym")
    ]
    return Workbook(f"Ranked list {call.identifier}", about, [Sheet("Ranked list", RANKED, lines)])


REPORTS = (
    Report(
        slug="recipients",
        title=_("Recipients of support"),
        says=_("One row a voucher: who, what for, how much, by whom, when."),
        of="grant",
        build=recipients,
        offices=FINANCE_OFFICES,
        roles=("FM", "FO"),
        ready=Q(book__isnull=False),
        has_csv=True,
    ),
    Report(
        slug="ranking",
        title=_("Ranked list"),
        says=_("Totals, the key that decided each place, the budget line, the seal."),
        of="call",
        build=ranking,
        offices=EVALUATION_READERS,
        ready=Q(pk__in=Ranking.objects.values("call")),
        has_csv=True,
    ),
)
