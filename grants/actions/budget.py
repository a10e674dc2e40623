"""The budget: typed amounts only; indirect costs, totals and shares are always computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.errors import NotAllowed
from core.gate import Move, tell
from grants.actions.proposal import editable, touch
from grants.models import BudgetLine, Category, Partner
from parties.models import Membership
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person
    from grants.models import Proposal


def writable_rows(proposal: Proposal, *, person: Person, on: date) -> set[UUID]:
    """Partners whose amounts the person may type: all for the coordinator, else one's own."""
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    partners = Partner.objects.filter(proposal=proposal)
    own = list(partners.filter(organisation__in=mine.values("organisation")))
    if any(partner.is_coordinator for partner in own):
        return set(partners.values_list("pk", flat=True))
    return {partner.pk for partner in own}


@transaction.atomic
def save_budget(
    proposal_id: UUID,
    *,
    amounts: Mapping[UUID, Mapping[str, int]],
    actor: Person,
    at: datetime,
) -> list[Partner]:
    """Save amounts in cents by partner and category. Rows that are not given stay as they are.

    A partner whose own amounts change has to confirm its share again. Returns these partners.
    Refused for a row of somebody else, unless one acts for the coordinator.
    """
    proposal = editable(proposal_id, actor=actor, at=at)
    if not amounts.keys() <= writable_rows(proposal, person=actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not type these amounts of {proposal}")
    partners = proposal.partners.filter(pk__in=amounts).prefetch_related("budget_lines")
    changed = [
        partner
        for partner in partners.order_by("position")
        if _write_lines(partner, amounts=amounts[partner.pk])
    ]
    unconfirm(changed)
    touch(proposal, actor=actor, at=at)
    if changed:
        tell(Move(proposal, "save_budget", proposal.state, proposal.state, actor, at))
    return changed


def _write_lines(partner: Partner, *, amounts: Mapping[str, int]) -> bool:
    before = {line.category: line.amount_cents for line in partner.budget_lines.all()}
    after = {category: amounts.get(category, before.get(category, 0)) for category in Category}
    if all(before.get(category, 0) == cents for category, cents in after.items()):
        return False
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(partner=partner, category=category, amount_cents=cents)
            for category, cents in after.items()
        ],
        update_conflicts=True,
        unique_fields=["partner", "category"],
        update_fields=["amount_cents"],
    )
    return True


def unconfirm(partners: Sequence[Partner]) -> None:
    """Forget the confirmations of these partners: what they confirmed is no longer what stands."""
    Partner.objects.filter(pk__in=[partner.pk for partner in partners]).update(
        confirmed_at=None, confirmed_by=None, confirmed_cents=None
    )
