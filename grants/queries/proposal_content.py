"""A proposal's working copy as plain data, and what the rules read in it.

The same content is shown before submission, sealed at submission and read by the checks: there is
one road from the record to the rules. Ten statements, however many partners.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grants.models import BudgetLine, Category, Partner, Proposal
from grants.queries.terms import budget_terms
from grants.rules.budget import Budget, BudgetTerms, Costs, budget
from grants.rules.call_rules import ProposalFacts
from grants.rules.consortium import Member
from parties.models import OrganisationLink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

CATEGORIES = [category.value for category in Category]


def proposal_content(proposal: Proposal, *, on: date) -> dict[str, Any]:
    """Everything in the working copy that counts when it is handed in."""
    partners = consortium(proposal)
    whole = budget(partner_costs(partners), terms=budget_terms(proposal.call))
    keys = legal_keys(partners, on=on)
    return {
        "call": proposal.call.identifier,
        "call_version": proposal.call.version,
        "number": proposal.number,
        "acronym": proposal.acronym,
        "title": proposal.title,
        "strand": _named(proposal.strand),
        "objectives": [_named(row) for row in proposal.objectives.order_by("position")],
        "duration_months": proposal.duration_months,
        "sections": _sections(proposal),
        "annexes": _annexes(proposal),
        "partners": [
            _partner(partner, row=row, legal_key=keys[partner.pk])
            for partner, row in zip(partners, whole.rows, strict=True)
        ],
        "totals": _totals(whole),
    }


def consortium(proposal: Proposal) -> list[Partner]:
    """The partners in their order, with organisation and budget lines: two statements."""
    rows = proposal.partners.select_related("organisation").prefetch_related("budget_lines")
    return list(rows.order_by("position"))


def costs_of(lines: Sequence[BudgetLine]) -> Costs:
    """One partner's typed amounts."""
    return Costs(**{line.category.lower(): line.amount_cents for line in lines})


def partner_costs(partners: Sequence[Partner]) -> list[Costs]:
    """Each partner's typed amounts, in the consortium's order."""
    return [costs_of(list(partner.budget_lines.all())) for partner in partners]


def legal_keys(partners: Sequence[Partner], *, on: date) -> dict[UUID, str]:
    """The same key for two branches of one organisation: those tied by a majority, or by a parent.

    A partner that has not joined yet is counted as an organisation of its own.
    """
    ids = [partner.organisation_id for partner in partners if partner.organisation_id]
    links = OrganisationLink.objects.live(on_date=on).filter(
        child__in=ids, kind=OrganisationLink.Kind.LINKED
    )
    roots: dict[UUID, UUID] = dict(links.order_by("pk").values_list("child", "parent"))
    return {
        partner.pk: str(_root(partner.organisation_id or partner.pk, roots=roots))
        for partner in partners
    }


def _root(key: UUID, *, roots: Mapping[UUID, UUID]) -> UUID:
    seen = {key}
    while key in roots and roots[key] not in seen:
        key = roots[key]
        seen.add(key)
    return key


def _named(row: Any) -> dict[str, str] | None:
    return None if row is None else {"code": row.code, "name": row.name}


def _sections(proposal: Proposal) -> list[dict[str, Any]]:
    rows = proposal.sections.select_related("template").order_by("template__position")
    return [
        {
            "code": row.template.code,
            "part": row.template.part,
            "title": row.template.title,
            "text": row.text,
        }
        for row in rows
    ]


def _annexes(proposal: Proposal) -> list[dict[str, Any]]:
    rows = proposal.annexes.select_related("kind", "document").order_by("kind__position")
    return [
        {
            "code": row.kind.code,
            "title": row.kind.title,
            "document": str(row.document_id),
            "name": row.document.name,
            "media_type": row.document.media_type,
            "size": row.document.size,
            "sha256": row.document.sha256,
            "pages": row.pages,
        }
        for row in rows
    ]


def _partner(partner: Partner, *, row: Any, legal_key: str) -> dict[str, Any]:
    organisation = partner.organisation
    amounts = {line.category: line.amount_cents for line in partner.budget_lines.all()}
    return {
        "partner": str(partner.pk),
        "organisation": str(organisation.pk) if organisation else None,
        "name": partner.label,
        "short_name": organisation.short_name if organisation else partner.label,
        "country": organisation.country if organisation else "",
        "kind": organisation.kind if organisation else "",
        "registration_number": organisation.registration_number if organisation else "",
        "vat_number": organisation.vat_number if organisation else "",
        "legal_key": legal_key,
        "is_coordinator": partner.is_coordinator,
        "confirmed_at": partner.confirmed_at.isoformat() if partner.confirmed_at else None,
        "confirmed_by": str(partner.confirmed_by_id) if partner.confirmed_by_id else None,
        "costs": {category: amounts.get(category, 0) for category in CATEGORIES},
        "indirect": row.indirect,
        "cost": row.total,
        "contribution": row.contribution,
    }


def _totals(whole: Budget) -> dict[str, int]:
    return {
        "direct": whole.costs.direct,
        "indirect": whole.indirect,
        "cost": whole.total,
        "contribution": whole.contribution,
        "requested": whole.requested,
        "sme": whole.sme,
    }


def facts_of(content: Mapping[str, Any]) -> ProposalFacts:
    """What the rules read in a content, sealed or not."""
    strand = content["strand"]
    return ProposalFacts(
        strand=strand["code"] if strand else None,
        objectives=frozenset(row["code"] for row in content["objectives"]),
        duration=content["duration_months"],
        texts={row["code"]: row["text"] for row in content["sections"]},
        annexes={row["code"]: row["pages"] for row in content["annexes"]},
        members=tuple(_member(row) for row in content["partners"]),
        costs=content_costs(content),
    )


def content_costs(content: Mapping[str, Any]) -> tuple[Costs, ...]:
    """Each partner's amounts in a sealed content."""
    return tuple(
        Costs(**{category.lower(): cents for category, cents in row["costs"].items()})
        for row in content["partners"]
    )


def content_budget(content: Mapping[str, Any], *, terms: BudgetTerms) -> Budget:
    """The budget of a sealed content, computed again."""
    return budget(content_costs(content), terms=terms)


def _member(row: Mapping[str, Any]) -> Member:
    """The coordinator confirms its own share by submitting."""
    return Member(
        name=row["name"],
        legal_key=row["legal_key"],
        country=row["country"],
        is_cluster=row["kind"] == "cluster",
        is_confirmed=row["is_coordinator"] or row["confirmed_at"] is not None,
    )
