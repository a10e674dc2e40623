"""Who hears what by mail about grants and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.models import Mail
from grants.actions import grant as grants
from grants.actions import report as reports
from tests.factories import grant as given
from tests.factories.grant_reports import AT, accepted, hand_in
from tests.factories.grants import officer

if TYPE_CHECKING:
    from grants.models import Grant

pytestmark = pytest.mark.django_db


def told(words: str) -> set[str]:
    """The addresses that got a mail with these words in its subject."""
    return set(Mail.objects.filter(subject__contains=words).values_list("to_email", flat=True))


def signatories(grant: Grant, role: str) -> set[str]:
    rows = grant.roles.filter(role=role).select_related("person")
    return {row.person.email for row in rows}


def test_legal_signatories_hear_of_preparation_signature_and_accession() -> None:
    grant = given.a_signed_grant()
    everybody = signatories(grant, "LSIGN")
    legal = given.holder(grant, grant.coordinator, "LSIGN").email
    assert told("The grant is being prepared") == everybody
    assert told("The agreement is ready to sign") == {legal}
    assert told("The coordinator has signed") == {officer(grant.call, "AO").email}
    assert told("Both sides have signed the agreement") == everybody


def test_finance_officers_hear_that_prefinancing_is_due() -> None:
    grant = given.an_active_grant()
    assert told("The grant has started") == {officer(grant.call, "FO").email}
    mail = Mail.objects.filter(subject__contains="The grant has started")[0]
    assert f"/grants/{grant.pk}/" in mail.text


def test_reasons_of_a_suspension_are_told_in_words() -> None:
    grant = given.an_active_grant()
    award = officer(grant.call, "AO")
    grants.suspend(grant_id=grant.pk, actor=award, at=given.PAYING, reason="Under check.")
    mail = Mail.objects.filter(subject__contains="suspended")[0]
    assert "Under check." in mail.text


def test_a_report_is_announced_asked_about_sent_back_and_accepted() -> None:
    report = given.the_report(given.a_funded_grant())
    grant = report.grant
    financial = signatories(grant, "FSIGN")
    assert told("Report 1 is open") == financial
    hand_in(report)
    officers = set(grant.call.roles.filter(role="PO").values_list("person__email", flat=True))
    assert told("Report 1 has been handed in") == officers
    po = officer(grant.call, "PO")
    reports.send_back(report_id=report.pk, actor=po, at=AT, reason="Add the hall.")
    assert told("Report 1 was sent back") == financial
    hand_in(report)
    accepted(report)
    assert told("Report 1 has been accepted") == financial
