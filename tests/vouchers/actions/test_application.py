from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail, Person
from tests.factories.parties import a_link, a_member, a_person, an_sme, the_representative
from tests.factories.vouchers import (
    ACCEPTING,
    APPLYING,
    CLOSING,
    a_complete_application,
    a_declaration,
    a_file,
    a_submitted_application,
    an_accepted_application,
    an_application,
    an_awarded_application,
    an_open_sme_call,
    fresh,
)
from vouchers import accounts
from vouchers.actions import application as applications
from vouchers.actions import sme_status
from vouchers.models import Application, SmeStatus
from vouchers.rules.number import is_well_formed
from vouchers.rules.sme_declaration import Declaration, DeclaredTie, YearFigures

pytestmark = pytest.mark.django_db
A = Application.State


def representative(of: Application) -> Person:
    return the_representative(of.organisation)


def test_sent_it_has_a_number_an_amount_and_letters() -> None:
    made = a_submitted_application()
    assert made.state == A.SUBMITTED
    assert is_well_formed(made.number)
    assert (made.value_cents, made.submitted_at) == (5_000_00, APPLYING)
    subjects = sorted(
        Mail.objects.filter(subject__contains=made.number).values_list("subject", flat=True)
    )
    assert subjects == [f"New application {made.number}", f"We have your application {made.number}"]


def test_only_who_acts_for_the_firm_writes_and_sends() -> None:
    made = a_complete_application()
    looker = a_member(made.organisation)
    for person in (a_person(), looker):
        with pytest.raises(NotAllowed):
            applications.submit(application_id=made.pk, actor=person, at=APPLYING)
        with pytest.raises(NotAllowed):
            applications.save(made.pk, values={"title": "x"}, actor=person, at=APPLYING)


def test_what_is_missing_stops_it() -> None:
    made = an_application()
    actor = representative(made)
    with pytest.raises(Refused, match="still missing"):
        applications.submit(application_id=made.pk, actor=actor, at=APPLYING)
    done = a_complete_application(of=made.sme_call, is_honest=False)
    with pytest.raises(Refused, match="three declarations"):
        applications.submit(application_id=done.pk, actor=representative(done), at=APPLYING)
    SmeStatus.objects.filter(application=done).delete()
    with pytest.raises(Refused, match="size of the enterprise"):
        applications.submit(application_id=done.pk, actor=representative(done), at=APPLYING)
    assert fresh(done).number == ""


def test_in_at_the_closing_instant_and_out_a_millisecond_later() -> None:
    sme_call = an_open_sme_call()
    inside = a_complete_application(of=sme_call)
    late = a_complete_application(of=sme_call)
    applications.submit(application_id=inside.pk, actor=representative(inside), at=CLOSING)
    after = CLOSING + timedelta(milliseconds=1)
    with pytest.raises(Refused, match="does not take applications"):
        applications.submit(application_id=late.pk, actor=representative(late), at=after)
    with pytest.raises(Refused, match="has closed"):
        applications.save(late.pk, values={"title": "x"}, actor=representative(late), at=after)


def test_sent_twice_is_sent_once() -> None:
    made = a_submitted_application()
    with pytest.raises(Refused, match="faster"):
        applications.submit(application_id=made.pk, actor=representative(made), at=APPLYING)
    assert fresh(made).transitions.filter(event="submit").count() == 1


def test_a_required_file_is_asked_for() -> None:
    sme_call = an_open_sme_call()
    item = sme_call.evidence_items.create(position=9, stage="application", title="Accounts")
    made = a_complete_application(of=sme_call)
    actor = representative(made)
    with pytest.raises(Refused, match="file that the call asks for"):
        applications.submit(application_id=made.pk, actor=actor, at=APPLYING)
    for _time in range(2):
        applications.add_file(made.pk, item_id=item.pk, upload=a_file(), actor=actor, at=APPLYING)
    assert made.files.filter(replaced_at__isnull=True).count() == 1
    applications.submit(application_id=made.pk, actor=actor, at=APPLYING)


def test_a_partner_or_its_subsidiary_is_not_supported() -> None:
    sme_call = an_open_sme_call()
    sme = an_sme()
    made = a_complete_application(of=sme_call, sme=sme)
    a_link(sme_call.grant.coordinator, sme)
    with pytest.raises(Refused, match="belongs to the consortium"):
        applications.submit(application_id=made.pk, actor=representative(made), at=APPLYING)


def test_the_same_service_is_asked_for_once() -> None:
    made = a_submitted_application()
    with pytest.raises(Refused, match="applied for this already"):
        an_application(of=made.sme_call, sme=made.organisation)


def test_every_input_of_the_size_is_kept() -> None:
    made = an_application()
    declaration = Declaration(
        own=YearFigures(2022, Decimal(60), 100, 200),
        ties=(
            DeclaredTie("B", capital_bp=3_300, headcount=Decimal(100)),
            DeclaredTie("far", capital_bp=6_000, votes_bp=6_000, headcount=Decimal(10), through=0),
        ),
        earlier=(YearFigures(2021, Decimal(40), 1, 1),),
    )
    status = sme_status.declare(
        made.pk,
        declared="medium",
        declaration=declaration,
        actor=representative(made),
        at=APPLYING,
    )
    assert status.total_headcount == Decimal("96.3")
    assert (status.of_the_year, status.computed, status.is_open) == ("medium", "small", True)
    assert [(tie.name, tie.counted_as) for tie in status.ties.order_by("position")] == [
        ("B", "partner"),
        ("far", ""),
    ]
    assert status.ties.get(name="far").through == status.ties.get(name="B")
    again = sme_status.declare(
        made.pk,
        declared="small",
        declaration=a_declaration(),
        actor=representative(made),
        at=APPLYING,
    )
    assert SmeStatus.objects.get() == again
    assert again.ties.count() == 0


def test_acceptance_needs_the_declaration_again_and_comes_in_time() -> None:
    made = an_awarded_application()
    actor = representative(made)

    def accept(*, free: bool = True, late: int = 0) -> Application:
        at = ACCEPTING + timedelta(days=late)
        return applications.accept(
            application_id=made.pk, has_no_other_funding=free, actor=actor, at=at
        )

    with pytest.raises(DomainError, match="other EU funding"):
        accept(free=False)
    with pytest.raises(Refused, match="time to accept"):
        accept(late=30)
    assert accept().state == A.ACCEPTED


def test_withdrawing_an_award_frees_it() -> None:
    made = an_awarded_application()
    applications.withdraw(application_id=made.pk, actor=representative(made), at=ACCEPTING)
    assert accounts.left(accounts.reserve(made)) == 0
    assert accounts.left(accounts.call_budget(made.sme_call)) == 50_000_00
    with pytest.raises(Refused):
        applications.withdraw(application_id=made.pk, actor=representative(made), at=ACCEPTING)


def test_an_accepted_application_is_not_withdrawn() -> None:
    made = an_accepted_application()
    with pytest.raises(Refused):
        applications.withdraw(application_id=made.pk, actor=representative(made), at=ACCEPTING)
