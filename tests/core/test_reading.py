from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from core.middleware import AccessMiddleware
from core.models import Person
from core.reading import only_reading, read_once

if TYPE_CHECKING:
    from collections.abc import Callable

asked: list[object] = []


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


@read_once
def holds(person: object, *roles: str, on: date | None = None) -> int:
    asked.append((person, roles, on))
    return len(asked)


def test_a_page_that_reads_asks_once() -> None:
    with only_reading():
        assert [holds("a", "FM"), holds("a", "FM"), holds("a", "FO")] == [1, 1, 2]
        assert holds("a", "FM", on=date(2022, 2, 21)) == 3
    assert asked == [("a", ("FM",), None), ("a", ("FO",), None), ("a", ("FM",), date(2022, 2, 21))]


def test_nothing_is_known_to_the_next_page_or_to_an_action() -> None:
    for _page in range(2):
        with only_reading():
            holds("a")
    assert [holds("a"), holds("a")] == [3, 4]


def test_the_person_of_a_request_is_the_same_person() -> None:
    person = Person(email="mira@example.org")
    with only_reading():
        assert holds(person) == holds(SimpleLazyObject(lambda: person)) == 1


@pytest.mark.parametrize(
    ("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2), ("PUT", 2), ("DELETE", 2)]
)
def test_only_requests_that_read_keep_an_answer(method: str, times: int) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        holds("a")
        holds("a")
        return HttpResponse(request.method)

    served(page)(RequestFactory().generic(method, "/"))
    assert len(asked) == times


def served(page: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], object]:
    """The page behind the middleware, asked by somebody who has signed in."""

    def answer(request: HttpRequest) -> object:
        request.user = Person(email="mira@example.org")
        return AccessMiddleware(page)(request)

    return answer
