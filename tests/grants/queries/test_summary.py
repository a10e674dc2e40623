"""The Evaluation Summary Report: for officers once made, for the consortium with its letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core import clock, jobs
from core.models import Job
from grants.queries.reading import reading_of
from grants.queries.summary import may_read, summary_report
from parties.rules.days import day_of
from tests.factories.evaluation import (
    AWARDING,
    PANEL_DAY,
    a_final_consensus,
    a_frozen_ranking,
    an_awarded_call,
    an_evaluating_call,
)
from tests.factories.grants import officer, the_applicant, the_partner
from tests.factories.parties import a_person, the_representative

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
DAY = day_of(AWARDING)


def test_the_consortium_reads_it_with_its_letter_and_nobody_before() -> None:
    frozen = a_frozen_ranking(["4"])
    proposal = frozen.rows.get().proposal
    partner = the_partner(proposal).organisation
    assert partner is not None
    inside = (the_applicant(proposal), the_representative(partner))
    assert not any(may_read(person, proposal, on=DAY) for person in inside)
    assert may_read(officer(frozen.call, "MOD"), proposal, on=DAY)
    assert not may_read(officer(frozen.call, "FO"), proposal, on=DAY)


def test_after_the_letter_the_consortium_reads_it_and_still_nobody_else(client: Client) -> None:
    call = an_awarded_call(["4"])
    proposal = call.proposals.get()
    assert may_read(the_applicant(proposal), proposal, on=DAY)
    assert not may_read(a_person(), proposal, on=DAY)
    job = Job.objects.get(kind="evaluation_summary_report")
    address = reverse("grants:summary_report_file", args=[proposal.pk])
    client.force_login(the_applicant(proposal))
    with clock.standing_at(AWARDING):
        assert client.get(address).status_code == 404
    assert jobs.run(job.pk)
    assert summary_report(proposal) is not None
    with clock.standing_at(AWARDING):
        answer = client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a file
    client.force_login(a_person())
    with clock.standing_at(AWARDING):
        assert client.get(address).status_code == 404


def test_a_proposal_without_a_consensus_has_no_report() -> None:
    _call, [proposal] = an_evaluating_call()
    assert summary_report(proposal) is None
    a_final_consensus(proposal)
    assert summary_report(proposal) is None


def test_the_reading_shows_the_version_that_counts() -> None:
    _call, [proposal] = an_evaluating_call(page_limit=0)
    reading = reading_of(proposal)
    assert proposal.version is not None
    assert reading.totals["requested"] == proposal.version.requested_cents
    assert [row[1] for row in reading.budget.rows][:2] == [24_000_000, 3_000_000]
    assert len(reading.shares.rows) == 3
    assert reading.is_too_long is False
    assert day_of(PANEL_DAY) < DAY
