from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from parties.models import Organisation, OrganisationChange, OrganisationLink
from tests.factories.parties import (
    FUNCTIONS,
    a_bank_account,
    a_link,
    a_member,
    a_person,
    an_invitation,
    an_organisation,
    details,
    the_representative,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from core.models import Person

pytestmark = pytest.mark.django_db


def detail(of: Organisation) -> str:
    return reverse("parties:organisation_detail", args=[of.pk])


def test_list_shows_mine_with_my_functions_and_nobody_elses(client: Client) -> None:
    mine, other = an_organisation(), an_organisation()
    person = a_member(mine, function=FUNCTIONS.FINANCIAL_SIGNATORY)
    a_member(mine, person=person)
    client.force_login(person)
    page = client.get(reverse("parties:organisation_list")).content.decode()
    assert mine.legal_name in page
    assert "Financial signatory, Member" in page
    assert other.legal_name not in page


def test_list_without_any_says_what_to_do(client: Client) -> None:
    client.force_login(a_person())
    page = client.get(reverse("parties:organisation_list")).content.decode()
    assert "You belong to no organisation yet" in page
    assert reverse("parties:organisation_register") in page


def test_list_takes_the_same_queries_for_one_and_three(
    client: Client,
    no_offices: None,
    bare_header: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    del no_offices, bare_header
    person = a_person()
    client.force_login(person)
    for count in (1, 3):
        while person.memberships.count() < count:
            an_organisation(representative=person)
        with django_assert_num_queries(4):
            client.get(reverse("parties:organisation_list"))


def test_register_leads_to_the_record(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    typed = details(vat_number="BE 0203.430.576")
    page = client.get(reverse("parties:organisation_register")).content.decode()
    assert f'<a href="{reverse("parties:organisation_list")}">Leave without saving</a>' in page
    answer = client.post(reverse("parties:organisation_register"), typed)
    made = Organisation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, detail(made))
    assert made.vat_number == "BE0203430576"


def test_register_with_wrong_numbers_names_each_and_loses_nothing(client: Client) -> None:
    client.force_login(a_person())
    typed = details(
        vat_number="BE 0203.430.577", nuts="FR10", nace="weaving", town="Zoutleeuw", street=""
    )
    answer = client.post(reverse("parties:organisation_register"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "check digits do not match" in page
    assert "“FR10” is not a NUTS region of Belgium: it belongs to another country" in page
    assert "“weaving” is not a NACE code" in page
    for kept in ("BE 0203.430.577", "FR10", "weaving", "Zoutleeuw"):
        assert f'value="{kept}"' in page
    assert not Organisation.objects.exists()


def test_change_saves_and_shows_who_changed_what(client: Client) -> None:
    of = an_organisation()
    person = the_representative(of)
    client.force_login(person)
    url = reverse("parties:organisation_change", args=[of.pk])
    assert f'value="{of.legal_name}"' in client.get(url).content.decode()
    fields = {field: getattr(of, field) for field in details()} | {"town": "Mechelen"}
    client.post(url, fields)
    page = client.get(detail(of)).content.decode()
    assert "Example Town → Mechelen" in page
    assert OrganisationChange.objects.get().actor == person


@pytest.mark.parametrize(
    "name", ["organisation_change", "bank_account_propose", "membership_invite", "link_declare"]
)
def test_forms_of_an_organisation_do_not_exist_for_others(client: Client, name: str) -> None:
    of = an_organisation()
    url = reverse(f"parties:{name}", args=[of.pk])
    for person in (a_person(), the_representative(an_organisation()), a_member(of)):
        client.force_login(person)
        assert client.get(url).status_code == 404
        assert client.post(url, {}).status_code == 404
    client.force_login(the_representative(of))
    assert client.get(url).status_code == 200


def test_record_shows_people_only_to_members(client: Client, reader: Person) -> None:
    of = an_organisation()
    member = a_member(of)
    a_bank_account(of)
    an_invitation(of, email="invited@example.org")
    seen = {}
    for person in (the_representative(of), member, reader):
        client.force_login(person)
        seen[person] = client.get(detail(of)).content.decode()
    outsider = a_person()
    client.force_login(outsider)
    assert client.get(detail(of)).status_code == 404
    assert [member.email in page for page in seen.values()] == [True, True, False]
    assert ["invited@example.org" in page for page in seen.values()] == [True, False, False]
    assert ["Bank accounts" in page for page in seen.values()] == [True, False, False]


def test_ended_membership_closes_the_record_at_the_next_request(client: Client) -> None:
    of = an_organisation()
    member = a_member(of)
    client.force_login(member)
    assert client.get(detail(of)).status_code == 200
    boss = the_representative(of)
    [membership] = member.memberships.all()
    client.force_login(boss)
    client.post(reverse("parties:membership_revoke", args=[membership.pk]))
    client.force_login(member)
    assert client.get(detail(of)).status_code == 404


def test_member_who_leaves_goes_to_the_list_and_strangers_cannot_end_anything(
    client: Client,
) -> None:
    of = an_organisation()
    member = a_member(of)
    [membership] = member.memberships.all()
    url = reverse("parties:membership_revoke", args=[membership.pk])
    client.force_login(a_person())
    assert client.post(url).status_code == 404
    client.force_login(a_member(of))
    assert client.post(url).status_code == 404
    client.force_login(member)
    assert client.post(url)["Location"] == reverse("parties:organisation_list")


def test_last_representative_reads_why_not(client: Client) -> None:
    of = an_organisation()
    boss = the_representative(of)
    [membership] = boss.memberships.all()
    client.force_login(boss)
    answer = client.post(reverse("parties:membership_revoke", args=[membership.pk]))
    assert answer.status_code == 409
    assert "Nobody would be left to act for" in answer.content.decode()


def test_invite_and_withdraw(client: Client) -> None:
    of = an_organisation()
    client.force_login(the_representative(of))
    url = reverse("parties:membership_invite", args=[of.pk])
    client.post(url, {"email": "new@example.org", "function": FUNCTIONS.MEMBER})
    assert "new@example.org" in client.get(detail(of)).content.decode()
    [invitation] = of.invitations.all()
    do = reverse("parties:invitation_do", args=[invitation.pk, "withdraw"])
    assert client.post(do)["Location"] == detail(of)
    assert "new@example.org" not in client.get(detail(of)).content.decode()
    assert client.post(do).status_code == 409
    unknown = reverse("parties:invitation_do", args=[invitation.pk, "dance"])
    assert client.post(unknown).status_code == 404
    client.force_login(a_person())
    assert client.post(do).status_code == 404


def test_invite_to_a_bad_address_keeps_it(client: Client) -> None:
    of = an_organisation()
    client.force_login(the_representative(of))
    url = reverse("parties:membership_invite", args=[of.pk])
    answer = client.post(url, {"email": "new at example", "function": FUNCTIONS.MEMBER})
    assert answer.status_code == 422
    assert 'value="new at example"' in answer.content.decode()


def test_tie_is_declared_by_the_number_of_the_other_and_ended(client: Client) -> None:
    one, other = an_organisation(), an_organisation()
    client.force_login(the_representative(one))
    typed = {
        "number": f" {other.vat_number[:4]} {other.vat_number[4:]}",
        "direction": "up",
        "share_bp": "60 %",
        "kind": "linked",
        "start_date": "1 Jan 2020",
    }
    url = reverse("parties:link_declare", args=[one.pk])
    assert client.post(url, typed)["Location"] == detail(one)
    made = OrganisationLink.objects.get()
    assert (made.parent, made.child, made.share_bp) == (other, one, 6_000)
    client.force_login(the_representative(other))
    end = reverse("parties:link_end", args=[made.pk])
    assert client.post(end)["Location"] == detail(other)
    made.refresh_from_db()
    assert made.ended_by == the_representative(other)


def test_tie_with_an_unknown_number_is_refused_in_words(client: Client) -> None:
    one, other = an_organisation(), an_organisation()
    client.force_login(the_representative(one))
    typed = {
        "number": other.vat_number[:-1],
        "direction": "down",
        "share_bp": "30",
        "kind": "partner",
        "start_date": "1 Jan 2020",
    }
    answer = client.post(reverse("parties:link_declare", args=[one.pk]), typed)
    assert answer.status_code == 422
    assert "No organisation with the number" in answer.content.decode()


def test_tie_is_ended_by_nobody_else(client: Client) -> None:
    made = a_link(an_organisation(), an_organisation())
    client.force_login(a_person())
    assert client.post(reverse("parties:link_end", args=[made.pk])).status_code == 404
