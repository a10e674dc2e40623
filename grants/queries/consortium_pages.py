"""The consortium as its members see it: shares, confirmations, who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.tags import GOOD, IDLE, WARN, Tag
from grants.permissions import acts_for_partner
from grants.queries.proposal_content import consortium, partner_costs
from grants.queries.terms import budget_terms
from grants.rules.budget import budget
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person
    from grants.models import Partner, Proposal


@dataclass(frozen=True, slots=True)
class ConsortiumRow:
    """A partner with its share of the budget and what the reader may do about it."""

    partner: Partner
    cost: int
    contribution: int
    tag: Tag
    may_confirm: bool


def leads(proposal: Proposal, *, person: Person, on: date) -> bool:
    """Whether the person may act for the coordinator."""
    return acts_for_partner(person, proposal, on=on, coordinator_only=True)


def rows(proposal: Proposal, *, person: Person, on: date) -> list[ConsortiumRow]:
    """All partners in their order: five statements."""
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    own = set(mine.values_list("organisation", flat=True))
    partners = consortium(proposal)
    whole = budget(partner_costs(partners), terms=budget_terms(proposal.call))
    return [
        ConsortiumRow(
            partner=partner,
            cost=row.total,
            contribution=row.contribution,
            tag=_tag(partner),
            may_confirm=partner.organisation_id in own
            and not partner.is_coordinator
            and partner.confirmed_at is None,
        )
        for partner, row in zip(partners, whole.rows, strict=True)
    ]


def _tag(partner: Partner) -> Tag:
    if partner.is_coordinator:
        return Tag(GOOD, _("Coordinator"))
    if partner.confirmed_at is not None:
        return Tag(GOOD, _("Confirmed"))
    if partner.organisation_id is not None:
        return Tag(WARN, _("To confirm"))
    return Tag(IDLE, _("Invited"))
