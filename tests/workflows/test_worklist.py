"""Who sees what: by role, by day, and never what one has prepared oneself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from grants.actions import bank_record, corrigendum
from grants.actions import payment as payments
from grants.models import CallRole
from tests.factories import claims
from tests.factories import grant as grants
from tests.factories import grants as proposals
from tests.factories.parties import a_person
from tests.workflows.lists import asked
from workflows.queues import holders, keys_of
from workflows.worklist import due_rows, items, open_tasks, tasks_for

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from core.models import Person
    from core.presentation.parts import Due
    from grants.models import Proposal

pytestmark = pytest.mark.django_db


def seen(person: Person, *, at: Any = claims.PAYING) -> list[str]:
    """Names of the turns that wait for a person."""
    return sorted(task.flow_task.name for task in tasks_for(person, at=at))


def test_a_payment_waits_for_every_officer_but_those_who_have_had_it_in_hand() -> None:
    one = claims.a_scheduled()
    certifier, *others = claims.the_officers(one.voucher.grant)[:4]
    due = claims.the_payment(one)
    assert [seen(person) for person in (certifier, *others)] == [[], *[["prepare"]] * 3]
    payments.prepare(payment_id=due.pk, actor=others[0], at=claims.PAYING)
    assert [seen(person) for person in others] == [[], ["approve"], ["approve"]]
    assert seen(certifier) == ["approve"]
    payments.approve(payment_id=due.pk, actor=others[1], at=claims.PAYING)
    assert [seen(person) for person in others] == [[], [], ["send"]]


def test_whoever_reads_the_bank_does_not_confirm_it() -> None:
    grant = grants.an_active_grant()
    officers = grants.three_officers(grant)
    due = grant.payments.get()
    grants.send(due, by=officers)
    bank_record.enter(
        payment_id=due.pk,
        outcome="executed",
        reference="BANK-1",
        booked_on=grants.PAYING.date(),
        bank_reason="",
        actor=officers[0],
        at=grants.PAYING,
    )
    lists = [seen(person, at=grants.PAYING) for person in officers]
    assert lists == [[], ["confirm"], ["confirm"]]


def test_a_person_without_a_role_sees_nothing() -> None:
    grants.an_active_grant()
    assert open_tasks().exists()
    assert seen(a_person(), at=grants.PAYING) == []


def test_a_role_that_has_not_begun_or_has_ended_shows_nothing() -> None:
    one = proposals.a_frozen_proposal()
    officer = proposals.officer(one.call, "PO")
    at = proposals.CHECKING
    assert seen(officer, at=at) == ["check"]
    CallRole.objects.filter(person=officer).update(end_date=at.date() - timedelta(days=1))
    assert seen(officer, at=at) == []
    CallRole.objects.filter(person=officer).update(start_date=date(2030, 1, 1), end_date=None)
    assert seen(officer, at=at) == []


def test_holders_are_those_who_hold_the_key() -> None:
    grant = grants.an_active_grant()
    people = [
        proposals.officer(grant.call, "AO"),
        grants.holder(grant, grant.coordinator, "LSIGN"),
        a_person(),
    ]
    on = grants.PAYING.date()
    for person in people:
        for key in keys_of(person, on_date=on):
            assert person in holders(key, on_date=on), key
    assert holders("clock", on_date=on) == []


def test_the_soonest_comes_first_also_after_a_corrigendum() -> None:
    one = proposals.a_proposal()
    coordinator = one.partners.get().organisation
    assert coordinator is not None
    other = proposals.a_proposal(of=proposals.a_call(), organisation=coordinator)
    assert titles(one) == [one.acronym, other.acronym]
    corrigendum.correct(
        one.call_id,
        reason="Holidays.",
        deadline_at=one.call.deadline_at + timedelta(days=9),
        summary=one.call.summary,
        actor=proposals.officer(one.call, "AO"),
        at=proposals.WRITING,
    )
    assert titles(one) == [other.acronym, one.acronym]
    last = rows_of(one)[-1]
    assert last.when == one.call.deadline_at + timedelta(days=9)
    assert last.url == f"/proposals/{one.pk}/"


def rows_of(one: Proposal) -> list[Due]:
    applicant = proposals.the_applicant(one)
    return due_rows(items(tasks_for(applicant, at=proposals.WRITING)))


def titles(one: Proposal) -> list[str]:
    return [row.title.rsplit(" ", maxsplit=1)[-1] for row in rows_of(one)]


def test_items_of_every_kind_are_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    claims.a_scheduled()
    tasks = list(open_tasks())
    assert len({task.flow_task.flow_class for task in tasks}) > 3
    with django_assert_num_queries(1):
        found = items(tasks)
    assert {item.url.startswith("/") for item in found} == {True}


def test_a_button_leaves_the_same_list_as_an_action(client: Client) -> None:
    by_action = claims.a_scheduled()
    by_button = claims.a_scheduled()
    first = claims.the_payment(by_action)
    payments.prepare(
        payment_id=first.pk,
        actor=claims.the_officers(by_action.voucher.grant)[1],
        at=claims.PAYING,
    )
    second = claims.the_payment(by_button)
    client.force_login(claims.the_officers(by_button.voucher.grant)[1])
    answer = client.post(reverse("grants:payment_event", args=[second.pk, "prepare"]))
    assert answer.status_code == 302
    assert asked(first) == asked(second) == ["approve: FO"]
    barred = [task.data["barred"] for task in open_tasks().filter(flow_task__endswith="approve")]
    assert len(barred) == len(set(barred)) == 2, "each keeps its own preparer out"


def test_nothing_waits_costs_no_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert items([]) == []
