"""The proposal as an expert reads it: the version that counts, nothing typed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.presentation.tables import Column, Table
from grants.models import Category

if TYPE_CHECKING:
    from grants.models import Proposal


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the text, with the anchor that leads to it."""

    anchor: str
    title: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands beside the report form."""

    parts: list[Part]
    budget: Table
    shares: Table
    annexes: list[dict[str, Any]]
    partners: list[dict[str, Any]]
    totals: dict[str, int]
    pages: int
    page_limit: int

    @property
    def is_too_long(self) -> bool:
        """Whether pages beyond the call's limit must be left unread."""
        return bool(self.page_limit) and self.pages > self.page_limit


def reading_of(proposal: Proposal) -> Reading:
    """Text, budget and annexes of the version that was handed in last (no query of its own)."""
    content = _content(proposal)
    annexes = content["annexes"]
    return Reading(
        parts=[_part(section) for section in content["sections"]],
        budget=_budget(content),
        shares=_shares(content),
        annexes=annexes,
        partners=content["partners"],
        totals=content["totals"],
        pages=sum(annex["pages"] or 0 for annex in annexes),
        page_limit=proposal.call.page_limit,
    )


def consortium_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Who is behind the proposal: all an expert sees before the declaration."""
    partners: list[dict[str, Any]] = _content(proposal)["partners"]
    return partners


def annexes_of(proposal: Proposal) -> set[UUID]:
    """Documents of the version that counts."""
    return {UUID(annex["document"]) for annex in _content(proposal)["annexes"]}


def _content(proposal: Proposal) -> dict[str, Any]:
    assert proposal.version is not None, "only what was handed in is evaluated"
    content: dict[str, Any] = proposal.version.content
    return content


def _part(section: dict[str, Any]) -> Part:
    text = section["text"].replace("\r\n", "\n")
    paragraphs = [block.strip() for block in text.split("\n\n")]
    return Part(section["code"], section["title"], [block for block in paragraphs if block])


def _budget(content: dict[str, Any]) -> Table:
    """Estimated cost by category, over all partners."""
    partners, totals = content["partners"], content["totals"]
    rows = [
        [str(category.label), sum(partner["costs"].get(category.value, 0) for partner in partners)]
        for category in Category
    ]
    return Table(
        _("Budget by category"),
        [Column(_("Category"), "head"), Column(_("EUR"), "money")],
        [*rows, [_("Indirect costs"), totals["indirect"]]],
        foot=[[_("Total cost"), totals["cost"]], [_("Requested"), totals["requested"]]],
    )


def _shares(content: dict[str, Any]) -> Table:
    """Each partner's cost and what it asks for."""
    return Table(
        _("Budget by partner"),
        [
            Column(_("Partner"), "head"),
            Column(_("Cost EUR"), "money"),
            Column(_("EU contribution EUR"), "money"),
        ],
        [[one["short_name"], one["cost"], one["contribution"]] for one in content["partners"]],
    )
