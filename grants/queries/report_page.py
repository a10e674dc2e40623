"""What the pages of periodic reports show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.formats import money
from core.presentation.parts import Fact, Step
from core.presentation.tables import Column, Link, Table, Two
from core.tags import GOOD, IDLE, Tag
from grants.models import CostLine, GrantRole, Signature
from grants.models.grant import running
from grants.queries.report_figures import CATEGORIES, statement_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.models import Person
    from grants.models import PeriodicReport, Statement
    from grants.queries.report_figures import StatementRow
    from ledger.models import Entry


def grid(report: PeriodicReport) -> Table:
    """Costs by partner and category, indirect costs, EU contribution, signature."""
    rows = statement_rows(report)
    columns = [
        Column(_("Partner"), "head"),
        *(Column(code, "money") for code in CATEGORIES),
        Column(_("E indirect"), "money"),
        Column(_("Costs"), "money"),
        Column(_("EU contribution"), "money"),
        Column(_("of it accepted"), "money"),
        Column(_("Statement"), "tag"),
    ]
    cells = [_grid_cells(row) for row in rows]
    foot = [_("Total"), *(_sum(cells, place) for place in range(1, len(columns) - 1)), None]
    return Table(_("Costs by partner"), columns, cells, foot=[foot])


def _sum(cells: Sequence[Sequence[Any]], place: int) -> int:
    return sum(row[place] or 0 for row in cells)


def _grid_cells(row: StatementRow) -> list[Any]:
    statement = row.statement
    url = reverse("grants:statement_detail", args=[statement.pk])
    signed = statement.signed_at is not None
    claimed = row.share if statement.claimed_cents is None else statement.claimed_cents
    return [
        Link(str(statement.beneficiary), url, statement.beneficiary.organisation.country),
        *row.cells,
        row.total,
        claimed,
        statement.accepted_cents,
        Tag(GOOD, _("Signed")) if signed else Tag(IDLE, _("Not signed")),
    ]


def statement_facts(row: StatementRow) -> list[Fact]:
    """One partner's sums in euro."""
    pairs = [
        (_("Direct costs"), row.direct, False),
        (_("Indirect costs (flat rate)"), row.indirect, False),
        (_("Costs"), row.total, True),
        (_("EU contribution"), row.share, True),
    ]
    return [Fact(name, money(cents), total=total) for name, cents, total in pairs]


def support_table(entries: Sequence[Entry], *, total: int) -> Table:
    """The ledger's SME support of the period, entry by entry; the sum is what is confirmed."""
    columns = [
        Column(_("No."), "num"),
        Column(_("Day"), "day"),
        Column(_("What"), "head"),
        Column(_("Amount EUR"), "money"),
    ]
    rows = [
        [
            entry.seq,
            entry.posting.event.effective_on,
            Two(
                entry.posting.event.kind.replace("_", " ").capitalize(),
                entry.posting.event.document.name,
            ),
            -entry.amount,
        ]
        for entry in entries
    ]
    foot = [[_("Total"), "", "", total]]
    none = _("No SME support was accepted in this period.")
    return Table(_("SME support"), columns, rows, foot=foot if rows else (), none=none)


def lines_of(report: PeriodicReport) -> list[CostLine]:
    """All cost lines of a report, the coordinator's first."""
    rows = CostLine.objects.filter(statement__report=report).select_related(
        "statement__beneficiary__organisation"
    )
    partner = "statement__beneficiary"
    order = (f"-{partner}__is_coordinator", f"{partner}__organisation__short_name", "category")
    return list(rows.order_by(*order, "description", "pk"))


def cut_table(report: PeriodicReport) -> Table:
    """Lines that were not accepted in full, with their reason."""
    columns = [
        Column(_("Partner")),
        Column(_("Cost"), "head"),
        Column(_("Stated EUR"), "money"),
        Column(_("Accepted EUR"), "money"),
        Column(_("Reason")),
    ]
    cut = [
        line
        for line in lines_of(report)
        if line.accepted_cents is not None and line.accepted_cents < line.cost_cents
    ]
    rows = [
        [
            str(line.statement.beneficiary),
            line.description,
            line.cost_cents,
            line.accepted_cents,
            line.reason,
        ]
        for line in cut
    ]
    return Table(_("Costs cut"), columns, rows)


def steps(report: PeriodicReport) -> list[Step]:
    """Its history, the latest first."""
    words = {
        "begin": _("Opened"),
        "lock_parts": _("All statements signed"),
        "unlock_parts": _("A signature taken back"),
        "submit": _("Handed in"),
        "send_back": _("Sent back"),
        "suspend": _("Clock stopped by a question"),
        "resume": _("Answered, the clock goes on"),
        "accept": _("Accepted"),
        "accept_in_part": _("Accepted in part"),
        "order_payment": _("Payment due"),
        "close": _("Closed"),
    }
    moves = report.transitions.select_related("actor").order_by("-pk")
    return [
        Step(
            words[move.event],
            "bad" if move.event in ("send_back", "suspend") else "done",
            move.at,
            " · ".join(
                part
                for part in ("" if move.actor.is_system else str(move.actor), move.reason)
                if part
            ),
        )
        for move in moves
    ]


def roles_for(statement: Statement, person: Person, *, on: date) -> set[str]:
    """The person's roles in the grant for the statement's partner."""
    rows = GrantRole.objects.filter(
        grant=statement.report.grant_id,
        person=person,
        organisation=statement.beneficiary.organisation_id,
    )
    return set(running(rows, on=on).values_list("role", flat=True))


def signed_paper(statement: Statement) -> Signature | None:
    """The signature that stands under the statement now, with its paper."""
    if statement.signed_at is None:
        return None
    return Signature.objects.filter(
        grant=statement.report.grant_id,
        kind=Signature.Kind.STATEMENT,
        organisation=statement.beneficiary.organisation_id,
        signed_at=statement.signed_at,
    ).first()
