"""Handing in: to the microsecond, as often as one likes, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotAllowed, Refused
from core.models import Job
from grants.actions import budget, proposal, submission
from grants.models import Proposal
from grants.rules.seal import fingerprint
from tests.factories.grants import (
    AMOUNTS,
    DEADLINE,
    WRITING,
    a_call,
    a_complete_proposal,
    a_proposal,
    a_published_call,
    a_submitted_proposal,
    close,
    submit,
    the_applicant,
    the_partner,
)
from tests.factories.parties import the_representative

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)


def test_submission_at_the_deadline_is_in() -> None:
    made = a_complete_proposal()

    version = submit(made, at=DEADLINE)

    made.refresh_from_db()
    assert (made.state, made.version, made.submitted_at) == ("submitted", version, DEADLINE)


def test_submission_one_millisecond_later_is_out() -> None:
    made = a_complete_proposal()

    with pytest.raises(Refused, match="deadline passed on"):
        submit(made, at=DEADLINE + MILLISECOND)

    made.refresh_from_db()
    assert (made.state, made.versions.count()) == ("draft", 0)


def test_submission_keeps_the_whole_content_with_its_fingerprint() -> None:
    made = a_complete_proposal()

    version = submit(made)

    assert version.sha256 == fingerprint(version.content)
    assert version.content["acronym"] == made.acronym
    assert version.content["totals"] == {
        "direct": 138_000_000,
        "indirect": 2_310_000,
        "cost": 140_310_000,
        "contribution": 136_779_000,
        "requested": 136_779_000,
        "sme": 105_000_000,
    }
    assert (version.cost_cents, version.requested_cents, version.sme_cents) == (
        140_310_000,
        136_779_000,
        105_000_000,
    )
    assert (version.partner_count, version.country_count) == (3, 3)


def test_submission_asks_for_the_receipt_once() -> None:
    version = submit(a_complete_proposal())

    jobs = Job.objects.filter(kind="proposal_receipt")

    assert [job.payload for job in jobs] == [{"version": str(version.pk)}]


def test_second_submission_is_a_new_version_and_the_first_stays() -> None:
    made = a_submitted_proposal()
    first = made.version
    assert first is not None
    sealed = dict(first.content)
    proposal.save_section(
        made.pk,
        part=made.call.section_templates.get(code="summary"),
        text="A better summary.",
        revision=1,
        actor=the_applicant(made),
        at=WRITING,
    )

    second = submit(made, at=WRITING + timedelta(days=1))

    first.refresh_from_db()
    made.refresh_from_db()
    assert first.content == sealed
    assert (made.version, second.number, made.state) == (second, 2, "submitted")
    assert [row.event for row in made.transitions.order_by("pk")] == ["begin", "submit", "resubmit"]


def test_last_version_in_time_counts_and_later_edits_do_not() -> None:
    made = a_submitted_proposal()
    proposal.save_section(
        made.pk,
        part=made.call.section_templates.get(code="summary"),
        text="Written after the submission.",
        revision=1,
        actor=the_applicant(made),
        at=WRITING,
    )

    close(made.call)

    made.refresh_from_db()
    assert made.version is not None
    assert made.state == Proposal.State.FROZEN
    assert "Written after" not in str(made.version.content)


def test_nothing_can_be_changed_after_the_deadline() -> None:
    made = a_submitted_proposal()

    with pytest.raises(Refused, match="deadline passed on"):
        budget.save_budget(
            made.pk,
            amounts={the_partner(made).pk: AMOUNTS[0]},
            actor=the_applicant(made),
            at=DEADLINE + MILLISECOND,
        )


def test_draft_that_was_never_submitted_lapses() -> None:
    made = a_proposal()

    close(made.call)

    made.refresh_from_db()
    assert (made.state, made.version) == ("expired", None)


def test_partner_does_not_submit() -> None:
    made = a_complete_proposal()
    organisation = the_partner(made).organisation
    assert organisation is not None

    with pytest.raises(NotAllowed):
        submission.submit(made.pk, actor=the_representative(organisation), at=WRITING)


def test_submission_before_the_opening_is_refused() -> None:
    made = a_complete_proposal(of=a_published_call())

    with pytest.raises(Refused, match="not open"):
        submit(made)


def test_closing_twice_locks_once() -> None:
    made = a_submitted_proposal()
    close(made.call)

    close(made.call)

    assert made.transitions.filter(event="freeze").count() == 1


def test_two_calls_close_each_at_its_own_deadline() -> None:
    early = a_submitted_proposal()
    late = a_submitted_proposal(of=a_call(deadline_at=DEADLINE + timedelta(days=7)))

    close(early.call)

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state) == ("frozen", "submitted")
