from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from core.models import Mail, Person
from tests.factories.parties import PASSWORD, a_person

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP = "account_login", "account_signup"
NEXT = "/organisations/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def newest(to: str) -> Mail:
    return Mail.objects.filter(to_email=to).latest("written_at")


def code_in_the_mail(to: str) -> str:
    found = re.search(r"^    (\S+)$", newest(to).text, re.MULTILINE)
    assert found, newest(to).text
    return found[1]


def sign_in(client: Client, email: str, *, password: str = PASSWORD, to: str = "") -> str:
    answer = client.post(
        reverse(LOGIN), {"login": email, "password": password} | ({"next": to} if to else {})
    )
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def is_in(client: Client) -> bool:
    return client.get(reverse("parties:person_detail")).status_code == 200


def test_sign_in_by_address_in_any_case_leads_to_the_asked_page(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    asked = client.get(NEXT)
    assert asked["Location"] == f"{reverse(LOGIN)}?next={NEXT}"
    assert sign_in(client, "Mira@Example.org", to=NEXT) == NEXT
    assert is_in(client)


def test_sign_in_without_a_page_leads_home(client: Client, settings: Settings) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    assert sign_in(client, "mira@example.org") == settings.LOGIN_REDIRECT_URL


def test_sign_in_to_another_house_is_not_followed(client: Client, settings: Settings) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    landed = sign_in(client, "mira@example.org", to="https://evil.example/")
    assert landed == settings.LOGIN_REDIRECT_URL


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    pages = []
    for email in ("mira@example.org", "nobo@example.org"):
        page = sign_in(client, email, password="not the password")
        assert "Email and password do not belong together" in page
        assert f'value="{email}"' in page, "what was typed stays"
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-now="[^"]*"', "", page)
        pages.append(page.replace(email, "someone"))
    assert pages[0] == pages[1]
    assert not is_in(client)


def test_closed_account_cannot_sign_in(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD, is_active=False)
    sign_in(client, "mira@example.org")
    assert not is_in(client)


def test_machines_cannot_sign_in(client: Client) -> None:
    machine = Person.objects.system()
    machine.set_password(PASSWORD)
    machine.save()
    EmailAddress.objects.create(user=machine, email=machine.email, verified=True, primary=True)
    assert sign_in(client, machine.email) == reverse("account_inactive")
    assert not is_in(client)
    assert "This account is closed" in client.get(reverse("account_inactive")).content.decode()


def test_too_many_failures_from_one_place_lock_no_account(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    for _attempt in range(10):
        sign_in(client, "mira@example.org", password="wrong")
    assert "Too many attempts" in sign_in(client, "mira@example.org", password="wrong")
    elsewhere = type(client)(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "mira@example.org", to=NEXT) == NEXT


def test_sign_out_asks_then_ends_the_session(client: Client) -> None:
    client.force_login(a_person())
    assert "Sign out now" in client.get(reverse("account_logout")).content.decode()
    assert is_in(client)
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert not is_in(client)


def test_sign_up_confirms_the_address_by_a_code_and_goes_on(client: Client) -> None:
    typed = {"full_name": " Nora  New ", "email": "Nora@Example.org", "password1": PASSWORD}
    answer = client.post(reverse(SIGNUP), typed | {"next": NEXT})
    assert answer["Location"].startswith(reverse("account_email_verification_sent"))
    assert not is_in(client)
    page = client.get(answer["Location"]).content.decode()
    assert "nora@example.org" in page
    code = code_in_the_mail("nora@example.org")
    wrong = client.post(reverse("account_email_verification_sent"), {"code": "ZZZZZZ"})
    assert "not the code in the newest mail" in wrong.content.decode()
    answer = client.post(reverse("account_email_verification_sent"), {"code": code})
    assert answer["Location"] == NEXT
    person = Person.objects.get(email="nora@example.org")
    assert person.full_name == "Nora New"
    assert EmailAddress.objects.get(user=person).verified
    assert is_in(client)


def test_sign_up_sends_another_code_on_request(client: Client) -> None:
    typed = {"full_name": "Nora", "email": "nora@example.org", "password1": PASSWORD}
    client.post(reverse(SIGNUP), typed)
    first = code_in_the_mail("nora@example.org")
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    second = code_in_the_mail("nora@example.org")
    assert first != second
    client.post(reverse("account_email_verification_sent"), {"code": second})
    assert is_in(client)


def test_sign_up_with_a_known_address_answers_as_if_it_were_new(client: Client) -> None:
    known = a_person(email="mira@example.org", password=PASSWORD)
    answers = []
    for email in ("mira@example.org", "nora@example.org"):
        visitor = type(client)()
        typed = {"full_name": "Nora", "email": email, "password1": "another long password"}
        answer = visitor.post(reverse(SIGNUP), typed)
        page = visitor.get(answer["Location"]).content.decode()
        answers.append((answer.status_code, answer["Location"], "on its way" in page))
    assert answers[0] == answers[1]
    assert newest("mira@example.org").subject == "You have an account already"
    assert Person.objects.filter(email="mira@example.org").get() == known
    assert known.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("password1", "short", "at least 12 characters"),
        ("password1", "1q2w3e4r5t6y", "too common"),
        ("email", "nora at example", "valid email"),
        ("full_name", "", "required"),
    ],
)
def test_sign_up_refused_says_why_and_keeps_what_was_typed(
    client: Client, field: str, typed: str, words: str
) -> None:
    fields = {"full_name": "Nora", "email": "nora@example.org", "password1": PASSWORD}
    page = client.post(reverse(SIGNUP), fields | {field: typed}).content.decode()
    assert words in page
    kept = {"full_name": "Nora", "email": "nora@example.org"}
    kept.pop(field, None)
    for value in kept.values():
        assert f'value="{value}"' in page
    assert not Person.objects.filter(email="nora@example.org").exists()


