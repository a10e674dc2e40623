"""What still stops a submission, in words, and the page on which it is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.presentation.parts import Due
from grants.queries.findings import sentence
from grants.queries.proposal_content import facts_of, proposal_content
from grants.queries.terms import call_terms
from grants.rules.call_rules import FAILED, Reading, read_proposal
from grants.rules.deadline import is_in_time
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.utils.functional import _StrPromise

    from core.errors import DomainError
    from grants.models import Call, Proposal

SECTIONS = gettext_lazy("Go to the list of sections"), "proposal_page"
FACTS = gettext_lazy("Go to the general facts"), "proposal_describe"
PARTNERS = gettext_lazy("Go to the partners"), "partner_list"
BUDGET = gettext_lazy("Go to the budget"), "budget_edit"
FILES = gettext_lazy("Go to the files"), "annex_list"
PLACES: Mapping[str, tuple[_StrPromise, str]] = {
    "parts": SECTIONS,
    "limits": SECTIONS,
    "annexes": FILES,
    "pages": FILES,
    "confirmed": PARTNERS,
    "consortium": PARTNERS,
    "distinct": PARTNERS,
    "countries": PARTNERS,
    "organisations": PARTNERS,
    "strand": FACTS,
    "objectives": FACTS,
    "duration": FACTS,
    "grant_max": BUDGET,
    "sme_share": BUDGET,
}


def blocking_readings(call: Call, readings: Iterable[Reading]) -> list[Reading]:
    """Broken rules that this call lets stop a submission."""
    return [
        reading
        for reading in readings
        if reading.outcome == FAILED and reading.rule in call.blocks_at_submission
    ]


def way_on(proposal: Proposal, reading: Reading) -> Due:
    """What was found, and a link to where it is put right."""
    title, name = PLACES[reading.rule]
    url = reverse(f"grants:{name}", args=[proposal.pk])
    return Due(title=str(title), url=url, why=sentence(reading))


def not_submitted(proposal: Proposal, refusal: DomainError, *, at: datetime) -> dict[str, Any]:
    """The page of a refused submission: while there is time, what stops it, each with its place."""
    in_time = is_in_time(at, deadline_at=proposal.call.deadline_at)
    ways = _ways_on(proposal, on=day_of(at)) if in_time else []
    return {
        "title": _("The proposal was not submitted"),
        "over": proposal.acronym,
        "ways": [way if way.why != str(refusal) else Due(way.title, way.url) for way in ways],
        "back": reverse("grants:proposal_page", args=[proposal.pk]),
    }


def _ways_on(proposal: Proposal, *, on: date) -> list[Due]:
    content = proposal_content(proposal, on=on)
    found = read_proposal(facts_of(content), terms=call_terms(proposal.call))
    return [way_on(proposal, reading) for reading in blocking_readings(proposal.call, found)]
