"""What the pages of grants show: meters, settlement today, time line, partners, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.presentation.formats import eur, share_of
from core.presentation.formats import share as share_words
from core.presentation.parts import Fact, File
from core.presentation.tables import Column, Link, Table, Two
from core.tags import GOOD, IDLE, Tag
from grants.models import Grant, Signature
from grants.rules.agreement import add_months
from ledger import api as ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from core.models import Document
    from grants.models import Statement
    from grants.rules.settlement import Outcome
    from parties.models import Organisation

METER_WIDTH = 96
G = Grant.State
NOT_STARTED = frozenset({G.PREPARATION, G.READY_TO_SIGN, G.COORD_SIGNED, G.PREP_FAILED})
STAGES = ("planned", "committed", "paid", "accepted")


def closing(found: Outcome) -> dict[str, Any]:
    """The final grant, its sum line by line, and the words of its cut: what a page shows."""
    return {
        "closing": found,
        "closing_facts": closing_facts(found),
        "cut": cut_words(found),
    }


def closing_facts(found: Outcome) -> list[Fact]:
    """The sum of the final grant, line by line."""
    last = _("To be paid back") if found.balance < 0 else _("Balance to be paid")
    rows = [
        (_("Accepted SME support"), found.sme_accepted, False),
        (_("Accepted coordination"), found.coordination_accepted, False),
        (_("Coordination that this support carries"), found.matched, False),
        (_("Coordination payable"), found.coordination_part, False),
        (_("Final grant"), found.final_grant, True),
        (_("Received so far"), -found.received, False),
        (last, abs(found.balance), True),
    ]
    return [Fact(name, _plain(cents), total=total) for name, cents, total in rows]


def _plain(cents: int) -> str:
    return eur(cents).removeprefix("EUR\u00a0")


def cut_words(found: Outcome) -> str:
    """Why coordination is cut, and what would release it; empty when nothing is cut."""
    if not found.cut:
        return ""
    if not found.sme_missing:
        return _("%(cut)s of coordination is above the highest grant.") % {"cut": eur(found.cut)}
    return _(
        "%(cut)s of coordination would be cut. %(released)s of it is payable once another "
        "%(missing)s of SME support is accepted."
    ) % {
        "cut": eur(found.cut),
        "released": eur(found.released),
        "missing": eur(found.sme_missing),
    }


def month_words(grant: Grant, *, on: date) -> str:
    """Where the action stands: “month 21 of 30”."""
    if on < grant.starts_on or grant.state in NOT_STARTED:
        return _("not started")
    total = passed = 0
    while add_months(grant.starts_on, months=total) <= grant.ends_on:
        total += 1
        passed += add_months(grant.starts_on, months=total - 1) <= on
    return _("month %(passed)s of %(total)s") % {"passed": min(passed, total), "total": total}


def partners(grant: Grant) -> list[Any]:
    """The coordinator first, then by name, with what each asked for and was accepted for."""
    rows = grant.beneficiaries.select_related("organisation").annotate(
        claimed=Sum("statements__claimed_cents"), accepted=Sum("statements__accepted_cents")
    )
    return list(rows.order_by("-is_coordinator", "organisation__short_name"))


def other_partners(grant: Grant) -> list[Organisation]:
    """Every partner but the coordinator."""
    return [row.organisation for row in partners(grant) if not row.is_coordinator]


def partner_table(grant: Grant) -> Table:
    """Partners with accession, planned, claimed and accepted coordination, and their statement."""
    rows = partners(grant)
    signed = _last_statements(grant)
    columns = [
        Column(_("Partner"), "head"),
        Column(_("Acceded"), "day"),
        Column(_("For SMEs, planned"), "money"),
        Column(_("Coordination, planned"), "money"),
        Column(_("Claimed"), "money"),
        Column(_("Accepted"), "money"),
        Column(_("Statement"), "tag"),
    ]
    cells = [_partner_cells(grant, row, statement=signed.get(row.pk)) for row in rows]
    foot = [
        _("Total"),
        "",
        sum(row.sme_planned_cents for row in rows),
        sum(row.coordination_planned_cents for row in rows),
        sum(row.claimed or 0 for row in rows),
        sum(row.accepted or 0 for row in rows),
        None,
    ]
    return Table(_("Partners of the grant"), columns, cells, foot=[foot])


def _partner_cells(grant: Grant, row: Any, *, statement: Statement | None) -> list[Any]:
    name = Two(f"{row.organisation.short_name} {row.organisation.country}", "")
    if row.is_coordinator:
        name = Two(name.first, _("coordinator"))
    acceded = _signed_on(grant) if row.is_coordinator else row.acceded_at
    tag = None
    if statement is not None:
        signed = statement.signed_at is not None
        tag = Tag(GOOD if signed else IDLE, _("Signed") if signed else _("Being written"))
    return [
        name,
        acceded or _("not yet"),
        row.sme_planned_cents,
        row.coordination_planned_cents,
        row.claimed or 0,
        row.accepted or 0,
        tag,
    ]


def _signed_on(grant: Grant) -> date | None:
    for signature in grant.signatures.all():
        if signature.kind == "coordinator":
            return signature.signed_at
    return None


def _last_statements(grant: Grant) -> dict[Any, Statement]:
    reports = sorted(grant.reports.all(), key=lambda report: report.number)
    return {s.beneficiary_id: s for s in reports[-1].statements.all()} if reports else {}


def files(grant: Grant) -> list[File]:
    """The agreement and what was signed for it, the latest first; statements are in reports."""
    shown: list[File] = []
    if grant.agreement is not None:
        shown.append(file_of(grant, grant.agreement, kind=_("Grant agreement")))
    seen = {grant.agreement_id}
    for signature in sorted(grant.signatures.all(), key=lambda s: s.signed_at, reverse=True):
        of_report = signature.kind == Signature.Kind.STATEMENT
        if signature.document_id not in seen and not of_report:
            seen.add(signature.document_id)
            kind = str(signature.get_kind_display())
            shown.append(file_of(grant, signature.document, kind=kind))
    return shown


def file_of(grant: Grant, document: Document, *, kind: str) -> File:
    """A paper of the grant with the address that gives it out."""
    return File(
        name=document.name,
        size=document.size,
        stored_at=document.created_at,
        kind=kind,
        sha256=document.sha256,
        url=reverse("grants:grant_file", args=[grant.pk, document.pk]),
        action=_("Open"),
    )


def grant_table(grants: Sequence[Grant]) -> Table:
    """Grants with the SMEs' share planned, committed, paid and accepted: two more statements."""
    figures = ledger.share_figures_of([g.book for g in grants if g.book is not None])
    columns = [
        Column(_("Grant"), "head"),
        Column(_("State"), "tag"),
        Column(_("Coordinator")),
        Column(_("Highest grant EUR"), "money"),
        Column(_("Planned"), "num"),
        Column(_("Committed"), "num"),
        Column(_("Paid"), "num"),
        Column(_("Accepted"), "num"),
        Column(_("SME support accepted EUR"), "money"),
        Column(_("Of the grant")),
    ]
    rows = [_grant_cells(g, figures.get(g.book_id or 0)) for g in grants]
    none = _("No grant to show. A grant begins when an invited proposal is prepared.")
    return Table(_("Grants"), columns, rows, none=none)


