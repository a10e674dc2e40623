"""What anybody may read, and the verification of receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.documents import store
from grants.actions import submission
from tests.factories.grants import (
    WRITING,
    a_call,
    a_complete_proposal,
    a_draft_call,
    a_pdf,
    submit,
    the_applicant,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_calls_are_public_from_their_publication(client: Client) -> None:
    draft, published = a_draft_call(), a_call()

    with clock.standing_at(WRITING):
        page = client.get(reverse("grants:call_list")).content.decode()
        hidden = client.get(reverse("grants:call_page", args=[draft.identifier])).status_code

    assert (draft.identifier in page, published.identifier in page) == (False, True)
    assert hidden == 404


def test_call_page_shows_each_rule_with_its_source(client: Client) -> None:
    call = a_call()

    with clock.standing_at(WRITING):
        page = client.get(reverse("grants:call_page", args=[call.identifier])).content.decode()

    assert "EUR\u00a042,000,000.00" in page
    assert "Tue 30 Nov 2021, 17:00 Brussels" in page
    assert "The page limit was not found." in page
    assert "No public statement found: set for this call" in page
    assert "Begin a proposal" in page


def test_receipt_is_verified_by_number_and_by_file(client: Client) -> None:
    made = a_complete_proposal()
    version = submit(made)
    printed = a_pdf(text="Receipt")
    document = store(
        printed,
        kind="proposal_receipt",
        name="receipt.pdf",
        media_type="application/pdf",
        actor=the_applicant(made),
        at=WRITING,
    )
    submission.attach_receipt(version.pk, document=document)
    url = reverse("grants:receipt_verify")

    by_number = client.get(
        url, {"number": version.receipt_number.lower(), "fingerprint": version.sha256[:12]}
    )
    wrong = client.get(url, {"number": version.receipt_number, "fingerprint": "0" * 12})
    by_file = client.post(url, {"file": SimpleUploadedFile("r.pdf", printed)})
    changed = client.post(url, {"file": SimpleUploadedFile("r.pdf", a_pdf(text="Changed"))})

    answers = [
        "This receipt is genuine." in answer.content.decode()
        for answer in (by_number, wrong, by_file, changed)
    ]
    assert answers == [True, False, True, False]
    assert made.acronym not in by_number.content.decode()
