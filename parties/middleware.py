"""Nothing typed is lost when a session ends while somebody writes.

A form sent after the end of its session is kept in the new, empty session of the same browser.
Once the same person has signed in again, `typed_resume` shows it and sends it on their word.
Works without a script; files cannot be kept, and the page says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.shortcuts import resolve_url

from core import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

SESSION_KEY = "typed"
COOKIE = "trellis-last"
SALT = "parties.last-person"
KEEP_SECONDS = 7 * 24 * 3600
KEEP_CHARACTERS = 200_000
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


class KeepTypedMiddleware:
    """Remember who was signed in here last; keep what that person sends after the session ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            _remember(request, response)
            _forget_what_was_sent(request)
        elif was_signed_in:
            response.delete_cookie(COOKIE)
        elif _is_sent_form(request) and _leads_to_sign_in(response):
            _keep(request)
        return response


def last_person(request: HttpRequest) -> str | None:
    """Key of the person who was signed in last in this browser and didn't sign out."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP_SECONDS))
    except signing.BadSignature:
        return None


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    key = str(request.user.pk)
    if last_person(request) == key:
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(key, salt=SALT),
        max_age=KEEP_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _forget_what_was_sent(request: HttpRequest) -> None:
    typed = request.session.get(SESSION_KEY)
    if typed and request.method == "POST" and request.get_full_path() == typed["path"]:
        del request.session[SESSION_KEY]


def _is_sent_form(request: HttpRequest) -> bool:
    """A form that a person sent; drafts that save themselves are kept by the page's script."""
    return request.method == "POST" and "HX-Request" not in request.headers


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    target = urlsplit(response.headers.get("Location", "")).path
    return response.status_code == 302 and target == resolve_url(settings.LOGIN_URL)


def _keep(request: HttpRequest) -> None:
    person = last_person(request)
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if not any(part in name for part in NEVER_KEPT)
        for value in values
    ]
    if person is None or sum(len(str(value)) for _name, value in fields) > KEEP_CHARACTERS:
        return
    kept: dict[str, Any] = {
        "person": person,
        "path": request.get_full_path(),
        "fields": fields,
        "files": [str(name) for name in request.FILES],
        "at": clock.now().isoformat(),
    }
    request.session[SESSION_KEY] = kept
