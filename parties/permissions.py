"""Who acts for an organisation, and who checks its bank accounts. Read at each act, by the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.reading import read_once
from parties.models import Membership, Organisation
from parties.models.membership import MembershipFunction as Function
from parties.models.scope import Reach, reach
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from core.lifecycle import Lifecycle
    from core.models import Person
    from parties.models import BankAccount, Invitation

RUNS: frozenset[str] = frozenset({Function.REPRESENTATIVE, Function.LEGAL_SIGNATORY})
HANDLES_MONEY: frozenset[str] = RUNS | {Function.FINANCIAL_SIGNATORY}


@read_once
def functions_in(person: Person, organisation_id: UUID, *, on_date: date) -> frozenset[str]:
    """What the person is in the organisation on that day."""
    rows = Membership.objects.live(on_date=on_date)
    mine = rows.filter(person=person, organisation=organisation_id)
    return frozenset(mine.values_list("function", flat=True))


def has_function(
    person: Person, organisation_id: UUID, *, functions: Collection[str], on_date: date
) -> bool:
    """Whether an active person holds one of the functions in the organisation on that day."""
    if not person.is_active:
        return False
    return not functions_in(person, organisation_id, on_date=on_date).isdisjoint(functions)


def is_member(person: Person, organisation_id: UUID, *, on_date: date) -> bool:
    """Whether the person belongs to the organisation in any function on that day."""
    return has_function(person, organisation_id, functions=Function.values, on_date=on_date)


def can_run(person: Person, organisation_id: UUID, *, on_date: date) -> bool:
    """Representatives and legal signatories change details and people, and declare ties."""
    return has_function(person, organisation_id, functions=RUNS, on_date=on_date)


def can_handle_money(person: Person, organisation_id: UUID, *, on_date: date) -> bool:
    """They and financial signatories propose bank accounts."""
    return has_function(person, organisation_id, functions=HANDLES_MONEY, on_date=on_date)


def can_account(person: Person, organisation_id: UUID, *, on_date: date) -> bool:
    """Somebody of the accounting side who isn't a member of the organisation itself."""
    if not person.is_active or is_member(person, organisation_id, on_date=on_date):
        return False
    reached = reach(Reach.ACCOUNT, person, on_date=on_date)
    return Organisation.objects.filter(reached, pk=organisation_id).exists()


def is_accounting_side(lifecycle: Lifecycle[BankAccount], person: Person) -> bool:
    """May judge this organisation's bank account."""
    day = day_of(lifecycle.at)
    return can_account(person, lifecycle.record.organisation_id, on_date=day)


def is_holder(lifecycle: Lifecycle[BankAccount], person: Person) -> bool:
    """May propose or give up bank accounts of this organisation."""
    day = day_of(lifecycle.at)
    return can_handle_money(person, lifecycle.record.organisation_id, on_date=day)


def is_inviter(lifecycle: Lifecycle[Invitation], person: Person) -> bool:
    """Sent the invitation, or runs the organisation that it is to."""
    invitation = lifecycle.record
    if person.pk == invitation.invited_by_id:
        return True
    organisation_id = invitation.organisation_id
    day = day_of(lifecycle.at)
    return organisation_id is not None and can_run(person, organisation_id, on_date=day)


def has_account(_lifecycle: Lifecycle[Invitation], person: Person) -> bool:
    """Anyone who can sign in: the token is what lets a person come here."""
    return person.is_active and not person.is_system
