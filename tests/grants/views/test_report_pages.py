"""Periodic reports through their pages: partners, coordinator, officers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from grants.models import PeriodicReport
from tests.factories import grant as given
from tests.factories.grant_reports import accept_support, add_costs, hand_in, sign_all, signatory
from tests.factories.grants import a_pdf, officer
from tests.factories.parties import a_person
from tests.grants.views.pages import client_of, get, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person
    from grants.models import Statement

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 20, 9, 0, tzinfo=UTC)
S = PeriodicReport.State


@pytest.fixture(autouse=True)
def product_time() -> Iterator[None]:
    """Pages ask the clock; here it stands in the time of the report."""
    with clock.standing_at(AT):
        yield


@pytest.fixture
def report() -> PeriodicReport:
    return given.the_report(given.a_funded_grant())


def statement_of(report: PeriodicReport, place: int = 0) -> Statement:
    partner = given.partners(report.grant)[place]
    return report.statements.select_related("beneficiary", "report").get(beneficiary=partner)


def coordinator(report: PeriodicReport) -> Person:
    return given.holder(report.grant, report.grant.coordinator, "LSIGN")


def test_a_partner_writes_and_signs_its_statement(report: PeriodicReport) -> None:
    mine = statement_of(report, 1)
    actor = signatory(mine)
    assert "Add the cost" in get(actor, "statement_detail", mine.pk)
    typed = {"category": "A", "description": "Staff of the help desk", "local_cents": "1.234,56"}
    assert post(actor, "statement_detail", mine.pk, **typed) == 302
    page = get(actor, "statement_detail", mine.pk)
    assert "1,234.56" in page
    assert "Sign costs of EUR 1,320.97" in page
    assert post(actor, "statement_sign", mine.pk) == 302
    assert "Take the signature back" in get(actor, "statement_detail", mine.pk)
    assert post(actor, "statement_take_back", mine.pk) == 302
    line = mine.lines.get()
    assert post(actor, "cost_line_remove", mine.pk, line.pk) == 302
    assert not mine.lines.exists()


def test_another_partner_reads_but_does_not_write(report: PeriodicReport) -> None:
    mine = statement_of(report, 1)
    other = signatory(statement_of(report, 2))
    assert "Add the cost" not in get(other, "statement_detail", mine.pk)
    assert post(other, "statement_detail", mine.pk) == 404
    for name in ("statement_terms", "statement_certificate"):
        assert client_of(other).get(reverse(f"grants:{name}", args=[mine.pk])).status_code == 404
    assert post(other, "statement_sign", mine.pk) == 404


def test_costs_in_zloty_are_shown_in_both_currencies(report: PeriodicReport) -> None:
    mine = statement_of(report, 1)
    actor = signatory(mine)
    add_costs(mine, cents=426_000)
    typed = {"currency": "pln", "rate_millionths": "4,26", "audited_cents": "0"}
    assert post(actor, "statement_terms", mine.pk, **typed) == 302
    page = get(actor, "statement_detail", mine.pk)
    assert "4,260.00" in page
    assert "1,000.00" in page
    assert 'value="4.26"' in get(actor, "statement_terms", mine.pk)


@pytest.mark.parametrize("typed", ["four", "0", "-1", "1.0000001", "NaN"])
def test_a_rate_that_is_none_is_quoted(report: PeriodicReport, typed: str) -> None:
    mine = statement_of(report, 1)
    client = client_of(signatory(mine))
    url = reverse("grants:statement_terms", args=[mine.pk])
    answer = client.post(url, {"currency": "PLN", "rate_millionths": typed, "audited_cents": "0"})
    assert answer.status_code == 422
    assert f"“{typed}” is not a rate" in answer.content.decode()


def test_a_certificate_is_added_and_given_out(report: PeriodicReport) -> None:
    mine = statement_of(report)
    actor = signatory(mine)
    upload = SimpleUploadedFile("cfs.pdf", a_pdf(), "application/pdf")
    assert post(actor, "statement_certificate", mine.pk, certificate=upload) == 302
    response = client_of(actor).get(reverse("grants:statement_certificate_file", args=[mine.pk]))
    assert response.status_code == 200
    response.close()
    wrong = SimpleUploadedFile("cfs.pdf", b"not a pdf", "application/pdf")
    assert post(actor, "statement_certificate", mine.pk, certificate=wrong) == 422


def test_the_coordinator_hands_in_and_confirms_the_ledgers_figure(report: PeriodicReport) -> None:
    accept_support(report.grant, cents=5_000_000, on=report.starts_on)
    sign_all(report)
    actor = coordinator(report)
    text = {"summary": "Two calls were opened."}
    assert post(actor, "periodic_report_summary", report.pk, **text) == 302
    page = get(actor, "periodic_report_submit", report.pk)
    assert "50,000.00" in page
    client = client_of(actor)
    url = reverse("grants:periodic_report_submit", args=[report.pk])
    refused = client.post(url, {"sme_support_cents": "49,999.99"})
    assert refused.status_code == 422
    assert "49,999.99" in refused.content.decode()
    assert client.post(url, {"sme_support_cents": "50,000.00"}).status_code == 302
    report.refresh_from_db()
    assert report.state == S.SUBMITTED
    assert report.document is not None
    paper = reverse("grants:grant_file", args=[report.grant_id, report.document.pk])
    response = client.get(paper)
    assert response.status_code == 200
    response.close()


def test_officers_ask_assess_and_accept(report: PeriodicReport) -> None:
    line = add_costs(statement_of(report), cents=100_000)
    hand_in(report)
    po, award = officer(report.grant.call, "PO"), officer(report.grant.call, "AO")
    asks = {"reason": "Which hall?"}
    assert post(po, "periodic_report_event", report.pk, "suspend", **asks) == 302
    assert post(po, "periodic_report_event", report.pk, "resume", reason="Hall B.") == 302
    assert line.description in get(po, "periodic_report_assess", report.pk)
    typed = {f"accepted_{line.pk}": "900.00", f"reason_{line.pk}": ""}
    assert post(po, "periodic_report_assess", report.pk, **typed) == 422
    typed[f"reason_{line.pk}"] = "No invoice."
    assert post(po, "periodic_report_assess", report.pk, **typed) == 302
    assert "Accept the report in part" in get(award, "periodic_report_detail", report.pk)
    assert post(award, "periodic_report_event", report.pk, "accept_in_part") == 302
    page = get(coordinator(report), "periodic_report_detail", report.pk)
    assert "No invoice." in page


def test_only_those_who_are_asked_find_the_forms(report: PeriodicReport) -> None:
    others = (officer(report.grant.call, "AUD"), signatory(statement_of(report, 1)))
    names = ("periodic_report_summary", "periodic_report_submit", "periodic_report_assess")
    for person in others:
        assert get(person, "periodic_report_detail", report.pk)
        for name in names:
            url = reverse(f"grants:{name}", args=[report.pk])
            assert client_of(person).get(url).status_code == 404, name
    stranger = client_of(a_person())
    for name in ("periodic_report_detail", *names):
        url = reverse(f"grants:{name}", args=[report.pk])
        assert stranger.get(url).status_code == 404, name
    assert post(others[0], "periodic_report_event", report.pk, "order_payment") == 404
