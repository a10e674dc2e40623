from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from core.errors import DomainError, NotAllowed, Refused
from core.models import Person
from parties.actions import person as act
from parties.actions.keyword import seed
from parties.models import Deactivation, Keyword
from parties.permissions import is_member
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_member,
    a_person,
    an_organisation,
    the_representative,
)

pytestmark = pytest.mark.django_db


def test_enrol_writes_a_person_with_a_verified_address() -> None:
    person = act.enrol(email=" Mira@Example.org ", full_name=" Mira Fernwood ", password="x" * 12)
    assert (person.email, person.full_name) == ("mira@example.org", "Mira Fernwood")
    assert person.check_password("x" * 12)
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("mira@example.org", True, True)


def test_enrol_the_same_address_again_is_refused() -> None:
    act.enrol(email="mira@example.org", full_name="Mira")
    with pytest.raises(DomainError, match="has an account already"):
        act.enrol(email="MIRA@example.org", full_name="Mira")


def test_command_enrols_and_refuses_in_words() -> None:
    out = StringIO()
    call_command("enrol", "vera@example.org", "Vera Oak", stdout=out)
    assert out.getvalue() == "Vera Oak <vera@example.org>\n"
    assert not Person.objects.get(email="vera@example.org").has_usable_password()
    with pytest.raises(CommandError, match="has an account already"):
        call_command("enrol", "vera@example.org", "Vera Oak")


def test_change_name_of_oneself() -> None:
    person = a_person()
    act.change_name(full_name="  Mira   Fernwood ", actor=person, at=AT)
    person.refresh_from_db()
    assert person.full_name == "Mira Fernwood"
    with pytest.raises(DomainError, match="Enter your name"):
        act.change_name(full_name="  ", actor=person, at=AT)


def test_deactivate_oneself_ends_memberships_and_keeps_the_name() -> None:
    of = an_organisation()
    person = a_member(of)
    act.deactivate(person_id=person.pk, actor=person, at=AT, reason="Moved on.")
    person.refresh_from_db()
    assert not person.is_active
    assert not is_member(person, of.pk, on_date=AT.date())
    assert Deactivation.objects.get().reason == "Moved on."
    with pytest.raises(Refused, match="closed already"):
        act.deactivate(person_id=person.pk, actor=person, at=AT)


def test_deactivate_somebody_else_is_for_the_system_only() -> None:
    person = a_person()
    with pytest.raises(NotAllowed):
        act.deactivate(person_id=person.pk, actor=a_person(), at=AT)
    act.deactivate(person_id=person.pk, actor=Person.objects.system(), at=AT)
    person.refresh_from_db()
    assert not person.is_active


def test_deactivate_the_last_who_runs_an_organisation_is_refused() -> None:
    of = an_organisation()
    person = the_representative(of)
    with pytest.raises(Refused, match="Only you act for"):
        act.deactivate(person_id=person.pk, actor=person, at=AT)
    a_member(of, function=FUNCTIONS.REPRESENTATIVE)
    act.deactivate(person_id=person.pk, actor=person, at=AT + timedelta(days=1))
    person.refresh_from_db()
    assert not person.is_active


def test_person_who_did_something_is_never_deleted() -> None:
    person = the_representative(an_organisation())
    with pytest.raises(ProtectedError):
        person.delete()


def test_keywords_are_seeded_once_under_the_fourteen_ecosystems() -> None:
    written = seed()
    assert written == Keyword.objects.count() > 100
    assert seed() == 0
    out = StringIO()
    call_command("seed_keywords", stdout=out)
    assert out.getvalue() == "0 keywords written\n"
    assert Keyword.objects.filter(parent=None).count() == 20
    assert str(Keyword.objects.get(code="digital-cybersecurity").parent) == "Digital"
