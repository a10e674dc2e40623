"""Signing in, with a word to whoever was signed out while writing."""

# mypy: disable-error-code="misc"
# (django-allauth ships no types: its views are Any to the checker)

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from core.models import Person
from core.presentation.parts import Row
from core.web import signed_in
from parties.middleware import SESSION_KEY, last_person

if TYPE_CHECKING:
    from django.http import HttpResponse

    from core.web import Request


UNSEEN = re.compile("revision$|was-|next$")  # what a form sends along and nobody typed
KEY = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SignInView(LoginView):
    """The library's sign-in; after an expired session it leads to what was typed."""

    def get_initial(self) -> dict[str, Any]:
        """The address of whoever was signed in here last and comes back for a page."""
        initial: dict[str, Any] = super().get_initial()
        person = self._signed_out_person()
        return initial | ({"login": person.email} if person else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a session ended, and since when what was typed is kept."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        typed = self.request.session.get(SESSION_KEY)
        return context | {
            "was_signed_out": self._signed_out_person() is not None,
            "typed_at": datetime.fromisoformat(typed["at"]) if typed else None,
        }

    def get_success_url(self) -> str | None:
        """What was typed comes first, the page that was asked for second."""
        if SESSION_KEY in self.request.session:
            return reverse("parties:typed_resume")
        asked: str | None = super().get_success_url()
        return asked

    def _signed_out_person(self) -> Person | None:
        key = last_person(self.request)
        if key is None or not self.get_next_url():
            return None
        return Person.objects.filter(pk=key, is_active=True).first()


@signed_in
@require_http_methods(["GET", "POST"])
def typed_resume(request: Request) -> HttpResponse:
    """Show what was typed before the session ended; the person sends it, or lets it go (POST)."""
    typed = request.session.get(SESSION_KEY)
    if not typed or typed["person"] != str(request.user.pk) or request.method == "POST":
        request.session.pop(SESSION_KEY, None)
        return redirect("/")
    return render(request, "parties/typed_resume.html", _shown(typed))


def _shown(typed: dict[str, Any]) -> dict[str, Any]:
    """What was kept, ready for its page."""
    seen = [(name, value) for name, value in typed["fields"] if value]
    return {
        "typed": typed,
        "rows": [
            Row(_words(name), _lines(value)) for name, value in seen if not UNSEEN.match(name)
        ],
        "typed_at": datetime.fromisoformat(typed["at"]),
        "pathname": urlsplit(typed["path"]).path,
    }


def _words(name: str) -> str:
    """A field's name as words; the key of the record that it belongs to says nothing."""
    return KEY.sub("", name).strip("-_").replace("_", " ").capitalize()


def _lines(value: str) -> str:
    """What was typed, line by line."""
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in value.splitlines()))