def _grant_cells(grant: Grant, figures: ledger.ShareFigures | None) -> list[Any]:
    url = reverse("grants:grant_detail", args=[grant.pk])
    parts = [_stage_share(figures, stage) for stage in STAGES]
    return [
        Link(grant.proposal.acronym, url, grant.number),
        grant,
        f"{grant.coordinator.short_name} {grant.coordinator.country}",
        grant.grant_max_cents,
        *parts,
        figures.accepted.sme if figures else None,
        small_meter(grant, figures) if figures else "",
    ]


def small_meter(grant: Grant, figures: ledger.ShareFigures) -> SafeString:
    """Accepted and committed SME support in the grant, with the floor as a line."""
    total = figures.grant
    label = _("Accepted %(accepted)s, committed %(committed)s of the grant") % {
        "accepted": share_words(share_of(figures.accepted.sme, total)),
        "committed": share_words(share_of(figures.committed.sme, total)),
    }
    place = METER_WIDTH * grant.share_n // grant.share_d
    return format_html(
        '<svg class="ch" width="{0}" height="14" viewBox="0 0 {0} 14" role="img" aria-label="{1}">'
        '<rect class="m-track" y="3" width="{0}" height="8"/>'
        '<rect class="m-comm" y="3" width="{2}" height="8"/>'
        '<rect class="m-acc" y="3" width="{3}" height="8"/>'
        '<line class="m-line" x1="{4}" x2="{4}" y1="0" y2="14"/></svg>',
        METER_WIDTH,
        label,
        METER_WIDTH * figures.committed.sme // total,
        METER_WIDTH * figures.accepted.sme // total,
        place,
    )


def _stage_share(figures: ledger.ShareFigures | None, stage: str) -> str:
    split = getattr(figures, stage, None)
    if split is None or not split.total:
        return "–"
    return share_words(share_of(split.sme, split.total))
