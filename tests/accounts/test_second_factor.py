from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from core.models import Mail
from tests.factories.parties import PASSWORD, a_person

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from core.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def sign_in(client: Client, person: Person) -> str:
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return str(answer["Location"])


def switched_on(client: Client, person: Person) -> str:
    """The secret that the person's app holds from now on."""
    sign_in(client, person)
    url = reverse("mfa_activate_totp")
    again = client.get(url)["Location"]
    assert again.startswith(reverse("account_reauthenticate"))
    assert "Your password again" in client.get(again).content.decode()
    assert client.post(again, {"password": PASSWORD})["Location"] == url
    secret = client.get(url).context["form"].secret
    answer = client.post(url, {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return str(secret)


def test_second_factor_is_asked_for_once_it_is_on(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    person = a_person(password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        secret = switched_on(client, person)
    assert Mail.objects.get(person=person).subject == "A second factor protects your account"
    client.post(reverse("account_logout"))
    cache.clear()
    assert sign_in(client, person) == reverse("mfa_authenticate")
    assert client.get(reverse("parties:person_detail")).status_code == 302
    assert "Code of your app" in client.get(reverse("mfa_authenticate")).content.decode()
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get(reverse("parties:person_detail")).status_code == 302
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    page = client.get(reverse("parties:person_detail")).content.decode()
    assert "signing in asks for a code of your app" in page


def test_recovery_code_opens_once(client: Client) -> None:
    person = a_person(password=PASSWORD)
    switched_on(client, person)
    shown = client.get(reverse("mfa_view_recovery_codes"))
    code = shown.context["unused_codes"][0]
    assert code in shown.content.decode()
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert code in saved.content.decode()
    client.post(reverse("account_logout"))
    for opens in (True, False):
        sign_in(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert (client.get(reverse("parties:person_detail")).status_code == 200) is opens
        client.post(reverse("account_logout"))


def test_secret_is_encrypted_in_the_database(client: Client) -> None:
    person = a_person(password=PASSWORD)
    secret = switched_on(client, person)
    for row in Authenticator.objects.filter(user=person):
        assert secret not in str(row.data)


def test_second_factor_is_switched_off_and_told(client: Client) -> None:
    person = a_person(password=PASSWORD)
    switched_on(client, person)
    page = client.get(reverse("mfa_index")).content.decode()
    assert reverse("mfa_deactivate_totp") in page
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    subjects = Mail.objects.filter(person=person).values_list("subject", flat=True)
    assert "The second factor was taken away" in subjects


def test_new_recovery_codes_replace_the_old_ones(client: Client) -> None:
    person = a_person(password=PASSWORD)
    switched_on(client, person)
    before = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    after = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert not set(before) & set(after)
