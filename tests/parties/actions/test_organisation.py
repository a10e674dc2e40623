from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed
from parties.actions import organisation as act
from parties.models import Membership, Organisation, OrganisationChange
from parties.rules import specimens
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_member,
    a_person,
    an_organisation,
    details,
    the_representative,
)

pytestmark = pytest.mark.django_db


def test_register_makes_the_person_its_representative_from_today() -> None:
    person = a_person()
    made = act.register(actor=person, at=AT, **details(short_name="Loom"))
    [membership] = Membership.objects.filter(organisation=made)
    assert (membership.person, membership.function) == (person, FUNCTIONS.REPRESENTATIVE)
    assert membership.start_date == AT.date()
    assert (made.created_by, made.created_at, str(made)) == (person, AT, "Loom")


def test_register_keeps_numbers_in_their_usual_form() -> None:
    typed = details(vat_number="0203.430.576", nuts="be 10", nace="S94.12")
    made = act.register(actor=a_person(), at=AT, **typed)
    assert (made.vat_number, made.nuts, made.nace) == ("BE0203430576", "BE10", "94.12")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("vat_number", "BE0203430577", "check digits do not match"),
        ("vat_number", "DE136695976", "belongs to another country"),
        ("registration_number", "12", "too few or too many characters"),
        ("nuts", "FR10", "belongs to another country"),
        ("nace", "weaving", "as in 62.01"),
    ],
)
def test_register_with_a_wrong_number_names_the_field_and_quotes_it(
    field: str, typed: str, words: str
) -> None:
    with pytest.raises(DomainError, match=words) as refused:
        act.register(actor=a_person(), at=AT, **details(**{field: typed}))
    assert refused.value.field == field
    assert f"“{typed}”" in str(refused.value)
    assert not Organisation.objects.exists()


def test_refusal_shows_an_example_that_would_be_accepted() -> None:
    with pytest.raises(DomainError) as refused:
        act.register(actor=a_person(), at=AT, **details(vat_number="BE1"))
    assert specimens.vat_number("BE") in str(refused.value)


def test_register_needs_one_of_the_two_numbers() -> None:
    with pytest.raises(DomainError, match="or both") as refused:
        act.register(actor=a_person(), at=AT, **details(vat_number="", registration_number=" "))
    assert refused.value.field == "registration_number"


@pytest.mark.parametrize("field", ["vat_number", "registration_number"])
def test_register_twice_is_refused_and_says_what_to_do(field: str) -> None:
    first = an_organisation()
    again = details(**{field: getattr(first, field)})
    with pytest.raises(DomainError, match="registered already") as refused:
        act.register(actor=a_person(), at=AT, **again)
    assert refused.value.field == field
    assert Organisation.objects.count() == 1


def test_change_leaves_a_line_for_each_changed_field() -> None:
    made = an_organisation()
    person = the_representative(made)
    after = {field: getattr(made, field) for field in details()}
    later = AT + timedelta(days=1)
    act.change(
        organisation_id=made.pk,
        actor=person,
        at=later,
        **(after | {"town": "New Town", "legal_form": "Cooperative"}),
    )
    lines = OrganisationChange.objects.order_by("field").values_list(
        "field", "before", "after", "actor", "at"
    )
    assert list(lines) == [
        ("legal_form", "Association", "Cooperative", person.pk, later),
        ("town", "Example Town", "New Town", person.pk, later),
    ]


def test_change_to_a_number_of_another_organisation_is_refused() -> None:
    one, other = an_organisation(), an_organisation()
    fields = {field: getattr(one, field) for field in details()}
    with pytest.raises(DomainError, match="registered already"):
        act.change(
            organisation_id=one.pk,
            actor=the_representative(one),
            at=AT,
            **(fields | {"vat_number": other.vat_number}),
        )
    one.refresh_from_db()
    assert one.vat_number == fields["vat_number"]
    assert not OrganisationChange.objects.exists()


@pytest.mark.parametrize("function", [FUNCTIONS.MEMBER, FUNCTIONS.FINANCIAL_SIGNATORY])
def test_change_by_somebody_who_does_not_run_it_is_not_allowed(function: str) -> None:
    made = an_organisation()
    person = a_member(made, function=function)
    with pytest.raises(NotAllowed):
        act.change(organisation_id=made.pk, actor=person, at=AT, **details())


def test_legal_signatory_may_change_details() -> None:
    made = an_organisation()
    person = a_member(made, function=FUNCTIONS.LEGAL_SIGNATORY)
    fields = {field: getattr(made, field) for field in details()}
    act.change(organisation_id=made.pk, actor=person, at=AT, **(fields | {"town": "Elsewhere"}))
    made.refresh_from_db()
    assert made.town == "Elsewhere"


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "guild"},
        {"country": "ZZ"},
        {"vat_number": "", "registration_number": ""},
    ],
)
def test_database_refuses_what_the_action_never_writes(broken: dict[str, str]) -> None:
    made = an_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=made.pk).update(**broken)
