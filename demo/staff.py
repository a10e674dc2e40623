"""The people of a consortium that pays vouchers: signatories, fund managers, finance officers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demo import names
from grants.actions import grant_roles
from parties.actions import membership
from parties.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from core.models import Person
    from demo.chapters.proposals import Cluster
    from demo.stage import Stage
    from grants.models import Grant

F = Membership.Function
FINANCE = 5


@dataclass
class Staff:
    """Who does what for one coordinator; ``finance`` are five persons, as four eyes need."""

    lead: Cluster
    funds: list[Person] = field(default_factory=list)
    finance: list[Person] = field(default_factory=list)


def name_signatories(one: Cluster, *, at: datetime) -> None:
    """The representative signs for the organisation, in law and in money."""
    for function in (F.LEGAL_SIGNATORY, F.FINANCIAL_SIGNATORY):
        _grant(one, one.person, function, at=at)


def _grant(one: Cluster, person: Person, function: str, *, at: datetime) -> None:
    membership.grant(
        organisation_id=one.organisation.pk,
        person_id=person.pk,
        function=function,
        actor=one.person,
        at=at,
    )


def hire(stage: Stage, grant: Grant, lead: Cluster, *, is_home: bool, at: datetime) -> Staff:
    """Two fund managers and five finance officers for the coordinator of a grant."""
    staff = Staff(lead)
    for place in range(2):
        person = stage.person(
            "Zofia Lipowa" if is_home and place == 0 else names.person_name(stage.signed_up + 500),
            mailbox="funds" if is_home and place == 0 else "",
        )
        staff.funds.append(person)
    for place in range(FINANCE):
        person = stage.person(
            "Luca Rosmarino"
            if is_home and place == 0
            else names.person_name(stage.signed_up + 700),
            mailbox=("finance" + (str(place + 1) if place else "")) if is_home else "",
        )
        staff.finance.append(person)
    for role, people in (("FM", staff.funds), ("FO", staff.finance)):
        for person in people:
            _grant(lead, person, F.MEMBER, at=at)
            grant_roles.appoint(
                grant_id=grant.pk,
                person_id=person.pk,
                organisation_id=lead.organisation.pk,
                role=role,
                actor=lead.person,
                at=at,
            )
    return staff
