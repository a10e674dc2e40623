"""The list of one's own proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.presentation.tables import Column, Link, Table
from grants.queries.proposal_pages import applicant_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants.models import Proposal


def own_table(rows: Sequence[Proposal]) -> Table:
    """The list of one's own proposals."""
    columns = [
        Column(_("Proposal"), "head"),
        Column(_("Call")),
        Column(_("State"), "tag"),
        Column(_("Deadline"), "when"),
        Column(_("Requested EUR"), "money"),
    ]
    lines = [
        [
            Link(row.acronym, reverse("grants:proposal_page", args=[row.pk]), small=row.title),
            row.call.identifier,
            applicant_tag(row),
            row.call.deadline_at,
            row.version.requested_cents if row.version else None,
        ]
        for row in rows
    ]
    return Table(_("My proposals"), columns, lines, none=_("You have not begun a proposal yet."))
