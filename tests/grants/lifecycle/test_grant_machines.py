"""The whole machines of grant, payment and report: hand-written, state by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.lifecycle import arrows, moves
from core.models import Person
from grants.actions import eu_payment
from grants.lifecycle.grant import GrantLifecycle
from grants.lifecycle.payment import PaymentLifecycle
from grants.lifecycle.report import PeriodicReportLifecycle
from grants.models import Grant, Payment, PeriodicReport
from tests.factories import grant as given
from tests.factories.grants import an_officer, officer
from tests.factories.parties import a_member, a_person

if TYPE_CHECKING:
    from core.lifecycle import Lifecycle

Move = tuple[str, str, str, str]

GRANT: set[Move] = {
    ("preparation", "make_ready", "ready_to_sign", "PO"),
    ("preparation", "fail_preparation", "prep_failed", "AO"),
    ("ready_to_sign", "reopen_preparation", "preparation", "PO"),
    ("ready_to_sign", "sign_for_coordinator", "coord_signed", "coordinator_LSIGN"),
    ("ready_to_sign", "fail_preparation", "prep_failed", "AO"),
    ("coord_signed", "sign_for_authority", "signed", "AO"),
    ("coord_signed", "fail_preparation", "prep_failed", "AO"),
    ("signed", "activate", "active", "system_only"),
    ("signed", "terminate", "terminated", "AO"),
    ("active", "suspend", "suspended", "AO"),
    ("active", "terminate", "terminated", "AO"),
    ("active", "open_final_report", "reporting", "system_only"),
    ("suspended", "resume", "active", "AO"),
    ("suspended", "terminate", "terminated", "AO"),
    ("terminated", "open_final_report", "reporting", "system_only"),
    ("reporting", "settle", "final_accepted", "AO"),
    ("final_accepted", "pay_balance", "balance_paid", "system_only"),
    ("final_accepted", "start_recovery", "in_recovery", "system_only"),
    ("balance_paid", "close", "closed", "AO"),
    ("in_recovery", "close", "closed", "AO"),
}
PAYMENT: set[Move] = {
    ("due", "prepare", "prepared", "desk_officer"),
    ("due", "suspend", "suspended", "AO"),
    ("due", "drop", "cancelled", "system_only"),
    ("suspended", "resume", "due", "AO"),
    ("suspended", "drop", "cancelled", "system_only"),
    ("prepared", "approve", "approved", "desk_officer"),
    ("prepared", "cancel", "cancelled", "desk_officer"),
    ("approved", "send", "sent", "desk_officer"),
    ("approved", "cancel", "cancelled", "desk_officer"),
    ("sent", "execute", "executed", "desk_officer"),
    ("sent", "give_back", "returned", "desk_officer"),
    ("executed", "recover", "recovered", "system_only"),
}
REPORT: set[Move] = {
    ("open", "lock_parts", "parts_locked", "partner_FSIGN"),
    ("parts_locked", "unlock_parts", "open", "partner_FSIGN"),
    ("parts_locked", "submit", "submitted", "coordinator_FM_or_LSIGN"),
    ("returned", "submit", "submitted", "coordinator_FM_or_LSIGN"),
    ("submitted", "send_back", "returned", "PO"),
    ("submitted", "suspend", "suspended", "PO_or_AO"),
    ("submitted", "accept", "accepted", "AO"),
    ("submitted", "accept_in_part", "partly_accepted", "AO"),
    ("suspended", "resume", "submitted", "PO_or_AO"),
    ("accepted", "order_payment", "payment_due", "AO"),
    ("accepted", "close", "closed", "system_only"),
    ("partly_accepted", "order_payment", "payment_due", "AO"),
    ("partly_accepted", "close", "closed", "system_only"),
    ("payment_due", "close", "closed", "system_only"),
}
MACHINES: list[tuple[type[Lifecycle[Any]], set[Move], Any, set[str]]] = [
    (GrantLifecycle, GRANT, Grant, {"closed", "prep_failed"}),
    (PaymentLifecycle, PAYMENT, Payment, {"returned", "cancelled", "recovered"}),
    (PeriodicReportLifecycle, REPORT, PeriodicReport, {"closed"}),
]


@pytest.mark.parametrize(("machine", "table", "model", "final"), MACHINES)
def test_the_machine_is_the_table_and_nothing_else(
    machine: type[Lifecycle[Any]], table: set[Move], model: Any, final: set[str]
) -> None:
    del model, final
    found = {(a.source, a.event, a.target, a.permission) for a in arrows(machine)}
    assert found == table


WHO = {
    "PO": {"PO"},
    "AO": {"AO"},
    "PO_or_AO": {"PO", "AO"},
    "system_only": {"system"},
    "coordinator_LSIGN": {"coordinator LSIGN"},
    "coordinator_FM_or_LSIGN": {"coordinator FM", "coordinator LSIGN"},
    "partner_FSIGN": {"coordinator FSIGN", "partner FSIGN"},
}


class At:
    """A record as if it stood in another state: to be asked, never moved."""

    def __init__(self, record: Any, where: str) -> None:
        self.record, self.where = record, where

    @property
    def state(self) -> str:
        return self.where

    @property
    def grant(self) -> Grant:
        found: Grant = getattr(self.record, "grant", self.record)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)


def everybody(grant: Grant) -> dict[str, Person]:
    """One person for each standing that the system knows, and some that have none."""
    coordinator, other = (row.organisation for row in given.partners(grant)[:2])
    people = {role: officer(grant.call, role) for role in ("PO", "AO", "CC", "MOD", "FO", "AUD")}
    insider = a_member(other)
    for role in ("PO", "AO", "FO"):
        an_officer(grant.call, role, person=insider)
    for role in ("LSIGN", "FSIGN"):
        people[f"coordinator {role}"] = given.holder(grant, coordinator, role)
        people[f"partner {role}"] = given.holder(grant, other, role)
    for role in ("FM", "FO"):
        people[f"coordinator {role}"] = given.appoint(grant, role)
        people[f"partner {role}"] = given.appoint(grant, role, organisation=other)
    return people | {
        "officer of a partner": insider,
        "member": a_member(coordinator),
        "stranger": a_person(),
        "system": Person.objects.system(),
    }


def allowed(
    machine: type[Lifecycle[Any]], record: Any, people: dict[str, Person]
) -> set[tuple[str, str, str]]:
    """Every state, event and standing for which the machine says yes before its conditions."""
    found = set()
    for where in record.State.values:
        lifecycle = machine(At(record, where), at=given.PAYING)
        for event, move in moves(machine):
            if move.source == where:
                yes = {name for name, who in people.items() if move.has_perm(lifecycle, who)}
                found |= {(where, event, name) for name in yes}
    return found


def expected(table: set[Move], who: dict[str, set[str]]) -> set[tuple[str, str, str]]:
    return {(source, event, name) for source, event, _t, whom in table for name in who[whom]}


@pytest.mark.django_db
def test_states_events_and_standings_of_grant_report_and_payments() -> None:
    grant = given.a_funded_grant()
    report = given.the_report(grant)
    people = everybody(grant)
    assert allowed(GrantLifecycle, grant, people) == expected(GRANT, WHO)
    assert allowed(PeriodicReportLifecycle, report, people) == expected(REPORT, WHO)
    by_authority = WHO | {"desk_officer": {"FO"}}
    due = grant.payments.get()
    assert allowed(PaymentLifecycle, due, people) == expected(PAYMENT, by_authority)
    own = eu_payment.order_partner(
        grant_id=grant.pk,
        partner_id=given.partners(grant)[1].organisation.pk,
        amount_cents=100,
        actor=people["coordinator FM"],
        at=given.PAYING,
    )
    by_coordinator = WHO | {"desk_officer": {"coordinator FO"}}
    assert allowed(PaymentLifecycle, own, people) == expected(PAYMENT, by_coordinator)


@pytest.mark.parametrize(("machine", "table", "model", "final"), MACHINES)
def test_every_state_is_reached_and_every_state_that_is_not_final_is_left(
    machine: type[Lifecycle[Any]], table: set[Move], model: Any, final: set[str]
) -> None:
    del machine
    initial = model._meta.get_field("state").default
    states = set(model.State.values)
    assert {target for _s, _e, target, _p in table} | {initial} == states
    assert states - {source for source, _e, _t, _p in table} == final
