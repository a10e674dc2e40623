from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from core import navigation
from core.models import Person
from core.navigation import FOOTER, MENU, PUBLIC, Item

DAY = date(2022, 2, 21)
REGISTERED = [
    item for place in (navigation.MAIN, PUBLIC, MENU, FOOTER) for item in navigation.items(place)
]


@pytest.fixture(autouse=True)
def links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_describers", [])


def shown(path: str, *, place: str = navigation.MAIN, person: Person | None = None) -> list[str]:
    request = RequestFactory().get(path)
    known = navigation.answers(person, on=DAY)
    links = navigation.shown(place, request=request, person=person, known=known)
    return [f"{link.words}{'*' if link.current else ''}" for link in links]


def test_links_stand_in_their_order_and_only_in_their_place() -> None:
    navigation.register(
        Item("Privacy", "core:page_privacy", order=2),
        Item("Help", "core:page_help", order=1),
        Item("Help", "core:page_help", place=FOOTER),
    )
    assert shown("/", person=Person()) == ["Help", "Privacy"]
    assert shown("/", place=FOOTER) == ["Help"]


def test_the_longest_link_that_fits_is_the_current_one() -> None:
    navigation.register(
        Item("Home", "core:page_help", order=1, under="/"),
        Item("Calls", "core:page_privacy", order=2, under="/calls/"),
        Item("Mine", "core:page_accessibility", order=3, under="/calls/mine/"),
    )
    assert shown("/calls/mine/1/", person=Person()) == ["Home", "Calls", "Mine*"]
    assert shown("/calls/", person=Person()) == ["Home", "Calls*", "Mine"]
    assert shown("/", person=Person()) == ["Home*", "Calls", "Mine"]
    assert shown("/elsewhere/", person=Person()) == ["Home", "Calls", "Mine"]


def test_a_link_is_shown_to_those_it_is_for_with_what_waits_behind_it() -> None:
    navigation.register(
        Item("Desk", "core:page_help", who=lambda person, _on: person.email == "a@example.org"),
        Item("Mail", "core:page_privacy", count=lambda _person, _on: 3, place=MENU),
    )
    assert shown("/", person=Person(email="a@example.org")) == ["Desk"]
    assert shown("/", person=Person(email="b@example.org")) == []
    request, person = RequestFactory().get("/"), Person()
    known = navigation.answers(person, on=DAY)
    assert navigation.shown(MENU, request=request, person=person, known=known)[0].count == 3


def test_visitors_see_public_links_that_ask_for_nobody() -> None:
    navigation.register(
        Item("Calls", "core:page_help", place=PUBLIC, count=lambda _person, _on: 1),
        Item("Secret", "core:page_privacy", place=PUBLIC, who=lambda _person, _on: True),
    )
    assert shown("/", place=PUBLIC) == ["Calls"]


def test_the_first_describer_with_words_names_what_a_person_is() -> None:
    def officer(_person: Person, _on: date) -> str:
        return "Finance officer"

    navigation.describe(lambda _person, _on: "")
    navigation.describe(officer)
    navigation.describe(officer)
    navigation.describe(lambda _person, _on: "Never reached")
    assert navigation.note(Person(), on=DAY) == "Finance officer"


@pytest.mark.parametrize("item", REGISTERED, ids=lambda item: f"{item.place} {item.url_name}")
def test_every_link_of_every_app_has_an_address(item: Item) -> None:
    assert navigation.address(item) == reverse(item.url_name)


def test_a_link_without_a_page_is_left_out() -> None:
    navigation.register(Item("Lost", "core:nowhere"), Item("Help", "core:page_help"))
    assert shown("/", person=Person()) == ["Help"]
