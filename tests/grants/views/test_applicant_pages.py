"""The pages of those who write a proposal: each opens, each keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from grants.models import Proposal
from tests.factories.grants import (
    WRITING,
    a_call,
    a_cluster,
    a_complete_proposal,
    a_pdf,
    a_proposal,
    a_submitted_proposal,
    close,
    submit,
    the_applicant,
    the_partner,
)
from tests.factories.parties import a_person, the_representative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _writing_time() -> Iterator[None]:
    with clock.standing_at(WRITING):
        yield


PAGES = [
    "proposal_page",
    "proposal_describe",
    "annex_list",
    "partner_list",
    "partner_invite",
    "partner_add",
    "budget_edit",
    "proposal_submit",
    "version_list",
    "proposal_outcome",
]


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_the_applicant_and_for_nobody_else(client: Client, name: str) -> None:
    made = a_submitted_proposal()
    url = reverse(f"grants:{name}", args=[made.pk])

    client.force_login(the_applicant(made))
    own = client.get(url).status_code
    client.force_login(a_person())
    other = client.get(url).status_code

    assert (own, other) == (200, 404)


def test_proposal_is_begun_from_the_call(client: Client) -> None:
    organisation = a_cluster()
    call = a_call()
    client.force_login(the_representative(organisation))

    answer = client.post(
        reverse("grants:proposal_begin", args=[call.identifier]),
        {"organisation": organisation.pk, "acronym": "AURORA-LOOM"},
    )

    made = Proposal.objects.get(call=call)
    assert (answer.status_code, made.acronym, made.state) == (302, "AURORA-LOOM", "draft")


def test_taken_acronym_is_refused_and_stays_in_the_form(client: Client) -> None:
    made = a_proposal(acronym="AURORA-LOOM")
    organisation = a_cluster()
    client.force_login(the_representative(organisation))

    answer = client.post(
        reverse("grants:proposal_begin", args=[made.call.identifier]),
        {"organisation": organisation.pk, "acronym": "aurora-loom"},
    )

    assert answer.status_code == 422
    assert "“aurora-loom” is used in this call already." in answer.content.decode()


def test_section_saves_itself_and_says_when(client: Client) -> None:
    made = a_proposal()
    client.force_login(the_applicant(made))

    answer = client.post(
        reverse("grants:section_edit", args=[made.pk, "summary"]),
        {"text": "First words.", "revision": 0},
        headers={"HX-Request": "true"},
    )

    assert "Saved 11:00" in answer.content.decode()
    assert 'value="1"' in answer.content.decode()
    assert made.sections.get().text == "First words."


def test_two_writers_of_one_part_are_told_and_nothing_is_lost(client: Client) -> None:
    made = a_complete_proposal()
    url = reverse("grants:section_edit", args=[made.pk, "summary"])
    client.force_login(the_applicant(made))
    client.post(url, {"text": "Mine.", "revision": 1})
    organisation = the_partner(made).organisation
    assert organisation is not None
    client.force_login(the_representative(organisation))

    answer = client.post(url, {"text": "Theirs.", "revision": 1})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "has saved this part since you opened it" in page
    assert "Mine." in page
    assert "Theirs." in page
    assert made.sections.get(template__code="summary").text == "Mine."


def test_text_past_its_limit_is_kept_and_stops_the_submission(client: Client) -> None:
    made = a_complete_proposal()
    client.force_login(the_applicant(made))

    client.post(
        reverse("grants:section_edit", args=[made.pk, "summary"]),
        {"text": "x" * 2001, "revision": 1},
    )
    page = client.get(reverse("grants:proposal_submit", args=[made.pk])).content.decode()

    assert len(made.sections.get(template__code="summary").text) == 2001
    assert "Longer than allowed, shorten it: Summary." in page


def test_budget_takes_a_decimal_comma(client: Client) -> None:
    made = a_complete_proposal()
    row = the_partner(made, 1)
    client.force_login(the_applicant(made))

    answer = client.post(
        reverse("grants:budget_edit", args=[made.pk]), {f"{row.pk}-A": "90.000,50"}
    )

    assert answer.status_code == 302
    assert row.budget_lines.get(category="A").amount_cents == 9_000_050


def test_unreadable_amount_keeps_every_keystroke_and_saves_nothing(client: Client) -> None:
    made = a_complete_proposal()
    first, second = the_partner(made, 1), the_partner(made, 2)
    client.force_login(the_applicant(made))

    answer = client.post(
        reverse("grants:budget_edit", args=[made.pk]),
        {f"{first.pk}-A": "12,00,0", f"{second.pk}-A": "55.000,00"},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'value="12,00,0"' in page
    assert 'value="55.000,00"' in page
    assert "“12,00,0” could not be read as an amount" in page
    assert second.budget_lines.get(category="A").amount_cents == 7_000_000


def test_budget_figures_follow_while_typing(client: Client) -> None:
    made = a_complete_proposal()
    row = the_partner(made, 1)
    client.force_login(the_applicant(made))

    answer = client.post(
        reverse("grants:budget_edit", args=[made.pk]),
        {f"{row.pk}-D1": "0"},
        headers={"HX-Request": "true"},
    )

    assert "65.37" in answer.content.decode()
    assert "Saved 11:00" in answer.content.decode()


def test_changed_amounts_ask_for_a_new_confirmation(client: Client) -> None:
    made = a_complete_proposal()
    second, third = the_partner(made, 2), the_partner(made, 3)
    client.force_login(the_applicant(made))

    client.post(reverse("grants:budget_edit", args=[made.pk]), {f"{second.pk}-A": "1,00"})

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.confirmed_at, third.confirmed_at) == (None, WRITING)


def test_partner_types_its_own_row_only(client: Client) -> None:
    made = a_complete_proposal()
    first, second = the_partner(made, 1), the_partner(made, 2)
    assert second.organisation is not None
    client.force_login(the_representative(second.organisation))

    client.post(
        reverse("grants:budget_edit", args=[made.pk]),
        {f"{first.pk}-A": "1,00", f"{second.pk}-A": "2,00"},
    )

    assert first.budget_lines.get(category="A").amount_cents == 12_000_000
    assert second.budget_lines.get(category="A").amount_cents == 200


def test_partner_confirms_the_share_it_sees(client: Client) -> None:
    made = a_complete_proposal()
    second = the_partner(made, 2)
    assert second.organisation is not None
    client.force_login(the_applicant(made))
    client.post(reverse("grants:budget_edit", args=[made.pk]), {f"{second.pk}-A": "1,00"})
    client.force_login(the_representative(second.organisation))
    url = reverse("grants:partner_confirm", args=[made.pk, second.pk])

    stale = client.post(url, {"share": "1"})
    page = client.get(reverse("grants:partner_list", args=[made.pk])).content.decode()
    share = page.split('name="share" value="')[1].split('"')[0]
    fresh = client.post(url, {"share": share})

    second.refresh_from_db()
    assert (stale.status_code, fresh.status_code) == (409, 302)
    assert second.confirmed_cents == int(share)


def test_file_of_another_kind_is_refused_with_a_sentence(client: Client) -> None:
    made = a_proposal()
    client.force_login(the_applicant(made))
    url = reverse("grants:annex_add", args=[made.pk, "part-b"])

    refused = client.post(url, {"upload": _upload("notes.pdf", b"plain words")})
    taken = client.post(url, {"upload": _upload("part-b.pdf", a_pdf(pages=3))})

    assert refused.status_code == 422
    assert "“notes.pdf” is not PDF, whatever its name says" in refused.content.decode()
    assert taken.status_code == 302
    assert made.annexes.get().pages == 3


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_submission_leads_to_the_receipts(client: Client) -> None:
    made = a_complete_proposal()
    client.force_login(the_applicant(made))

    answer = client.post(reverse("grants:proposal_submit", args=[made.pk]), follow=True)

    version = made.versions.get()
    assert version.receipt_number in answer.content.decode()
    assert version.sha256 in answer.content.decode()


def test_withdrawal_is_final(client: Client) -> None:
    made = a_submitted_proposal()
    client.force_login(the_applicant(made))
    url = reverse("grants:proposal_do", args=[made.pk, "withdraw"])

    first, second = client.post(url), client.post(url)

    made.refresh_from_db()
    assert (first.status_code, second.status_code, made.state) == (302, 409, "withdrawn")


def test_result_is_not_told_before_the_letter(client: Client) -> None:
    made = a_submitted_proposal()
    close(made.call)
    client.force_login(the_applicant(made))

    page = client.get(reverse("grants:proposal_page", args=[made.pk])).content.decode()

    assert "Locked at deadline" in page
    assert "Version 1, submitted on" in page


def test_list_of_own_proposals_asks_the_same_number_of_questions(client: Client) -> None:
    organisation = a_cluster()
    call = a_call()
    client.force_login(the_representative(organisation))
    url = reverse("grants:proposal_list")
    asked = []

    for _ in range(3):
        made = a_proposal(of=call, organisation=organisation)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url).content.decode()
        assert made.acronym in page
        asked.append(len(queries))

    assert asked == [asked[0]] * 3
    assert asked[0] <= 12


def test_version_page_shows_what_was_sealed(client: Client) -> None:
    made = a_complete_proposal()
    version = submit(made)
    client.force_login(the_applicant(made))

    page = client.get(reverse("grants:version_page", args=[made.pk, 1])).content.decode()

    assert version.receipt_number in page
    assert "1,050,000.00" in page


def test_amounts_of_somebody_else_are_not_overwritten_by_an_older_page(client: Client) -> None:
    made = a_complete_proposal()
    first, second = the_partner(made, 1), the_partner(made, 2)
    assert second.organisation is not None
    url = reverse("grants:budget_edit", args=[made.pk])
    client.force_login(the_applicant(made))
    page = client.get(url).content.decode()
    opened = {
        f"was-{row.pk}": page.split(f'name="was-{row.pk}" value="')[1].split('"')[0]
        for row in (first, second)
    }
    client.force_login(the_representative(second.organisation))
    client.post(url, {f"{second.pk}-A": "65,000.00"})

    client.force_login(the_applicant(made))
    untouched = client.post(
        url, opened | {f"{first.pk}-A": "130,000.00", f"{second.pk}-A": "70,000.00"}
    )
    after_untouched = second.budget_lines.get(category="A").amount_cents
    conflict = client.post(url, opened | {f"{second.pk}-A": "80,000.00"})
    after_conflict = second.budget_lines.get(category="A").amount_cents

    assert (untouched.status_code, after_untouched) == (302, 6_500_000)
    assert first.budget_lines.get(category="A").amount_cents == 13_000_000
    assert (conflict.status_code, after_conflict) == (409, 6_500_000)
    assert 'value="80,000.00"' in conflict.content.decode()
