from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from core.views import errors, gallery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "head"),
    [("/help/", "Help"), ("/accessibility/", "Accessibility"), ("/privacy/", "Privacy")],
)
def test_plain_pages_are_for_everybody_and_change_nothing(
    client: Client, address: str, head: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert f"<h1>{head}</h1>" in response.text
    assert client.post(address).status_code == 405


def test_pages_run_under_the_strict_policy(client: Client) -> None:
    policy = client.get("/help/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_address_that_does_not_exist_says_the_way_on(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page, or it is not for you" in response.text
    assert 'href="/account/sign-in/?next=%2Fnowhere%2F"' in response.text


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "could not be read"),
        (errors.forbidden, 403, "was not accepted"),
        (errors.not_found, 404, "no such page"),
        (errors.csrf_failure, 403, "your text was not lost"),
    ],
)
def test_each_refusal_says_that_nothing_was_changed_or_lost(
    rf: RequestFactory, view: Any, status: int, words: str
) -> None:
    response = view(rf.post("/help/"))
    assert (response.status_code, words in response.content.decode()) == (status, True)


def test_a_fault_of_ours_is_told_without_the_database(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_lost_session_leads_back_to_the_form(rf: RequestFactory) -> None:
    request = rf.post("/help/?a=1")
    text = errors.csrf_failure(request, reason="x").content.decode()
    assert "data-not-done" in text
    assert 'href="/account/sign-in/?next=%2Fhelp%2F%3Fa%3D1"' in text


def test_a_refusal_shows_the_sentence_the_ways_on_and_the_rule(rf: RequestFactory) -> None:
    from core.presentation.parts import Due

    context = {
        "refusal": "You prepared it.",
        "back": "/desk/",
        "ways": [Due("Ask Petra", "/mail/", "on duty")],
        "rule": "Two people.",
    }
    text = render_to_string("errors/refused.html", context, request=rf.get("/"))
    assert "<strong>You prepared it.</strong> Nothing was changed." in text
    assert text.index("Ask Petra") < text.index('href="/desk/"')
    assert "<summary>The rule</summary><p>Two people.</p>" in text


def test_the_component_sheet_draws_every_part(rf: RequestFactory) -> None:
    text = gallery.sheet(rf.get("/design/")).content.decode()
    for part in ("tr-due", "tr-time", "tr-meter", "ch-flow", "tr-eyes", "govuk-error-summary"):
        assert part in text
    assert "style=" not in text
    assert text.count("<h1") == 1


def test_the_front_page_without_a_call_says_so(rf: RequestFactory) -> None:
    text = render_to_string("public/front.html", {}, request=rf.get("/"))
    assert "No call is open now" in text


def test_a_mail_has_the_frame_and_its_text_is_not_escaped(rf: RequestFactory) -> None:
    context = {"subject": "Loom & Co", "text": "A <b> & http://x/y", "site_url": "http://x"}
    html = render_to_string("mail/plain.html", context)
    assert "<h1>Loom &amp; Co</h1>" in html
    assert "A &lt;b&gt; &amp; " in html
    assert '<a href="http://x/y"' in html
    text = render_to_string("mail/base.txt", {**context, "action_url": "http://x/?a=1&b=2"})
    assert "Open in Trellis: http://x/?a=1&b=2" in text
