"""A proposal's pages when the deadline passes, or when something is missing at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from core import clock
from tests.factories.grants import (
    DEADLINE,
    WRITING,
    a_complete_proposal,
    a_submitted_proposal,
    close,
    the_applicant,
    the_partner,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _writing_time() -> Iterator[None]:
    with clock.standing_at(WRITING):
        yield


def test_deadline_that_passes_while_typing_is_said_and_the_text_stays(client: Client) -> None:
    made = a_complete_proposal()
    client.force_login(the_applicant(made))

    with clock.standing_at(DEADLINE.replace(microsecond=1)):
        answer = client.post(
            reverse("grants:section_edit", args=[made.pk, "summary"]),
            {"text": "Too late.", "revision": 1},
        )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "The deadline passed on Tue 30 Nov 2021, 17:00 Brussels." in page
    assert "This proposal was not submitted." in page
    assert "What you typed was not saved. It stays below, so that you can copy it." in page
    assert "Too late.</textarea>" in page
    assert f'href="{reverse("grants:call_page", args=[made.call.identifier])}"' in page
    assert "Save and go to the next section" not in page


def test_deadline_that_passes_is_said_by_the_draft_that_saves_itself(client: Client) -> None:
    made = a_submitted_proposal()
    client.force_login(the_applicant(made))

    for name, typed in (
        ("section_edit", {"text": "Too late.", "revision": 1}),
        ("budget_edit", {f"{the_partner(made, 1).pk}-A": "77.777,00"}),
    ):
        code = ["summary"] if name == "section_edit" else []
        with clock.standing_at(DEADLINE.replace(microsecond=1)):
            answer = client.post(
                reverse(f"grants:{name}", args=[made.pk, *code]),
                typed,
                headers={"HX-Request": "true"},
            )
        assert (answer.status_code, answer["HX-Retarget"]) == (422, "#saved")
        assert "Not saved." in answer.content.decode()
        assert "What you submitted last is what counts." in answer.content.decode()


def test_deadline_that_has_locked_the_proposal_is_said_too(client: Client) -> None:
    made = a_submitted_proposal()
    close(made.call)
    client.force_login(the_applicant(made))

    with clock.standing_at(DEADLINE.replace(minute=59)):
        answers = [
            client.post(reverse("grants:proposal_submit", args=[made.pk])),
            client.post(
                reverse("grants:section_edit", args=[made.pk, "summary"]),
                {"text": "Too late.", "revision": 1},
            ),
        ]

    for answer in answers:
        assert "What you submitted last is what counts." in answer.content.decode()
    assert made.versions.count() == 1


def test_budget_typed_past_the_deadline_is_refused_and_still_there(client: Client) -> None:
    made = a_complete_proposal()
    row = the_partner(made, 1)
    client.force_login(the_applicant(made))

    with clock.standing_at(DEADLINE.replace(microsecond=1)):
        answer = client.post(
            reverse("grants:budget_edit", args=[made.pk]), {f"{row.pk}-A": "77.777,00"}
        )
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "The deadline passed on Tue 30 Nov 2021, 17:00 Brussels." in page
    assert 'value="77.777,00"' in page
    assert row.budget_lines.get(category="A").amount_cents == 12_000_000


@pytest.mark.parametrize(
    ("countries", "found", "missing"),
    [
        (
            ("BE", "DE"),
            "2 eligible organisations from 2 countries.",
            "1 organisation from 1 other country.",
        ),
        (("BE",), "1 eligible organisation from 1 country.", "2 organisations from 2 other"),
        (("BE", "DE", "DE"), "3 eligible organisations from 2 countries.", "1 organisation from 1"),
    ],
)
def test_consortium_of_too_few_countries_reads_what_is_missing_and_where(
    client: Client, countries: tuple[str, ...], found: str, missing: str
) -> None:
    made = a_complete_proposal(countries=countries)
    client.force_login(the_applicant(made))
    url = reverse("grants:proposal_submit", args=[made.pk])
    partners = reverse("grants:partner_list", args=[made.pk])

    answer = client.post(url)
    refused, check = answer.content.decode(), client.get(url).content.decode()

    assert answer.status_code == 409
    assert "<h1>The proposal was not submitted</h1>" in refused
    for page in (refused, check):
        assert page.count(found) == 1
        assert "The call asks for at least 3 from at least 3 countries; still missing: " in page
        assert missing in page
        assert f'href="{partners}">Go to the partners</a>' in page
    assert not made.versions.exists()


def test_submission_past_the_deadline_leads_nowhere_that_is_closed(client: Client) -> None:
    made = a_complete_proposal(countries=("BE", "DE"))
    client.force_login(the_applicant(made))

    with clock.standing_at(DEADLINE.replace(microsecond=1)):
        page = client.post(reverse("grants:proposal_submit", args=[made.pk])).content.decode()

    assert "This proposal was not submitted. Nothing was changed." in strip_tags(page)
    assert "Go to the partners" not in page
