"""Files and versions of a proposal as its people see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.parts import File

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from grants.models import Annex, AnnexKind, Letter, Proposal, ProposalVersion


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A kind of file that the call asks for, and the file that is there."""

    kind: AnnexKind
    annex: Annex | None
    file: File | None


def annex_rows(proposal: Proposal) -> list[AnnexRow]:
    """All kinds in the call's order: two statements."""
    there = {row.kind_id: row for row in proposal.annexes.select_related("document")}
    kinds = proposal.call.annex_kinds.order_by("position")
    return [
        AnnexRow(kind, there.get(kind.pk), _file(proposal, there.get(kind.pk))) for kind in kinds
    ]


def _file(proposal: Proposal, annex: Annex | None) -> File | None:
    if annex is None:
        return None
    pages = annex.pages or 0
    note = ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages} if pages else ""
    return File(
        name=annex.document.name,
        size=annex.document.size,
        stored_at=annex.added_at,
        sha256=annex.document.sha256,
        note=note,
        url=reverse("grants:annex_file", args=[proposal.pk, annex.pk]),
        action=_("Open"),
    )


def versions_of(proposal: Proposal) -> QuerySet[ProposalVersion]:
    """What was handed in, the last first: one statement, without the contents."""
    rows = proposal.versions.select_related("submitted_by", "receipt__document")
    return rows.defer("content").order_by("-number")


def letters_of(proposal: Proposal) -> QuerySet[Letter]:
    """Letters about the proposal, the last first."""
    return proposal.letters.select_related("document", "signed_by").order_by("-sent_at")
