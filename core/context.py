"""What every page knows: the product's name, the banner, the links, the person."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from core import clock, navigation
from core.models import Person
from core.navigation import Shown
from core.presentation import formats
from core.questions import Answers

PRODUCT = "Trellis"


@dataclass(frozen=True, eq=False)
class Frame:
    """`frame` in templates. Its parts are worked out when a template asks for them."""

    request: HttpRequest

    @property
    def product(self) -> str:
        """The name of the product."""
        return PRODUCT

    @property
    def language(self) -> str:
        """Language of the page's texts."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def banner(self) -> str:
        """Says in the demonstration what is real and what is invented; empty elsewhere."""
        if not settings.DEMO:
            return ""
        return gettext(
            "Demonstration. The call is real; organisations, people, marks and amounts are "
            "invented."
        )

    @property
    def now(self) -> str:
        """Product time, by which the page's countdowns run."""
        return formats.machine_time(clock.now())

    @cached_property
    def today(self) -> date:
        """The day by product time, on which rights hold."""
        return formats.as_day(clock.now())

    @cached_property
    def person(self) -> Person | None:
        """Who is signed in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Person) else None

    @property
    def person_note(self) -> str:
        """The second line under a person's name: organisation or role."""
        return navigation.note(self.person, on=self.today) if self.person else ""

    @cached_property
    def known(self) -> Answers:
        """What the links have to know about the person, asked once a page."""
        return navigation.answers(self.person, on=self.today)

    @cached_property
    def nav(self) -> list[Shown]:
        """Links of the header, for visitors or for the person."""
        return self.links(navigation.MAIN if self.person else navigation.PUBLIC)

    @cached_property
    def menu(self) -> list[Shown]:
        """Links under the person's name."""
        return self.links(navigation.MENU)

    @cached_property
    def footer(self) -> list[Shown]:
        """Links of the footer."""
        return self.links(navigation.FOOTER)

    def links(self, place: str) -> list[Shown]:
        """The links of a place."""
        return navigation.shown(place, request=self.request, person=self.person, known=self.known)

    @property
    def sign_in_url(self) -> str:
        """Where to sign in and come back here; empty where there are no accounts."""
        try:
            address = reverse(settings.LOGIN_URL)
        except NoReverseMatch:
            return ""
        if self.request.path in {"/", address}:
            return address
        return f"{address}?{urlencode({'next': self.request.get_full_path()})}"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: everything of the frame under one name."""
    return {"frame": Frame(request)}
