"""Proposals that wait for their grant: on the main list to be invited, invited to be prepared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.models import CallRole, Proposal

if TYPE_CHECKING:
    from datetime import date

    from core.models import Person

WAITING = (Proposal.State.MAIN_LIST, Proposal.State.INVITED)
SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    """A proposal and what this officer may do with it."""

    proposal: Proposal
    can_invite: bool
    can_prepare: bool


def waiting(person: Person, *, on: date) -> list[Waiting]:
    """The proposals of the officer's calls that wait for an invitation or a preparation."""
    offices = CallRole.objects.on(on).filter(person=person, role__in=("PO", "AO"))
    roles: dict[object, set[str]] = {}
    for call_id, role in offices.values_list("call", "role"):
        roles.setdefault(call_id, set()).add(role)
    if not roles:
        return []
    rows = Proposal.objects.filter(call__in=list(roles), state__in=WAITING)
    ordered = rows.select_related("call", "strand", "version").order_by("call", "number")
    return [
        Waiting(
            proposal,
            can_invite=proposal.state == Proposal.State.MAIN_LIST,
            can_prepare=proposal.state == Proposal.State.INVITED
            and "PO" in roles[proposal.call_id],
        )
        for proposal in ordered[:SHOWN]
    ]
