"""What is late or soon due, for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grants.queries.clocks import clocks
from tests.factories import grant as given
from tests.factories.grant_reports import hand_in
from tests.factories.grants import officer
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db


def test_a_payment_shows_from_two_weeks_before_its_day() -> None:
    grant = given.an_active_grant()
    fo = officer(grant.call, "FO")
    due = grant.payments.get().due_on
    assert due is not None
    assert clocks(fo, on=due - timedelta(days=15)) == []
    found = clocks(fo, on=due - timedelta(days=14))
    assert [row.when for row in found] == [due]
    assert grant.proposal.acronym in found[0].title
    assert clocks(a_person(), on=due) == []


def test_reports_show_until_they_are_handed_in_and_then_until_they_are_paid() -> None:
    grant = given.a_funded_grant()
    report = given.the_report(grant)
    award = officer(grant.call, "AO")
    late = report.due_on + timedelta(days=1)
    assert [row.why for row in clocks(award, on=late)] == ["Report to be handed in"]
    hand_in(report)
    assert clocks(award, on=late) == []
    assert report.answer_by is not None
    found = clocks(award, on=report.answer_by)
    assert [row.why for row in found] == ["Report to be accepted and paid"]
