"""Asking for a report: who may, once however often it is sent, and who gets the file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock, jobs
from core.models import Document, Job
from grants.models import CallRole
from reporting.actions import export
from tests.factories.grant import an_active_grant, appoint
from tests.factories.grants import an_officer
from tests.factories.parties import a_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Person
    from grants.models import Grant

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 9, 4, 9, 0, tzinfo=UTC)
LIST, MAKE = "reporting:export_list", "reporting:export_make"


@pytest.fixture(autouse=True)
def day(media: None) -> Iterator[None]:
    """A day within the grant."""
    del media
    with clock.standing_at(NOW):
        yield


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def wish(grant: Grant, report: str = "audit-grant", kind: str = "xlsx", **other: Any) -> Any:
    return {"report": report, "subject": grant.pk, "kind": kind, "nonce": uuid4(), **other}


def asked(client: Client, data: Any) -> Job:
    answer = client.post(reverse(MAKE), data, secure=True)
    assert answer.status_code == 302, answer.content
    return Job.objects.get(pk=answer.headers["Location"].strip("/").split("/")[-1])


def outcome(client: Client, address: str) -> int:
    """The status; a file is closed again."""
    answer = client.get(address, secure=True)
    answer.close()
    return answer.status_code


def test_a_double_click_is_one_job_and_another_wish_another() -> None:
    grant = an_active_grant()
    client, data = browser(an_officer(grant.call, "FO")), wish(grant)
    assert asked(client, data) == asked(client, data)
    asked(client, wish(grant))
    assert Job.objects.filter(kind="report").count() == 2


def test_the_page_goes_from_waiting_to_the_file() -> None:
    grant = an_active_grant()
    client = browser(an_officer(grant.call, "AUD"))
    row = asked(client, wish(grant))
    address = reverse("reporting:export_job", args=[row.pk])
    waiting = client.get(address, secure=True).content.decode()
    assert f'hx-get="{address}"' in waiting
    assert "Look again" in waiting
    assert (
        client.get(reverse("reporting:export_file", args=[row.pk]), secure=True).status_code == 404
    )
    assert jobs.run(row.pk)
    done = client.get(address, secure=True).content.decode()
    row = Job.objects.select_related("result").get(pk=row.pk)
    assert row.result is not None
    assert row.percent == 100
    assert "hx-get" not in done
    assert row.result.sha256 in done
    assert "All 7 totals tie to the ledger" in done
    answer = client.get(reverse("reporting:export_file", args=[row.pk]), secure=True)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer
    assert content[:2] == b"PK"
    assert f"audit-grant-{grant.number}-2023-09-04.xlsx" in answer.headers["Content-Disposition"]
    shown = client.get(reverse(LIST), secure=True).content.decode()
    assert row.result.name in shown
    assert str(row.started_by) in shown


def test_a_failed_report_says_so() -> None:
    grant = an_active_grant()
    client = browser(an_officer(grant.call, "AUD"))
    row = asked(client, wish(grant))
    Job.objects.filter(pk=row.pk).update(status=Job.Status.FAILED, error="ValueError: secret")
    page = client.get(reverse("reporting:export_job", args=[row.pk]), secure=True).content.decode()
    assert "could not be made" in page
    assert "hx-get" not in page
    assert "secret" not in page


def test_the_file_of_an_ended_office_is_closed_even_to_who_had_it_made() -> None:
    grant = an_active_grant()
    officer = an_officer(grant.call, "FO")
    client = browser(officer)
    row = asked(client, wish(grant))
    assert jobs.run(row.pk)
    address = reverse("reporting:export_file", args=[row.pk])
    assert outcome(client, address) == 200
    assert outcome(browser(an_officer(grant.call, "AUD")), address) == 200
    assert outcome(browser(appoint(grant, "FM")), address) == 200
    CallRole.objects.filter(person=officer).update(end_date=date(2023, 9, 3))
    assert outcome(client, address) == 404
    assert outcome(browser(a_person()), address) == 404


def test_a_finance_officer_of_a_partner_gets_the_recipients_but_not_all_accounts() -> None:
    grant = an_active_grant()
    partner = grant.beneficiaries.get(is_coordinator=False, organisation__country="DE")
    client = browser(appoint(grant, "FO", organisation=partner.organisation))
    shown = client.get(reverse(LIST), secure=True).content.decode()
    assert 'value="recipients"' in shown
    assert 'value="audit-grant"' not in shown
    assert client.post(reverse(MAKE), wish(grant), secure=True).status_code == 422
    assert not Job.objects.filter(kind="report").exists()


def test_another_calls_grant_is_refused() -> None:
    grant, other = an_active_grant(), an_active_grant()
    client = browser(an_officer(grant.call, "FO"))
    assert client.post(reverse(MAKE), wish(other), secure=True).status_code == 422
    assert not Job.objects.filter(kind="report").exists()


def test_a_report_of_several_sheets_is_no_table() -> None:
    grant = an_active_grant()
    client = browser(an_officer(grant.call, "FO"))
    assert client.post(reverse(MAKE), wish(grant, kind="csv"), secure=True).status_code == 404
    row = asked(client, wish(grant, report="recipients", kind="csv"))
    assert jobs.run(row.pk)
    made = Job.objects.select_related("result").get(pk=row.pk).result
    assert made is not None
    assert made.name.endswith(".csv")
    assert made.media_type.startswith("text/csv")


def test_a_job_that_runs_twice_makes_one_file() -> None:
    grant = an_active_grant()
    row = asked(browser(an_officer(grant.call, "FO")), wish(grant))
    assert jobs.run(row.pk)
    assert not jobs.run(row.pk)
    assert Document.objects.get(kind="report") == Job.objects.get(pk=row.pk).result


def test_the_list_asks_the_same_number_of_statements_for_one_file_and_for_three() -> None:
    grant = an_active_grant()
    officer = an_officer(grant.call, "FO")
    client, counts = browser(officer), []
    for wanted in (1, 3):
        while Job.objects.filter(kind="report").count() < wanted:
            values = wish(grant) | {"subject": str(grant.pk), "kind": "xlsx"}
            assert jobs.run(export.ask(**values, actor=officer, at=NOW).pk)
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            assert client.get(reverse(LIST), secure=True).status_code == 200
        counts.append(len(asked_for))
    assert counts[0] == counts[1] <= 25


def test_everybody_reads_open_data() -> None:
    grant = an_active_grant()
    page = Client().get(reverse("reporting:open_data"), secure=True).content.decode()
    assert grant.proposal.acronym in page
    assert grant.coordinator.legal_name in page
    for name in ("grants", "recipients"):
        answer = Client().get(reverse("reporting:open_data_file", args=[name]), secure=True)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/csv")
    missing = Client().get(reverse("reporting:open_data_file", args=["people"]), secure=True)
    assert missing.status_code == 404
