"""Figures of a periodic report: shares by partner, the ledger's SME support of the period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from grants.models import CostLine, Statement
from grants.rules.financial_statement import INDIRECT, eu_share, indirect_costs
from ledger.models import Entry
from ledger.rules.chart import AccountType as T

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from grants.models import Grant, PeriodicReport

CATEGORIES = tuple(CostLine.Category.values)


def sme_entries(report: PeriodicReport) -> QuerySet[Entry]:
    """The ledger's entries of accepted SME support whose day lies in the report's period."""
    return Entry.objects.filter(
        account__book=report.grant.book_id,
        account__type=T.SACC,
        posting__event__effective_on__gte=report.starts_on,
        posting__event__effective_on__lte=report.ends_on,
    ).select_related("posting__event__document")


def sme_support(report: PeriodicReport) -> int:
    """SME support of the period in cents: what the ledger accepted, less what it took back."""
    total = sme_entries(report).aggregate(total=Sum("amount"))["total"]
    return -(total or 0)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One partner's costs of the period in cents, by category, with what comes of them."""

    statement: Statement
    costs: Mapping[str, int]
    indirect: int
    share: int

    @property
    def direct(self) -> int:
        """All direct costs."""
        return sum(self.costs.values())

    @property
    def total(self) -> int:
        """Direct and indirect costs."""
        return self.direct + self.indirect

    @property
    def cells(self) -> list[int]:
        """The categories in their order, then the indirect costs."""
        return [*(self.costs.get(code, 0) for code in CATEGORIES), self.indirect]


def _sums(lines: Iterable[CostLine], *, accepted: bool) -> dict[UUID, dict[str, int]]:
    sums: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        cents = line.accepted_cents if accepted else line.cost_cents
        sums[line.statement.beneficiary_id][line.category] += cents or 0
    return sums


def statement_rows(report: PeriodicReport, *, accepted: bool = False) -> list[StatementRow]:
    """All partners of a report; ``accepted`` takes what was accepted instead of what was stated.

    The share is what the costs since the start of the grant earn, less what earlier reports were
    accepted for: the floor is taken of the cumulated sum. Three statements, however many partners.
    """
    grant = report.grant
    lines = CostLine.objects.filter(statement__report__grant=grant).select_related("statement")
    mine = _sums([li for li in lines if li.statement.report_id == report.pk], accepted=accepted)
    before = _sums([li for li in lines if li.statement.report_id != report.pk], accepted=True)
    earlier = _accepted_before(report)
    rows = report.statements.select_related("beneficiary__organisation", "report__grant")
    ordered = sorted(rows, key=lambda r: (not r.beneficiary.is_coordinator, str(r.beneficiary)))
    return [
        _row(
            statement,
            grant=grant,
            costs=mine[statement.beneficiary_id],
            before=before[statement.beneficiary_id],
            earned=earlier.get(statement.beneficiary_id, 0),
        )
        for statement in ordered
    ]


def _accepted_before(report: PeriodicReport) -> dict[UUID, int]:
    others = Statement.objects.filter(report__grant=report.grant_id).exclude(report=report)
    rows = others.values_list("beneficiary").annotate(total=Sum("accepted_cents"))
    return {partner: total or 0 for partner, total in rows}


def _row(
    statement: Statement,
    *,
    grant: Grant,
    costs: Mapping[str, int],
    before: Mapping[str, int],
    earned: int,
) -> StatementRow:
    codes = set(costs) | set(before)
    together = {code: costs.get(code, 0) + before.get(code, 0) for code in codes}
    rates = {INDIRECT: 0} | grant.rates_bp
    share = eu_share(together, rates_bp=rates, indirect_bp=grant.indirect_bp)
    return StatementRow(
        statement=statement,
        costs=dict(costs),
        indirect=indirect_costs(sum(costs.values()), indirect_bp=grant.indirect_bp),
        share=max(0, share - earned),
    )
