"""Where organisations are paid, and which accounts wait for the accounting side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Person
from parties.models import BankAccount, Organisation
from parties.models.scope import Reach, reach, reaches_any

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet


def payable_account(organisation: Organisation | UUID, *, on_date: date) -> BankAccount | None:
    """Where the organisation may be paid on that day; None while nothing is validated or cooled."""
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    return BankAccount.objects.payable(on_date=on_date).filter(organisation_id=key).first()


def accounts_to_validate(person: Person, *, on_date: date) -> QuerySet[BankAccount]:
    """Proposed bank accounts that this person of the accounting side may judge, oldest first."""
    reached = Organisation.objects.filter(reach(Reach.ACCOUNT, person, on_date=on_date))
    own = person.memberships.live(on_date=on_date).values("organisation")
    waiting = BankAccount.objects.filter(
        state=BankAccount.State.PROPOSED, organisation__in=reached
    ).exclude(organisation__in=own)
    return (
        waiting.exclude(proposed_by=person)
        .select_related("organisation", "proposed_by")
        .order_by("proposed_at", "pk")
    )


def accounting_side(person: Person, *, on_date: date) -> QuerySet[Person]:
    """The person, if an office puts them on the accounting side of an organisation."""
    offices = reaches_any(Reach.ACCOUNT, person, on_date=on_date)
    return Person.objects.filter(offices, pk=person.pk)
