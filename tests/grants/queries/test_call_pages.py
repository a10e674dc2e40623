"""The public page of a call: every rule has a value and a source."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grants.models import Call
from grants.queries import call_pages, catalogue
from grants.queries.call_content import LISTS
from tests.factories.grants import DEADLINE, WRITING, a_call, a_draft_call, a_published_call, close

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", sorted(catalogue.entries()))
def test_every_rule_shows_its_value_and_where_it_comes_from(slug: str) -> None:
    rows = call_pages.rule_table(a_draft_call(slug=slug)).rows

    assert [name for name, value, source in rows if not value or not source] == []


@pytest.mark.parametrize("slug", sorted(catalogue.entries()))
def test_every_source_is_of_a_parameter_that_exists(slug: str) -> None:
    known = {field.name for field in Call._meta.concrete_fields} | LISTS.keys()

    assert set(catalogue.read(slug)["provenance"]) - known == set()


def test_unknown_catalogue_file_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        catalogue.read("no-such-call")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=20), "Open"),
        (timedelta(days=4, hours=2), "Closes in 4 days"),
        (timedelta(days=1, hours=2), "Closes in 1 day"),
        (timedelta(hours=2), "Closes today"),
    ],
)
def test_last_week_of_an_open_call_says_how_long_it_is_open(before: timedelta, words: str) -> None:
    assert call_pages.state_tag(a_call(), at=DEADLINE - before).words == words


def test_calls_that_can_be_answered_come_before_those_that_are_over() -> None:
    over = a_call(deadline_at=DEADLINE - timedelta(days=10))
    close(over)
    coming, running = a_published_call(), a_call()

    open_titles = [card.over for card in call_pages.open_calls(WRITING)]
    past_titles = [card.over for card in call_pages.past_calls(DEADLINE)]

    assert [
        coming.identifier in over_line or running.identifier in over_line
        for over_line in open_titles
    ] == [True, True]
    assert over.identifier in past_titles[-1]
