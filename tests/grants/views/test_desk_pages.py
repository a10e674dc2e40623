"""The officers' pages: what they see, when, and which button does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from grants.models import Call, Letter, Proposal
from tests.factories.grants import (
    CHECKING,
    SET_UP,
    WRITING,
    a_call,
    a_draft_call,
    a_frozen_proposal,
    a_submitted_proposal,
    an_officer,
    close,
    officer,
    the_applicant,
)
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _checking_time() -> Iterator[None]:
    with clock.standing_at(CHECKING):
        yield


@pytest.mark.parametrize("name", ["call_setup", "proposal_desk", "check_desk"])
def test_page_of_a_call_opens_for_its_officers_only(client: Client, name: str) -> None:
    made = a_frozen_proposal()
    url = reverse(f"grants:{name}", args=[made.call_id])
    answers = {}

    for role in ("PO", "AO", "CC", "AUD"):
        client.force_login(officer(made.call, role))
        answers[role] = client.get(url).status_code
    for words, person in (("stranger", a_person()), ("applicant", the_applicant(made))):
        client.force_login(person)
        answers[words] = client.get(url).status_code

    assert answers == dict.fromkeys(("PO", "AO", "CC", "AUD"), 200) | dict.fromkeys(
        ("stranger", "applicant"), 404
    )


def test_proposals_are_sealed_until_the_deadline(client: Client) -> None:
    made = a_submitted_proposal()
    client.force_login(officer(made.call, "AO"))
    desk = reverse("grants:proposal_desk", args=[made.call_id])
    page = reverse("grants:proposal_check", args=[made.pk])

    with clock.standing_at(WRITING):
        before = client.get(desk).content.decode(), client.get(page).status_code
    close(made.call)
    after = client.get(desk).content.decode(), client.get(page).status_code

    assert (made.acronym in before[0], before[1]) == (False, 404)
    assert (made.acronym in after[0], after[1]) == (True, 200)


def test_list_asks_the_same_number_of_questions_for_one_and_three(client: Client) -> None:
    asked = []
    for number in (1, 3):
        call = a_call()
        for _ in range(number):
            a_submitted_proposal(of=call)
        close(call)
        client.force_login(officer(call, "PO"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("grants:proposal_desk", args=[call.pk]))
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 25


def test_list_is_filtered_and_sorted_through_the_address(client: Client) -> None:
    call = a_call()
    first = a_submitted_proposal(of=call, acronym="ALDER", strand="textile")
    second = a_submitted_proposal(of=call, acronym="BIRCH", strand="health")
    close(call)
    client.force_login(officer(call, "PO"))
    url = reverse("grants:proposal_desk", args=[call.pk])

    by_strand = client.get(url, {"strand": "health"}).content.decode()
    by_state = client.get(url, {"state": "granted"}).content.decode()
    backwards = client.get(url, {"sort": "-acronym"}).content.decode()

    assert (first.acronym in by_strand, second.acronym in by_strand) == (False, True)
    assert "No proposal is like this." in by_state
    assert backwards.index("BIRCH") < backwards.index("ALDER")


def test_officer_admits_a_proposal(client: Client) -> None:
    made = a_frozen_proposal()
    client.force_login(officer(made.call, "PO"))

    answer = client.post(
        reverse("grants:proposal_decide", args=[made.pk]), {"verdict": "admit", "note": ""}
    )

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (302, "to_evaluate")


def test_refusal_without_a_reason_keeps_what_was_typed(client: Client) -> None:
    made = a_frozen_proposal()
    client.force_login(officer(made.call, "PO"))

    answer = client.post(
        reverse("grants:proposal_decide", args=[made.pk]),
        {"verdict": "ineligible", "note": "The work is about something else."},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Choose at least one reason for the refusal." in page
    assert "The work is about something else." in page


def test_second_officer_confirms_a_refusal_and_the_letter_waits_for_the_applicant(
    client: Client,
) -> None:
    made = a_frozen_proposal()
    first, second = officer(made.call, "PO"), officer(made.call, "PO", second=True)
    client.force_login(first)
    client.post(
        reverse("grants:proposal_decide", args=[made.pk]),
        {"verdict": "ineligible", "reasons": ["off_topic"], "note": "It builds ships."},
    )
    decision = made.decisions.get()
    confirm = reverse("grants:refusal_confirm", args=[decision.pk])

    own = client.post(confirm).status_code
    client.force_login(second)
    other = client.post(confirm).status_code
    client.force_login(the_applicant(made))
    outcome = reverse("grants:proposal_outcome", args=[made.pk])
    closed = client.get(outcome).content.decode()
    letter = Letter.objects.get(proposal=made)
    client.post(reverse("grants:letter_open", args=[made.pk, letter.pk]))
    opened = client.get(outcome).content.decode()

    made.refresh_from_db()
    assert (own, other, made.state) == (409, 302, "ineligible")
    assert "It builds ships." not in closed
    assert "It builds ships." in opened
    assert "5 Jan 2022" in opened


def test_officer_without_that_office_decides_nothing(client: Client) -> None:
    made = a_frozen_proposal()
    client.force_login(officer(made.call, "AUD"))

    answer = client.post(
        reverse("grants:proposal_decide", args=[made.pk]), {"verdict": "admit", "note": ""}
    )

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (404, "frozen")


def test_officer_of_the_consortium_decides_nothing(client: Client) -> None:
    made = a_frozen_proposal()
    client.force_login(an_officer(made.call, "PO", person=the_applicant(made)))

    answer = client.post(
        reverse("grants:proposal_decide", args=[made.pk]), {"verdict": "admit", "note": ""}
    )

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (404, "frozen")


def test_call_is_begun_from_the_catalogue_and_published(client: Client) -> None:
    earlier = a_draft_call()
    client.force_login(officer(earlier, "CC"))

    with clock.standing_at(SET_UP):
        client.post(
            reverse("grants:call_new"),
            {"slug": "smp-cosme-2024-cluster-01", "identifier": "NEW-CALL"},
        )
    made = Call.objects.get(identifier="NEW-CALL")
    an_officer(made, "AO", person=officer(earlier, "AO"))
    client.force_login(officer(earlier, "AO"))
    with clock.standing_at(SET_UP):
        answer = client.post(reverse("grants:call_do", args=[made.pk, "publish"]))

    made.refresh_from_db()
    assert (answer.status_code, made.state, made.version) == (302, "published", 1)


def test_parameters_are_changed_while_it_is_a_draft(client: Client) -> None:
    call = a_draft_call()
    client.force_login(officer(call, "CC"))
    url = reverse("grants:call_change", args=[call.pk])
    form = client.get(url).context["form"]
    typed = {
        name: value
        for name in form.fields
        if (value := form[name].value()) is not None
        and value is not False
        and not name.endswith("_at")
    } | {
        "opens_at_day": "9 Sep 2021",
        "opens_at_time": "00:00",
        "deadline_at_day": "2 Dec 2021",
        "deadline_at_time": "17:00",
        "budget_cents": "40.000.000,00",
    }

    answer = client.post(url, typed)

    call.refresh_from_db()
    assert answer.status_code == 302, answer.context["form"].errors
    assert call.budget_cents == 4_000_000_000
    assert call.deadline_at.isoformat() == "2021-12-02T16:00:00+00:00"


def test_published_rules_are_frozen_on_the_page_too(client: Client) -> None:
    call = a_call()
    client.force_login(officer(call, "CC"))
    criterion = call.criteria.order_by("position")[0]

    page = client.get(reverse("grants:call_setup", args=[call.pk])).content.decode()
    answer = client.post(
        reverse("grants:call_row_remove", args=[call.pk, "criteria", criterion.pk])
    )

    assert "Published rules are frozen" in page
    assert (answer.status_code, call.criteria.count()) == (409, 3)


@pytest.mark.parametrize(
    ("noun", "typed"),
    [
        ("strands", {"code": "space", "name": "Space", "quota_min": "0"}),
        ("objectives", {"code": "outreach", "name": "Outreach", "role": "focus"}),
        ("provenances", {"parameter": "load_max", "kind": "decision", "note": "Twelve."}),
        (
            "section_templates",
            {"code": "ethics", "part": "B", "title": "Ethics", "characters_max": "500"},
        ),
    ],
)
def test_row_is_added_to_a_list_of_a_draft(
    client: Client, noun: str, typed: dict[str, str]
) -> None:
    call = a_draft_call()
    before = getattr(call, noun).count()
    client.force_login(officer(call, "CC"))

    answer = client.post(reverse("grants:call_row_add", args=[call.pk, noun]), typed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert getattr(call, noun).count() == before + 1


def test_corrigendum_that_shortens_is_refused_and_stays_in_the_form(client: Client) -> None:
    call = a_call()
    client.force_login(officer(call, "AO"))
    url = reverse("grants:call_correct", args=[call.pk])
    typed = {
        "deadline_at_day": "29 Nov 2021",
        "deadline_at_time": "17:00",
        "summary": call.summary,
        "reason": "Sooner is better.",
    }

    with clock.standing_at(WRITING):
        refused = client.post(url, typed)
        taken = client.post(url, typed | {"deadline_at_day": "7 Dec 2021"})

    call.refresh_from_db()
    assert refused.status_code == 422
    assert "may extend the deadline, never shorten it" in refused.content.decode()
    assert "Sooner is better." in refused.content.decode()
    assert (taken.status_code, call.version) == (302, 2)


def test_desk_lists_the_calls_one_works_in(client: Client) -> None:
    mine, other = a_call(), a_call()
    client.force_login(officer(mine, "PO"))

    page = client.get(reverse("grants:call_desk")).content.decode()

    assert (mine.identifier in page, other.identifier in page) == (True, False)
    assert Proposal.objects.count() == 0
