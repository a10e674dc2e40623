from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.urls import reverse

from parties.models import BankAccount
from tests.factories.parties import (
    PASSWORD,
    a_bank_account,
    a_member,
    a_person,
    a_validated_account,
    an_organisation,
    the_representative,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from core.models import Person

pytestmark = pytest.mark.django_db
DESK = "parties:bank_account_list"


def do(account: BankAccount, event: str) -> str:
    return reverse("parties:bank_account_do", args=[account.pk, event])


def test_propose_with_an_invalid_iban_says_why_and_keeps_it(client: Client) -> None:
    of = an_organisation()
    client.force_login(the_representative(of))
    url = reverse("parties:bank_account_propose", args=[of.pk])
    typed = {"holder": "Example Weavers", "iban": "BE71 0961 2345 6760", "bic": ""}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“BE71 0961 2345 6760” is not a valid IBAN: its check digits do not match" in page
    assert 'value="BE71 0961 2345 6760"' in page
    assert 'value="Example Weavers"' in page
    assert not BankAccount.objects.exists()


def test_propose_with_a_bic_of_another_country_says_so(client: Client) -> None:
    of = an_organisation()
    client.force_login(the_representative(of))
    url = reverse("parties:bank_account_propose", args=[of.pk])
    typed = {"holder": "x", "iban": "BE71 0961 2345 6769", "bic": "DEUTDEFF"}
    assert "bank of another country" in client.post(url, typed).content.decode()


def test_propose_asks_for_the_password_again_and_loses_nothing(client: Client) -> None:
    person = a_person(password=PASSWORD)
    of = an_organisation(representative=person)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    url = reverse("parties:bank_account_propose", args=[of.pk])
    typed = {"holder": "Example Weavers", "iban": "BE71 0961 2345 6769", "bic": ""}
    answer = client.post(url, typed)
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={quote(url, safe='')}"
    assert not BankAccount.objects.exists()
    wrong = client.post(answer["Location"], {"password": "no"})
    assert "Incorrect password" in wrong.content.decode()
    done = client.post(answer["Location"], {"password": PASSWORD})
    assert done["Location"] == of.get_absolute_url()
    assert BankAccount.objects.get().holder == "Example Weavers"


def test_propose_that_is_refused_after_the_password_comes_back_to_its_own_address(
    client: Client,
) -> None:
    person = a_person(password=PASSWORD)
    of = an_organisation(representative=person)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    url = reverse("parties:bank_account_propose", args=[of.pk])
    asked = client.post(url, {"holder": "Weavers", "iban": "BE71 0961 2345 6760", "bic": ""})
    answer = client.post(asked["Location"], {"password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="BE71 0961 2345 6760"' in page
    assert f'<form method="post" action="{url}"' in page


def test_propose_leads_back_and_a_second_is_refused_on_the_form(client: Client) -> None:
    of = an_organisation()
    client.force_login(the_representative(of))
    url = reverse("parties:bank_account_propose", args=[of.pk])
    typed = {"holder": "Example Weavers", "iban": "BE71 0961 2345 6769", "bic": ""}
    assert client.post(url, typed)["Location"] == of.get_absolute_url()
    again = client.post(url, typed)
    assert again.status_code == 422
    assert "waits for validation" in again.content.decode()


def test_desk_lists_what_waits_and_validates_with_one_button(
    client: Client, accountant: Person
) -> None:
    account = a_bank_account(an_organisation())
    client.force_login(accountant)
    page = client.get(reverse(DESK)).content.decode()
    assert account.get_absolute_url() in page
    page = client.get(account.get_absolute_url()).content.decode()
    assert "Validate the account" in page
    assert "Withdraw the account" not in page
    answer = client.post(do(account, "validate"))
    assert answer["Location"] == account.get_absolute_url()
    account.refresh_from_db()
    assert account.validated_by == accountant
    assert account.get_absolute_url() not in client.get(reverse(DESK)).content.decode()


def test_desk_hides_the_officers_own_organisations(client: Client, accountant: Person) -> None:
    of = an_organisation()
    a_member(of, person=accountant)
    account = a_bank_account(of)
    client.force_login(accountant)
    page = client.get(reverse(DESK)).content.decode()
    assert account.get_absolute_url() not in page
    assert "No bank account waits for you" in page


def test_desk_does_not_exist_without_the_office(client: Client, reader: Person) -> None:
    for person in (a_person(), reader):
        client.force_login(person)
        assert client.get(reverse(DESK)).status_code == 404


def test_desk_takes_the_same_queries_for_one_and_three(
    client: Client,
    accountant: Person,
    bare_header: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    del bare_header
    client.force_login(accountant)
    for count in (1, 3):
        while BankAccount.objects.count() < count:
            a_bank_account(an_organisation())
        with django_assert_num_queries(4):
            client.get(reverse(DESK))


def test_account_is_seen_by_money_handlers_and_officers_only(
    client: Client, accountant: Person
) -> None:
    of = an_organisation()
    account = a_bank_account(of)
    expected = {
        the_representative(of): 200,
        accountant: 200,
        a_member(of): 404,
        a_person(): 404,
        the_representative(an_organisation()): 404,
    }
    for person, status in expected.items():
        client.force_login(person)
        assert client.get(account.get_absolute_url()).status_code == status, person


def test_reading_office_sees_no_account(client: Client, reader: Person) -> None:
    account = a_bank_account(an_organisation())
    client.force_login(reader)
    assert client.get(account.get_absolute_url()).status_code == 404
    assert client.post(do(account, "validate")).status_code == 404


def test_refuse_without_a_reason_changes_nothing_and_says_so(
    client: Client, accountant: Person
) -> None:
    account = a_bank_account(an_organisation())
    client.force_login(accountant)
    answer = client.post(do(account, "refuse"), {"reason": ""})
    assert answer.status_code == 409
    assert "Say why" in answer.content.decode()
    client.post(do(account, "refuse"), {"reason": "The holder is another."})
    page = client.get(account.get_absolute_url()).content.decode()
    assert "The holder is another." in page


def test_second_officer_reads_that_somebody_was_faster(client: Client, accountant: Person) -> None:
    account = a_validated_account(an_organisation(), officer=accountant)
    client.force_login(accountant)
    answer = client.post(do(account, "validate"))
    assert answer.status_code == 409
    assert "is now: validated" in answer.content.decode()


def test_wrong_event_is_not_found_and_get_is_not_taken(client: Client, accountant: Person) -> None:
    account = a_bank_account(an_organisation())
    client.force_login(accountant)
    assert client.post(do(account, "replace")).status_code == 404
    assert client.post(do(account, "withdraw")).status_code == 404
    assert client.get(do(account, "validate")).status_code == 405


def test_differing_holder_is_pointed_out(client: Client, accountant: Person) -> None:
    of = an_organisation(legal_name="Loom & Söhne GmbH")
    account = a_bank_account(of, holder="Other Ltd")
    client.force_login(accountant)
    words = "named differently"
    assert words in client.get(account.get_absolute_url()).content.decode()
    same = a_bank_account(
        an_organisation(legal_name="Loom & Söhne GmbH"), holder="LOOM SOHNE, GMBH"
    )
    assert words not in client.get(same.get_absolute_url()).content.decode()
