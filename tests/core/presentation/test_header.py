"""The links of the header: seven stand in a row; of more, six do and the others open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from core.navigation import Shown


def header(number: int, *, current: int = 0) -> str:
    links = [
        Shown(f"Place {place}", f"/{place}/", current=place == current, count=place % 2)
        for place in range(1, number + 1)
    ]
    return render_to_string("components/nav.html", {"frame": SimpleNamespace(nav=links)})


@pytest.mark.parametrize(("number", "opens"), [(1, False), (7, False), (8, True), (10, True)])
def test_more_than_seven_links_are_grouped_and_none_is_lost(number: int, opens: bool) -> None:
    html = header(number)
    row, _, more = html.partition("<details")
    assert bool(more) == opens
    assert row.count("<a ") == (6 if opens else number)
    assert html.count("<a ") == number
    assert html.count("tr-count") == (number + 1) // 2


@pytest.mark.parametrize(("current", "marked"), [(6, False), (7, True), (10, True)])
def test_the_group_is_marked_when_the_page_is_in_it(current: int, marked: bool) -> None:
    html = header(10, current=current)
    assert html.count('aria-current="page"') == 1
    assert ('<summary class="is-current">' in html) == marked


def test_without_links_there_is_no_navigation() -> None:
    assert header(0).strip() == ""
