from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.context import Frame, page
from core.models import Person


def frame(path: str = "/help/", *, person: Any = None) -> Frame:
    request = RequestFactory().get(path)
    request.user = person or AnonymousUser()
    found: Frame = page(request)["frame"]
    return found


def test_the_banner_stands_in_the_demonstration_only(settings: Any) -> None:
    settings.DEMO = False
    assert frame().banner == ""
    settings.DEMO = True
    assert frame().banner.startswith("Demonstration. The call is real;")


def test_a_visitor_signs_in_and_comes_back() -> None:
    assert frame("/help/?a=1").sign_in_url.endswith("?next=%2Fhelp%2F%3Fa%3D1")
    assert "next" not in frame("/").sign_in_url
    assert frame().person is None
    assert frame().person_note == ""


def test_a_person_is_known_to_the_page() -> None:
    person = Person(email="a@example.org", full_name="Mira Fernwood")
    assert frame(person=person).person is person


def test_countdowns_run_by_product_time() -> None:
    with clock.standing_at(datetime(2021, 11, 30, 16, tzinfo=UTC)):
        assert frame().now == "2021-11-30T16:00:00Z"


def test_the_page_knows_its_language_and_its_footer() -> None:
    assert frame().language == "en"
    assert {"Help", "Accessibility", "Privacy"} <= {link.words for link in frame().footer}


def test_without_accounts_nobody_is_asked_to_sign_in(settings: Any) -> None:
    settings.LOGIN_URL = "no_such_page"
    assert frame().sign_in_url == ""


@pytest.mark.django_db
def test_all_links_of_a_page_are_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = Person.objects.create_user("a@example.org", full_name="Mira Fernwood")
    shown = frame(person=person)
    with django_assert_num_queries(1):
        links = [*shown.nav, *shown.menu, *shown.footer]
    assert links
    assert all(link.url.startswith("/") for link in links)
