"""What is refused on the road of a grant, and what happens on its side roads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from core.errors import NotAllowed, Refused
from grants.actions import grant as grants
from grants.actions import grant_roles, payment, signature, statement
from grants.actions import report as reports
from grants.models import Grant, PeriodicReport
from tests.factories import grant as given
from tests.factories.grant_reports import AT, hand_in, sign_all, signatory
from tests.factories.grants import officer
from tests.factories.ledger import a_paper
from tests.factories.parties import a_member, a_person, the_representative

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def test_a_declaration_is_signed_once_by_the_partners_own_signatory() -> None:
    grant = given.a_grant()
    first, second = given.partners(grant)[:2]
    legal = given.holder(grant, first.organisation, "LSIGN")
    signature.declare(beneficiary_id=first.pk, actor=legal, at=given.PREPARING)
    with pytest.raises(Refused, match="signed already"):
        signature.declare(beneficiary_id=first.pk, actor=legal, at=given.PREPARING)
    for actor in (legal, a_person()):
        with pytest.raises(NotAllowed):
            signature.declare(beneficiary_id=second.pk, actor=actor, at=given.PREPARING)


def test_nothing_is_declared_checked_or_acceded_to_at_the_wrong_time() -> None:
    grant = given.a_grant()
    partner = given.partners(grant)[1]
    legal = given.holder(grant, partner.organisation, "LSIGN")
    with pytest.raises(Refused, match="once both sides have signed"):
        signature.accede(beneficiary_id=partner.pk, actor=legal, at=given.PREPARING)
    grants.fail_preparation(
        grant_id=grant.pk, actor=officer(grant.call, "AO"), at=given.PREPARING, reason="Withdrawn."
    )
    with pytest.raises(Refused, match="preparation of this grant is over"):
        signature.declare(beneficiary_id=partner.pk, actor=legal, at=given.PREPARING)
    with pytest.raises(Refused, match="preparation of this grant is over"):
        given.check_exclusion(grant)


def test_an_accession_is_signed_once() -> None:
    grant = given.a_signed_grant()
    partner = given.partners(grant)[1]
    legal = given.holder(grant, partner.organisation, "LSIGN")
    signature.accede(beneficiary_id=partner.pk, actor=legal, at=given.SIGNING)
    with pytest.raises(Refused, match="signed already"):
        signature.accede(beneficiary_id=partner.pk, actor=legal, at=given.SIGNING)


def test_what_does_not_exist_is_not_found() -> None:
    stray, actor = uuid4(), a_person()
    acts: list[Callable[[], object]] = [
        lambda: signature.declare(beneficiary_id=stray, actor=actor, at=AT),
        lambda: signature.sign_for_authority(grant_id=stray, actor=actor, at=AT),
        lambda: grants.fail_preparation(grant_id=stray, actor=actor, at=AT),
        lambda: payment.prepare(payment_id=stray, actor=actor, at=AT),
        lambda: reports.submit(report_id=stray, sme_support_cents=0, actor=actor, at=AT),
        lambda: statement.sign_statement(statement_id=stray, actor=actor, at=AT),
        lambda: statement.remove_line(line_id=stray, actor=actor, at=AT),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_a_print_that_comes_too_late_is_dropped() -> None:
    grant = given.a_signed_grant()
    kept = grant.agreement
    grants.attach_agreement(grant_id=grant.pk, document=a_paper(), at=given.SIGNING)
    assert given.fresh(grant).agreement == kept


def test_only_a_programme_officer_records_the_check_for_exclusion() -> None:
    grant = given.a_grant()
    for actor in (officer(grant.call, "AO"), a_person()):
        with pytest.raises(NotAllowed):
            grants.record_exclusion_check(
                grant_id=grant.pk, source="x", actor=actor, at=given.PREPARING
            )


def appoint(grant: Grant, person_id: object, role: str = "FM") -> object:
    partner = grant.coordinator
    return grant_roles.appoint(
        grant_id=grant.pk,
        person_id=person_id,  # type: ignore[arg-type]  # a key of a person
        organisation_id=partner.pk,
        role=role,
        actor=the_representative(partner),
        at=given.PREPARING,
    )


def test_roles_go_to_members_once_and_end_once() -> None:
    grant = given.a_grant()
    with pytest.raises(Refused, match="is not a member"):
        appoint(grant, a_person().pk)
    person = given.appoint(grant, "FM")
    with pytest.raises(Refused, match="has this role already"):
        appoint(grant, person.pk)
    role, boss = grant.roles.get(person=person), the_representative(grant.coordinator)
    with pytest.raises(NotAllowed):
        grant_roles.end(role_id=role.pk, actor=person, at=given.PREPARING)
    grant_roles.end(role_id=role.pk, actor=boss, at=given.PREPARING)
    with pytest.raises(Refused, match="ended already"):
        grant_roles.end(role_id=role.pk, actor=boss, at=given.PREPARING)


def test_a_role_that_has_ended_gives_no_rights_on_the_next_day() -> None:
    grant = given.a_ready_grant()
    legal = given.holder(grant, grant.coordinator, "LSIGN")
    role = grant.roles.get(person=legal, role="LSIGN")
    grant_roles.end(role_id=role.pk, actor=the_representative(grant.coordinator), at=given.SIGNING)
    with pytest.raises(NotAllowed):
        signature.sign_for_coordinator(
            grant_id=grant.pk, actor=legal, at=given.SIGNING + timedelta(days=1)
        )


def test_members_without_a_role_do_not_sign() -> None:
    grant = given.a_ready_grant()
    with pytest.raises(NotAllowed):
        signature.sign_for_coordinator(
            grant_id=grant.pk, actor=a_member(grant.coordinator), at=given.SIGNING
        )


def test_a_suspended_grant_stops_the_clock_of_its_report_and_gives_it_back() -> None:
    report = given.the_report(given.a_funded_grant())
    hand_in(report)
    award = officer(report.grant.call, "AO")
    stop, go_on = AT + timedelta(days=30), AT + timedelta(days=200)
    grants.suspend(grant_id=report.grant_id, actor=award, at=stop, reason="A check.")
    report.refresh_from_db()
    assert (report.state, report.days_left) == (PeriodicReport.State.SUSPENDED, 60)
    grants.resume(grant_id=report.grant_id, actor=award, at=go_on, reason="Nothing found.")
    report.refresh_from_db()
    assert report.state == PeriodicReport.State.SUBMITTED
    assert report.answer_by == (go_on + timedelta(days=60)).date()


def test_a_question_of_its_own_outlives_the_suspension_of_the_grant() -> None:
    report = given.the_report(given.a_funded_grant())
    hand_in(report)
    award, po = officer(report.grant.call, "AO"), officer(report.grant.call, "PO")
    reports.suspend(report_id=report.pk, actor=po, at=AT, reason="Which hall?")
    later = AT + timedelta(days=1)
    grants.suspend(grant_id=report.grant_id, actor=award, at=later, reason="A check.")
    grants.resume(
        grant_id=report.grant_id, actor=award, at=later + timedelta(days=1), reason="Over."
    )
    report.refresh_from_db()
    assert report.state == PeriodicReport.State.SUSPENDED


def test_nothing_is_paid_or_handed_in_while_the_grant_is_suspended() -> None:
    report = given.the_report(given.a_funded_grant())
    grant, award = report.grant, officer(report.grant.call, "AO")
    sign_all(report)
    grants.suspend(grant_id=grant.pk, actor=award, at=AT, reason="A check.")
    with pytest.raises(Refused, match="The grant is suspended"):
        hand_in(report)
    grants.terminate(grant_id=grant.pk, actor=award, at=AT + timedelta(days=1), reason="Fraud.")
    assert given.fresh(grant).state == Grant.State.TERMINATED


def test_a_payment_that_fell_away_is_dropped_with_its_reason() -> None:
    grant = given.an_active_grant()
    dropped = payment.drop(payment_id=grant.payments.get().pk, reason="Moved.", at=given.PAYING)
    assert dropped.transitions.latest("pk").reason == "Moved."


def test_the_payment_order_is_kept_once() -> None:
    grant = given.an_active_grant()
    sent = given.send(grant.payments.get(), by=given.three_officers(grant))
    first = a_paper()
    payment.attach_order(payment_id=sent.pk, document=first)
    assert payment.attach_order(payment_id=sent.pk, document=a_paper()).order == first


def test_a_payee_without_a_validated_account_is_not_paid() -> None:
    grant = given.a_funded_grant()
    partner = given.partners(grant)[1].organisation
    by = given.three_officers(grant, of_call=False)
    due = payment.order(
        grant,
        kind="partner",
        payer_id=grant.coordinator_id,
        payee_id=partner.pk,
        amount_cents=100,
        subject="x",
        actor=by[0],
        at=given.PAYING,
    )
    with pytest.raises(Refused, match="has no validated bank account"):
        payment.prepare(payment_id=due.pk, actor=by[0], at=given.PAYING)


def test_a_statement_is_signed_once_and_only_a_signature_is_taken_back() -> None:
    report = given.the_report(given.a_funded_grant())
    row = report.statements.select_related("beneficiary", "report__grant")[0]
    actor = signatory(row)
    with pytest.raises(Refused, match="is not signed"):
        statement.take_back(statement_id=row.pk, actor=actor, at=AT)
    statement.sign_statement(statement_id=row.pk, actor=actor, at=AT)
    with pytest.raises(Refused, match="signed already"):
        statement.sign_statement(statement_id=row.pk, actor=actor, at=AT)


def test_only_the_coordinator_writes_the_text_and_only_before_it_is_handed_in() -> None:
    report = given.the_report(given.a_funded_grant())
    partner = given.partners(report.grant)[1].organisation
    other = given.holder(report.grant, partner, "LSIGN")
    with pytest.raises(NotAllowed):
        reports.save_summary(report_id=report.pk, summary="x", actor=other, at=AT)
    hand_in(report)
    legal = given.holder(report.grant, report.grant.coordinator, "LSIGN")
    with pytest.raises(Refused, match="Its text is fixed"):
        reports.save_summary(report_id=report.pk, summary="x", actor=legal, at=AT)
