from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.models import Person
from parties.actions import expert as act
from parties.models import Employment, ExpertProfile, Keyword
from tests.factories.parties import AT, a_person, an_expert, an_organisation

pytestmark = pytest.mark.django_db
DAY = AT.date()


def save(actor: Person, **changes: object) -> ExpertProfile:
    given = {
        "country": "FR",
        "languages": ["fr", "en"],
        "keywords": list(Keyword.objects.filter(code="digital")),
    }
    return act.save_profile(actor=actor, at=AT, **(given | changes))  # type: ignore[arg-type]  # one value of each type


def test_profile_is_written_and_written_again() -> None:
    profile = an_expert()
    again = save(profile.person, country="BE", days_max=5)
    assert (again.pk, again.country, again.days_max) == (profile.pk, "BE", 5)
    assert again.languages == ["en", "fr"]
    assert [keyword.code for keyword in again.keywords.all()] == ["digital"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "ZZ"}, "country"),
        ({"languages": []}, "languages"),
        ({"languages": ["xx"]}, "languages"),
        ({"keywords": []}, "keywords"),
        ({"days_max": 0}, "days_max"),
        ({"days_max": 367}, "days_max"),
        ({"available_from": DAY, "available_until": DAY - timedelta(1)}, "available_until"),
    ],
)
def test_profile_with_a_gap_is_refused(changes: dict[str, object], field: str) -> None:
    person = an_expert().person
    with pytest.raises(DomainError) as refused:
        save(person, **changes)
    assert refused.value.field == field


def test_new_employer_ends_the_one_before_and_keeps_it() -> None:
    profile = an_expert()
    first, second = an_organisation(), an_organisation()
    act.change_employer(
        actor=profile.person, at=AT, name="", start_date=date(2019, 1, 1), organisation=first
    )
    act.change_employer(
        actor=profile.person, at=AT, name="", start_date=date(2021, 6, 1), organisation=second
    )
    profile.refresh_from_db()
    assert profile.employer == second
    rows = profile.employments.order_by("start_date").values_list("name", "end_date")
    assert list(rows) == [(first.legal_name, date(2021, 5, 31)), (second.legal_name, None)]


def test_employer_that_is_not_registered_is_a_name() -> None:
    profile = an_expert()
    row = act.change_employer(
        actor=profile.person, at=AT, name=" Freelance ", start_date=date(2020, 1, 1)
    )
    profile.refresh_from_db()
    assert (row.name, profile.employer, str(row)) == ("Freelance", None, "Freelance")


def test_employer_out_of_order_is_refused() -> None:
    person = an_expert().person
    with pytest.raises(DomainError, match="once it has begun"):
        act.change_employer(actor=person, at=AT, name="x", start_date=DAY + timedelta(1))
    act.change_employer(actor=person, at=AT, name="x", start_date=date(2020, 1, 1))
    with pytest.raises(DomainError, match=r"you began at x on 01\.01\.2020"):
        act.change_employer(actor=person, at=AT, name="y", start_date=date(2020, 1, 1))
    assert Employment.objects.count() == 1


def test_past_employment_is_over() -> None:
    person = an_expert().person
    of = an_organisation()
    row = act.add_past_employment(
        actor=person,
        at=AT,
        name="",
        start_date=date(2015, 1, 1),
        end_date=date(2016, 1, 1),
        organisation=of,
    )
    assert row.name == of.legal_name
    with pytest.raises(DomainError, match="not over yet"):
        act.add_past_employment(
            actor=person, at=AT, name="x", start_date=DAY, end_date=DAY + timedelta(1)
        )
    with pytest.raises(DomainError, match="before it begins"):
        act.add_past_employment(
            actor=person, at=AT, name="x", start_date=DAY, end_date=DAY - timedelta(1)
        )


def test_employer_before_the_profile_is_refused() -> None:
    with pytest.raises(DomainError, match="profile first"):
        act.change_employer(actor=a_person(), at=AT, name="x", start_date=DAY)


def test_contract_says_until_when_the_mandate_lasts() -> None:
    profile = an_expert()
    row = act.contract(profile, start_date=DAY, end_date=DAY + timedelta(90), at=AT)
    assert (row.contract_start, row.contract_end) == (DAY, DAY + timedelta(90))
    with pytest.raises(DomainError, match="before it begins"):
        act.contract(profile, start_date=DAY, end_date=DAY - timedelta(1), at=AT)


@pytest.mark.parametrize(
    "broken",
    [
        {"country": "ZZ"},
        {"available_from": DAY, "available_until": DAY - timedelta(1)},
        {"contract_start": DAY, "contract_end": DAY - timedelta(1)},
    ],
)
def test_database_refuses_what_the_action_never_writes(broken: dict[str, object]) -> None:
    profile = an_expert()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpertProfile.objects.filter(pk=profile.pk).update(**broken)
