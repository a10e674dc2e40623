from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from demo.bench.meter import TIMES, WARM_UPS, cost
from demo.bench.pages import HOME, LIST, NONE, Page, Work
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db


def test_statements_are_those_of_one_time_and_the_size_is_in_kibibytes() -> None:
    times = []

    def work() -> int:
        times.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.execute("SELECT 2")
        return 2048

    found = cost(work)
    assert (found.statements, found.kib) == (2, 2.0)
    assert len(times) == WARM_UPS + TIMES + 1


def test_a_page_is_asked_for_by_whom_it_says() -> None:
    home = reverse("workflows:home_page")
    found = Page("home", HOME, a_person(), home).measure()
    assert found.statements > 0
    assert found.kib > 1
    with pytest.raises(AssertionError, match="home: 302 instead of 200"):
        Page("home", HOME, None, home).measure()


def test_a_post_has_to_be_answered_by_a_redirection() -> None:
    with pytest.raises(AssertionError, match="help: 405 instead of 302"):
        Page("help", LIST, None, reverse("core:page_help"), post=True).measure()


def test_a_piece_of_work_has_no_size() -> None:
    assert Work("nothing", NONE, lambda: None).measure().kib == 0
