"""The shape of a view: deny by default, one action, refusals keep what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from core import web
from core.errors import DomainError, NotAllowed
from core.middleware import AccessMiddleware
from core.models import Person

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


class NoteForm(forms.Form):
    note = forms.CharField()


def a_request(method: str = "post", **typed: str) -> Any:
    request = getattr(RequestFactory(), method)("/x/", typed)
    request.user = Person.objects.system()
    request.session = {}
    request._messages = []
    request._dont_enforce_csrf_checks = True
    return request


class Messages(list[Any]):
    def add(self, _level: int, message: str, extra_tags: str = "") -> None:  # noqa: ARG002  named by Django
        self.append(message)


def posted(**typed: str) -> Any:
    request = a_request(**typed)
    request._messages = Messages()
    return request


def test_middleware_refuses_a_view_that_declares_nobody() -> None:
    middleware = AccessMiddleware(lambda _request: HttpResponse())
    answer = middleware.process_view(a_request("get"), lambda _request: HttpResponse(), (), {})
    assert answer is not None
    assert answer.status_code == 403


def test_middleware_lets_a_declared_view_through() -> None:
    @web.public
    def page(_request: Any) -> HttpResponse:
        return HttpResponse()

    middleware = AccessMiddleware(lambda _request: HttpResponse())
    assert middleware.process_view(a_request("get"), page, (), {}) is None


def test_signed_in_pages_are_kept_out_of_every_cache(client: Client) -> None:
    person = Person.objects.create_user("a@example.org", full_name="Ada Almond")
    client.force_login(person)
    answer = client.get("/help/")
    assert answer["Cache-Control"] == "no-store, private"
    assert "Cookie" in answer["Vary"]


def test_perform_tells_the_action_who_and_when_and_goes_on() -> None:
    told: dict[str, Any] = {}
    answer = web.perform(posted(), lambda **kwargs: told.update(kwargs), to="/there/", extra=1)
    assert answer.status_code == 302
    assert answer["Location"] == "/there/"
    assert told.keys() == {"actor", "at", "extra"}


def test_perform_hides_what_one_may_not_touch() -> None:
    def refuse(**_kwargs: Any) -> None:
        raise NotAllowed("not yours")

    with pytest.raises(Http404):
        web.perform(posted(), refuse, to="/there/")


def test_press_performs_the_buttons_action_with_the_typed_reason() -> None:
    told: dict[str, Any] = {}
    events = {"stop": lambda **kwargs: told.update(kwargs)}
    assert (
        web.press(posted(reason="late"), events, "stop", to="/there/", extra=1).status_code == 302
    )
    assert told["reason"] == "late"
    assert told["extra"] == 1
    with pytest.raises(Http404):
        web.press(posted(), events, "start", to="/there/")


def test_save_form_acts_on_cleaned_fields() -> None:
    told: dict[str, Any] = {}
    answer = web.save_form(
        posted(note="hello"),
        NoteForm({"note": "hello"}),
        lambda **kwargs: told.update(kwargs),
        to="/there/",
        template="forms/form.html",
    )
    assert answer.status_code == 302
    assert told["note"] == "hello"


def test_save_form_puts_a_refusal_at_its_field_and_keeps_the_text() -> None:
    def refuse(**_kwargs: Any) -> None:
        raise DomainError("Write it in full.", field="note")

    form = NoteForm({"note": "hallo"})
    request = posted(note="hallo")
    request.method = "POST"
    answer = web.save_form(request, form, refuse, to="/there/", template="forms/form.html")
    assert answer.status_code == 422
    assert form.errors["note"] == ["Write it in full."]
    assert form["note"].value() == "hallo"


def test_save_form_hides_what_one_may_not_touch() -> None:
    def refuse(**_kwargs: Any) -> None:
        raise NotAllowed("not yours")

    with pytest.raises(Http404):
        web.save_form(
            posted(note="x"), NoteForm({"note": "x"}), refuse, to="/", template="forms/form.html"
        )