def test_forgotten_password_is_replaced_by_a_code(client: Client) -> None:
    person = a_person(email="mira@example.org")
    answer = client.post(reverse("account_reset_password"), {"email": "mira@example.org"})
    assert answer["Location"] == reverse("account_confirm_password_reset_code")
    code = code_in_the_mail("mira@example.org")
    answer = client.post(answer["Location"], {"code": code})
    assert answer["Location"] == reverse("account_complete_password_reset")
    new = "an orchard behind the house"
    assert client.get(answer["Location"]).status_code == 200
    client.post(answer["Location"], {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert newest("mira@example.org").subject == "Your password was reset"
    done = client.get(reverse("account_password_reset_completed")).content.decode()
    assert "Your new password is set" in done


def test_forgotten_password_of_an_unknown_address_looks_the_same(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    pages = []
    for email in ("mira@example.org", "nobo@example.org"):
        visitor = type(client)()
        answer = visitor.post(reverse("account_reset_password"), {"email": email})
        page = visitor.get(answer["Location"]).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-now="[^"]*"', "", page)
        pages.append((answer["Location"], page.replace(email, "someone")))
    assert pages[0] == pages[1]
    assert newest("nobo@example.org").subject == "There is no account with this address"


def test_password_is_changed_with_the_old_one_and_a_notice(client: Client) -> None:
    person = a_person(password=PASSWORD)
    client.force_login(person)
    new = "an orchard behind the house"
    url = reverse("account_change_password")
    wrong = client.post(url, {"oldpassword": "no", "password1": new, "password2": new})
    assert "not your current password" in wrong.content.decode()
    client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert is_in(client), "the session goes on"
    assert newest(person.email).subject == "Your password was changed"


def test_first_password_of_an_enrolled_person(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    url = reverse("account_change_password")
    assert client.get(url)["Location"] == reverse("account_set_password")
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_address_changes_only_with_the_code_sent_to_the_new_one(client: Client) -> None:
    person = a_person(email="mira@example.org", password=PASSWORD)
    sign_in(client, "mira@example.org")
    page = client.get(reverse("account_email")).content.decode()
    assert "mira@example.org" in page
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    person.refresh_from_db()
    assert person.email == "mira@example.org"
    client.post(answer["Location"], {"code": code_in_the_mail("new@example.org")})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert newest("mira@example.org").subject == "Your address was changed"


def test_signed_in_person_is_led_away_from_the_sign_in_page(
    client: Client, settings: Settings
) -> None:
    client.force_login(a_person())
    for name in (LOGIN, SIGNUP):
        assert client.get(reverse(name))["Location"] == settings.LOGIN_REDIRECT_URL


def test_codes_and_passwords_stand_in_no_log_of_messages_of_others(client: Client) -> None:
    a_person(email="mira@example.org", password=PASSWORD)
    client.post(reverse("account_reset_password"), {"email": "mira@example.org"})
    code = code_in_the_mail("mira@example.org")
    client.force_login(a_person())
    assert code not in client.get(reverse("parties:mail_list")).content.decode()
