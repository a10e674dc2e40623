"""Who may: offices per call and memberships in the consortium, never a flag on the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.reading import read_once
from grants.models import Call, CallRole, Grant, GrantRole, Partner, Payment, Proposal
from grants.models.grant import running
from parties.models import Membership
from parties.permissions import functions_in
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from core.lifecycle import Lifecycle
    from core.models import Person

    Predicate = Callable[[Lifecycle[Any], Person], bool]

OFFICES = ("PO", "AO", "CC", "MOD", "FO", "AUD")


@read_once
def offices_in(person: Person, call_id: UUID, *, on: date) -> frozenset[str]:
    """The offices that the person has in the call on that day."""
    held = CallRole.objects.on(on).filter(person=person, call=call_id)
    return frozenset(held.values_list("role", flat=True))


def holds(person: Person, call_id: UUID, *roles: str, on: date) -> bool:
    """Whether the person has one of the offices in the call on that day."""
    return not offices_in(person, call_id, on=on).isdisjoint(roles)


@read_once
def is_in_consortium(person: Person, proposal: Proposal, *, on: date) -> bool:
    """Whether one of the person's organisations stands in the proposal's consortium."""
    mine = Membership.objects.live(on_date=on).filter(person=person)
    return Partner.objects.filter(
        proposal=proposal, organisation__in=mine.values("organisation")
    ).exists()


@read_once
def acts_for_partner(
    person: Person, proposal: Proposal, *, on: date, coordinator_only: bool = False
) -> bool:
    """Whether the person may act, not only look, for a partner (or for the coordinator)."""
    mine = Membership.objects.live(on_date=on).acting().filter(person=person)
    partners = Partner.objects.filter(
        proposal=proposal, organisation__in=mine.values("organisation")
    )
    if coordinator_only:
        partners = partners.filter(is_coordinator=True)
    return partners.exists()


def call_officer(*roles: str) -> Predicate:
    """Somebody with one of these offices in the call of the record.

    An officer whose own organisation stands in the consortium is refused: nobody decides on their
    own application.
    """

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        record, day = lifecycle.record, day_of(lifecycle.at)
        call_id = record.pk if isinstance(record, Call) else record.call_id
        if not holds(person, call_id, *roles, on=day):
            return False
        own = isinstance(record, Proposal) and is_in_consortium(person, record, on=day)
        return not own

    allowed.__name__ = "_or_".join(roles)
    return allowed


def coordinator(lifecycle: Lifecycle[Proposal], person: Person) -> bool:
    """Somebody who may act for the coordinating organisation of the proposal."""
    day = day_of(lifecycle.at)
    return acts_for_partner(person, lifecycle.record, on=day, coordinator_only=True)


# ------------------------------------------------------------------------- grants and payments


@read_once
def grant_roles_in(person: Person, grant_id: UUID, *, on: date) -> frozenset[tuple[UUID, str]]:
    """The roles that the person has in the grant on that day, each with its partner."""
    mine = running(GrantRole.objects.filter(person=person, grant=grant_id), on=on)
    return frozenset(mine.values_list("organisation", "role"))


def has_grant_role(
    person: Person, grant: Grant | UUID, *roles: str, organisation_id: UUID | None, on: date
) -> bool:
    """Whether the person holds one of the roles in the grant for that partner on that day."""
    grant_id = grant.pk if isinstance(grant, Grant) else grant
    wanted = {(organisation_id, role) for role in roles}
    return not wanted.isdisjoint(grant_roles_in(person, grant_id, on=on))


@read_once
def is_beneficiary(person: Person, grant: Grant, *, on: date) -> bool:
    """Whether one of the person's organisations is a partner of the grant."""
    mine = Membership.objects.live(on_date=on).filter(person=person).values("organisation")
    return grant.beneficiaries.filter(organisation__in=mine).exists()


def keeps_book(person: Person, grant: Grant, *, on: date) -> bool:
    """Whether the person, of the coordinator's money people, keeps the grant's book."""
    return has_grant_role(person, grant, "FM", "FO", organisation_id=grant.coordinator_id, on=on)


def is_member(person: Person, organisation_id: UUID | None, *, on: date) -> bool:
    """Whether the person belongs to the organisation on that day."""
    return organisation_id is not None and bool(functions_in(person, organisation_id, on_date=on))


def _grant_of(record: Any) -> Grant:
    grant: Grant = record if isinstance(record, Grant) else record.grant
    return grant


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in a grant on a day: offices of its call, roles for its partners."""

    person_id: UUID
    offices: frozenset[str]
    grant_roles: frozenset[tuple[UUID, str]]
    is_partner: bool


def known(lifecycle: Lifecycle[Any], person: Person) -> Standing:
    """The person's standing, read once for all buttons of a record: three statements."""
    kept: Standing | None = getattr(lifecycle, "standing", None)
    if kept is not None and kept.person_id == person.pk:
        return kept
    grant, day = _grant_of(lifecycle.record), day_of(lifecycle.at)
    offices = offices_in(person, grant.call_id, on=day)
    found = Standing(
        person.pk,
        offices,
        grant_roles_in(person, grant.pk, on=day),
        bool(offices) and is_beneficiary(person, grant, on=day),
    )
    lifecycle.standing = found  # type: ignore[attr-defined]  # kept for the next button
    return found


def grant_officer(*roles: str) -> Predicate:
    """An officer of the grant's call who belongs to none of its partners."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        standing = known(lifecycle, person)
        return bool(standing.offices.intersection(roles)) and not standing.is_partner

    allowed.__name__ = "_or_".join(roles)
    return allowed


def coordinator_role(*roles: str) -> Predicate:
    """Somebody with one of these roles of the grant for its coordinator."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        coordinator_id = _grant_of(lifecycle.record).coordinator_id
        wanted = {(coordinator_id, role) for role in roles}
        return bool(wanted & known(lifecycle, person).grant_roles)

    allowed.__name__ = "coordinator_" + "_or_".join(roles)
    return allowed


def partner_role(*roles: str) -> Predicate:
    """Somebody with one of these roles of the grant for any of its partners."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        return any(role in roles for _id, role in known(lifecycle, person).grant_roles)

    allowed.__name__ = "partner_" + "_or_".join(roles)
    return allowed


def pays(person: Person, payment: Payment, *, on: date) -> bool:
    """Whether the payment lies on this finance officer's desk.

    The granting authority's payments: a finance officer of the call. An organisation's: its own
    finance officer in the grant. In both cases nobody who belongs to the other side.
    """
    if is_member(person, payment.other_side_id, on=on):
        return False
    if payment.desk_id is None:
        return holds(person, payment.grant.call_id, "FO", on=on) and not is_beneficiary(
            person, payment.grant, on=on
        )
    return has_grant_role(person, payment.grant_id, "FO", organisation_id=payment.desk_id, on=on)


def desk_officer(lifecycle: Lifecycle[Payment], person: Person) -> bool:
    """A finance officer of the side that handles the payment, and not of the other side."""
    return pays(person, lifecycle.record, on=day_of(lifecycle.at))
