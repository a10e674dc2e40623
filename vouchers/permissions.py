"""Who may on the SME side: roles in the grant, membership of the SME, never a flag on the person.

Nobody decides on an application or a voucher of their own organisation, whatever their role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grants.models import Grant
from grants.permissions import grant_roles_in, is_member
from parties.models import Membership
from parties.permissions import functions_in
from parties.rules.days import day_of
from vouchers.models import Application, Claim, SmeCall, Voucher

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from core.lifecycle import Lifecycle
    from core.models import Person

    Predicate = Callable[[Lifecycle[Any], Person], bool]

SmeRecord = SmeCall | Application | Voucher | Claim


def sme_call_of(record: SmeRecord) -> SmeCall:
    """The SME call that a record belongs to."""
    if isinstance(record, SmeCall):
        return record
    if isinstance(record, Application):
        return record.sme_call
    voucher = record.voucher if isinstance(record, Claim) else record
    return voucher.application.sme_call


def grant_id_of(record: SmeRecord) -> UUID:
    """The key of the grant that pays for a record."""
    if isinstance(record, Claim):
        return record.voucher.grant_id
    return record.grant_id if isinstance(record, Voucher) else sme_call_of(record).grant_id


def holds(
    person: Person, grant_id: UUID, *roles: str, on: date, organisation_id: UUID | None = None
) -> bool:
    """Whether the person has one of the roles in the grant on that day (for one partner)."""
    return any(
        role in roles and organisation_id in {None, partner}
        for partner, role in grant_roles_in(person, grant_id, on=on)
    )


def acts_for(person: Person, organisation_id: UUID, *, on: date) -> bool:
    """Whether the person may act for the organisation, not only look."""
    return bool(functions_in(person, organisation_id, on_date=on) - {Membership.Function.MEMBER})


def is_own(record: SmeRecord, person: Person, *, on: date) -> bool:
    """Whether the record is one of the person's own organisation."""
    if isinstance(record, SmeCall):
        return False
    holder = record.voucher if isinstance(record, Claim) else record
    return is_member(person, holder.organisation_id, on=on)


def grant_person(*roles: str) -> Predicate:
    """Somebody with one of these roles in the grant, and not of the SME concerned."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        record, day = lifecycle.record, day_of(lifecycle.at)
        if not holds(person, grant_id_of(record), *roles, on=day):
            return False
        return not is_own(record, person, on=day)

    allowed.__name__ = "_or_".join(roles)
    return allowed


def consortium_coordinator(lifecycle: Lifecycle[Any], person: Person) -> bool:
    """A legal signatory of the coordinator in this grant, and not of the SME concerned."""
    record, day = lifecycle.record, day_of(lifecycle.at)
    grant_id = grant_id_of(record)
    signs_for = {
        partner for partner, role in grant_roles_in(person, grant_id, on=day) if role == "LSIGN"
    }
    if not Grant.objects.filter(pk=grant_id, coordinator__in=signs_for).exists():
        return False
    return not is_own(record, person, on=day)


def running_partner_signatory(lifecycle: Lifecycle[Any], person: Person) -> bool:
    """A legal signatory of the partner that runs the SME call, and not of the SME concerned."""
    record, day = lifecycle.record, day_of(lifecycle.at)
    sme_call = sme_call_of(record)
    if not holds(
        person, sme_call.grant_id, "LSIGN", on=day, organisation_id=sme_call.organisation_id
    ):
        return False
    return not is_own(record, person, on=day)


def sme(lifecycle: Lifecycle[Any], person: Person) -> bool:
    """Somebody who may act for the SME."""
    return acts_for(person, lifecycle.record.organisation_id, on=day_of(lifecycle.at))


def claim_sme(lifecycle: Lifecycle[Claim], person: Person) -> bool:
    """Somebody who may act for the SME that holds the voucher."""
    return acts_for(person, lifecycle.record.voucher.organisation_id, on=day_of(lifecycle.at))


def paying_officer(lifecycle: Lifecycle[Any], person: Person) -> bool:
    """A finance officer of the partner that runs the SME call, and not of the SME concerned."""
    record, day = lifecycle.record, day_of(lifecycle.at)
    sme_call = sme_call_of(record)
    if not holds(person, sme_call.grant_id, "FO", on=day, organisation_id=sme_call.organisation_id):
        return False
    return not is_own(record, person, on=day)


def may_run_sme_calls(person: Person, grant_id: UUID, *, on: date) -> bool:
    """Whether the person is a fund manager of the grant."""
    return holds(person, grant_id, "FM", on=on)
