from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.urls import reverse

from parties.middleware import COOKIE, KEEP_CHARACTERS, SESSION_KEY
from parties.models import Organisation
from tests.factories.parties import PASSWORD, a_person, details

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from django.test import Client

    from core.models import Person

pytestmark = pytest.mark.django_db
FORM = "parties:organisation_register"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def writer(db: None) -> Person:
    del db
    return a_person(email="mira@example.org", password=PASSWORD)


def sign_in(client: Client, person: Person, *, to: str) -> HttpResponseBase:
    typed = {"login": person.email, "password": PASSWORD, "next": to}
    return client.post(reverse("account_login"), typed)


def end_session(client: Client) -> None:
    """What time or a restart does: the session is gone, the browser's other cookies stay."""
    client.session.flush()


def test_form_sent_after_the_end_of_the_session_comes_back_and_is_sent(
    client: Client, writer: Person
) -> None:
    url = reverse(FORM)
    sign_in(client, writer, to=url)
    client.get(url)
    end_session(client)
    typed = details(legal_name="Loom & Sons “Äther”")
    answer = client.post(url, typed)
    assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    page = client.get(answer["Location"]).content.decode()
    assert "You were signed out, your text was not lost" in page
    assert 'value="mira@example.org"' in page
    assert not Organisation.objects.exists()

    landed = sign_in(client, writer, to=url)["Location"]
    assert landed == reverse("parties:typed_resume")
    page = client.get(landed).content.decode()
    assert f'action="{url}"' in page
    assert "Loom &amp; Sons “Äther”" in page
    kept = dict(client.session[SESSION_KEY]["fields"])
    assert kept == typed
    client.post(url, kept)
    assert Organisation.objects.get().legal_name == "Loom & Sons “Äther”"
    assert SESSION_KEY not in client.session
    assert client.get(reverse("parties:typed_resume"))["Location"] == "/"


def test_page_asked_for_after_the_end_of_the_session_says_so(
    client: Client, writer: Person
) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    page = client.get(client.get("/me/")["Location"]).content.decode()
    assert "You were signed out" in page
    assert "your text was not lost" not in page
    assert sign_in(client, writer, to="/me/")["Location"] == "/me/"


def test_first_visitor_is_told_nothing_of_a_session(client: Client) -> None:
    page = client.get(client.get("/me/")["Location"]).content.decode()
    assert "You were signed out" not in page
    assert "mira@example.org" not in page


def test_who_signs_out_on_purpose_leaves_nothing_behind(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    assert client.cookies[COOKIE].value
    client.post(reverse("account_logout"))
    assert not client.cookies[COOKIE].value
    page = client.get(client.post(reverse(FORM), details())["Location"]).content.decode()
    assert "You were signed out" not in page
    assert SESSION_KEY not in client.session


def test_what_one_person_typed_is_never_shown_to_another(client: Client, writer: Person) -> None:
    other = a_person(email="other@example.org", password=PASSWORD)
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    client.post(reverse(FORM), details(legal_name="Secret Loom"))
    sign_in(client, other, to="/me/")
    answer = client.get(reverse("parties:typed_resume"))
    assert answer["Location"] == "/"
    assert SESSION_KEY not in client.session


def test_visitor_who_never_signed_in_fills_no_session(client: Client) -> None:
    client.post(reverse(FORM), details())
    assert SESSION_KEY not in client.session


def test_forged_cookie_keeps_nothing(client: Client) -> None:
    client.cookies[COOKIE] = "forged"
    client.post(reverse(FORM), details())
    assert SESSION_KEY not in client.session


def test_passwords_and_more_than_a_book_are_not_kept(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "x" * 12}
    )
    kept = client.session[SESSION_KEY]["fields"]
    assert PASSWORD not in str(kept)
    assert "x" * 12 not in str(kept)
    end_session(client)
    client.post(reverse(FORM), {"legal_name": "x" * (KEEP_CHARACTERS + 1)})
    assert SESSION_KEY not in client.session


def test_draft_that_saves_itself_is_left_to_its_page(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    client.post(reverse(FORM), details(), headers={"HX-Request": "true"})
    assert SESSION_KEY not in client.session


def test_let_it_go_forgets_it(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    client.post(reverse(FORM), details())
    sign_in(client, writer, to=reverse(FORM))
    client.post(reverse("parties:typed_resume"))
    assert SESSION_KEY not in client.session


def test_file_is_named_as_lost(client: Client, writer: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    client.post(reverse(FORM), details() | {"proof": SimpleUploadedFile("a.pdf", b"%PDF-")})
    sign_in(client, writer, to=reverse(FORM))
    page = client.get(reverse("parties:typed_resume")).content.decode()
    assert "Files could not be kept." in page


def test_cookie_is_signed_and_out_of_reach_of_scripts(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert str(writer.pk) not in cookie.value
    assert "mira" not in cookie.value


def test_what_was_typed_is_shown_in_words_line_by_line(client: Client, writer: Person) -> None:
    sign_in(client, writer, to="/me/")
    client.get("/me/")
    end_session(client)
    key = writer.pk
    typed = {f"{key}-A": "80.000,50", f"was-{key}": "1,2,3", "revision": "7", "text": "a<b\r\nc"}
    client.post(reverse(FORM), typed)
    sign_in(client, writer, to="/me/")
    page = client.get(reverse("parties:typed_resume")).content.decode()
    shown = page.split("<dl")[1].split("</dl>")[0]
    assert "a&lt;b<br>c" in shown
    assert re.findall(r"<dt[^>]*>\s*(.*?)\s*</dt>", shown) == ["A", "Text"]
    assert f'name="was-{key}" value="1,2,3"' in page
    assert f'<a href="{reverse(FORM)}" data-kept-form hidden>' in page
