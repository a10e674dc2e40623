"""The budget as a grid: what was typed, what was read of it, what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.money import parse_amount
from core.presentation.formats import money
from core.presentation.meters import ShareMeter
from grants.models import Category, Partner, Proposal
from grants.queries.proposal_content import consortium
from grants.queries.terms import budget_terms
from grants.rules.budget import Budget, BudgetTerms, Costs, budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount: the text as typed, the cents as read, and what is wrong with the text."""

    name: str
    label: str
    column: str
    text: str
    cents: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One partner's cells and computed amounts."""

    partner: Partner
    cells: list[Cell]
    indirect: int
    total: int
    contribution: int
    is_writable: bool
    was: str
    is_stale: bool = False

    @property
    def errors(self) -> list[Cell]:
        """Cells that could not be read."""
        return [cell for cell in self.cells if cell.error]

    @property
    def now(self) -> str:
        """The amounts as read, as one text; to be compared with what they were."""
        return amounts_text(cell.cents for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole budget as shown; ``typed`` holds the amounts of the rows that were changed."""

    rows: list[GridRow]
    whole: Budget
    terms: BudgetTerms
    typed: dict[UUID, dict[str, int]] = field(default_factory=dict)

    @property
    def errors(self) -> list[Cell]:
        """All cells that could not be read."""
        return [cell for row in self.rows for cell in row.errors]

    @property
    def stale(self) -> list[GridRow]:
        """Rows that this person changed, and somebody else since the page was opened."""
        return [row for row in self.rows if row.is_stale]

    @property
    def is_writable(self) -> bool:
        """Whether the reader may type anything."""
        return any(row.is_writable for row in self.rows)

    @property
    def columns(self) -> list[tuple[str, int, int]]:
        """Label, sum in cents and rate in basis points of each typed column."""
        sums = self.whole.costs
        rates = self.terms
        rate = {"A": rates.rate_a, "B": rates.rate_b, "D1": rates.rate_d1}
        return [
            (str(c.label), getattr(sums, c.value.lower()), rate.get(c.value, rates.rate_c))
            for c in Category
        ]

    @property
    def meter(self) -> ShareMeter:
        """The SMEs' share of what the call takes it of."""
        floor = -(-10_000 * self.terms.share_n // self.terms.share_d)
        return ShareMeter(self.whole.share_part, self.whole.share_base, floor_bp=floor)


def grid(
    proposal: Proposal, *, writable: set[UUID], typed: Mapping[str, str] | None = None
) -> Grid:
    """The saved budget, or the one that has just been typed: three statements.

    An amount that cannot be read is left out of the totals, and keeps its text.
    """
    partners = consortium(proposal)
    terms = budget_terms(proposal.call)
    cells = {
        partner.pk: _cells(partner, typed=typed if partner.pk in writable else None)
        for partner in partners
    }
    whole = budget([_costs(cells[partner.pk]) for partner in partners], terms=terms)
    rows = [
        _row(
            GridRow(
                partner=partner,
                cells=cells[partner.pk],
                indirect=row.indirect,
                total=row.total,
                contribution=row.contribution,
                is_writable=partner.pk in writable,
                was=_saved_text(partner),
            ),
            opened_with=(typed or {}).get(f"was-{partner.pk}"),
        )
        for partner, row in zip(partners, whole.rows, strict=True)
    ]
    return Grid(rows=rows, whole=whole, terms=terms, typed=_read(rows))


def _row(row: GridRow, *, opened_with: str | None) -> GridRow:
    """Tell a row that the writer changed from one that somebody else has changed meanwhile."""
    if opened_with is None or opened_with == row.was:
        return row
    is_mine = row.is_writable and row.now not in (opened_with, row.was)
    return replace(row, is_stale=is_mine) if is_mine else replace(row, was=row.now)


def amounts_text(cents: Iterable[int]) -> str:
    """Amounts in the order of the categories as one text."""
    return ",".join(str(amount) for amount in cents)


def _saved_text(partner: Partner) -> str:
    saved = {line.category: line.amount_cents for line in partner.budget_lines.all()}
    return amounts_text(saved.get(category, 0) for category in Category)


def _cells(partner: Partner, *, typed: Mapping[str, str] | None) -> list[Cell]:
    saved = {line.category: line.amount_cents for line in partner.budget_lines.all()}
    return [_cell(partner, category, saved.get(category, 0), typed=typed) for category in Category]


def _cell(
    partner: Partner, category: Category, cents: int, *, typed: Mapping[str, str] | None
) -> Cell:
    name = f"{partner.pk}-{category.value}"
    label = _("%(partner)s, %(category)s, EUR") % {"partner": partner, "category": category.label}
    column = str(category.label)
    if typed is None or name not in typed:
        return Cell(name, label, column, money(cents), cents)
    text = typed[name]
    if not text.strip():
        return Cell(name, label, column, "", 0)
    try:
        return Cell(name, label, column, text, parse_amount(text))
    except DomainError as error:
        return Cell(name, label, column, text, 0, error=str(error))


def _costs(cells: Iterable[Cell]) -> Costs:
    amounts = dict(zip((c.value.lower() for c in Category), cells, strict=True))
    return Costs(**{category: cell.cents for category, cell in amounts.items()})


def _read(rows: Iterable[GridRow]) -> dict[UUID, dict[str, int]]:
    return {
        row.partner.pk: {
            category.value: cell.cents
            for category, cell in zip(Category, row.cells, strict=True)
            if not cell.error
        }
        for row in rows
        if row.is_writable and (row.errors or row.now != row.was)
    }
