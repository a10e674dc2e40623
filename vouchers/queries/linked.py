"""What an applicant and its linked enterprises share in a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.presentation.formats import day, eur
from core.presentation.formats import share as share_words
from core.presentation.parts import Row
from core.presentation.tables import Column, Table, Two
from parties.models import OrganisationLink
from parties.queries import linked_group
from vouchers.lifecycle.application_conditions import cap_used

if TYPE_CHECKING:
    from datetime import date

    from vouchers.models import Application


def linked_page(one: Application, *, on: date) -> dict[str, Any]:
    """Ties of the group and what it may still be awarded."""
    return {"ties": tie_table(one, on=on), "limits": cap_rows(one, on=on)}


def tie_table(one: Application, *, on: date) -> Table:
    """Every tie that makes the applicant's group, with who recorded it and why."""
    group = linked_group(one.organisation_id, on_date=on)
    ties = OrganisationLink.objects.live(on_date=on).filter(
        kind=OrganisationLink.Kind.LINKED, parent__in=group
    )
    rows = [
        (
            Two(f"{tie.parent.legal_name} → {tie.child.legal_name}", tie.reason),
            share_words(tie.share_bp),
            day(tie.start_date, short=True),
            str(tie.declared_by),
        )
        for tie in ties.select_related("parent", "child", "declared_by").order_by(
            "start_date", "pk"
        )
    ]
    columns = [
        Column(_("Who controls whom"), "head"),
        Column(_("Share")),
        Column(_("Since")),
        Column(_("Recorded by")),
    ]
    none = _("No linked enterprise is known.")
    return Table(_("Linked enterprises"), columns, rows, none=none, top=True)


def cap_rows(one: Application, *, on: date) -> list[Row]:
    """The common cap in this grant: used, left, and what is above it after a late tie."""
    cap, used = one.sme_call.grant.call.sme_max_cents, cap_used(one, on=on)
    rows = [
        Row(_("Cap in this grant, all together"), eur(cap)),
        Row(_("Awarded so far"), eur(used)),
        Row(_("May still be awarded"), eur(max(cap - used, 0))),
    ]
    if used > cap:
        rows.append(Row(_("Above the cap since they are linked"), eur(used - cap)))
    return rows
