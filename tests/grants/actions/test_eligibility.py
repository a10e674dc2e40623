"""What the rules find at the deadline, who decides, who confirms, and what the letter sets off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Job, Mail
from grants.actions import eligibility, letter
from grants.models import EligibilityDecision, Proposal
from grants.queries.outcome_pages import shown_letters
from tests.factories.grants import (
    CHECKING,
    WRITING,
    a_call,
    a_complete_proposal,
    a_frozen_proposal,
    a_submitted_proposal,
    close,
    officer,
    submit,
    the_applicant,
)
from tests.factories.parties import a_person

pytestmark = pytest.mark.django_db


def refuse(made: Proposal, *, verdict: str = "ineligible") -> EligibilityDecision:
    return eligibility.decide(
        made.pk,
        verdict=verdict,
        reasons=["off_topic"],
        note="It builds ships.",
        actor=officer(made.call, "PO"),
        at=CHECKING,
    )


def outcomes(made: Proposal) -> dict[str, str]:
    return dict(made.checks.values_list("rule", "outcome"))


def test_rules_are_read_once_at_the_deadline_and_all_kept() -> None:
    made = a_frozen_proposal()

    assert len(outcomes(made)) == 14
    assert set(outcomes(made).values()) == {"passed"}
    eligibility.check(made, at=CHECKING)
    assert made.checks.count() == 14


def test_missing_annex_is_found_and_stops_the_admission() -> None:
    made = a_complete_proposal(with_annex=False)
    submit(made)
    close(made.call)

    assert outcomes(made)["annexes"] == "failed"
    assert "Description of the action (Part B)" in made.checks.get(rule="annexes").finding
    with pytest.raises(Refused, match="A rule is broken"):
        eligibility.decide(
            made.pk,
            verdict="admit",
            reasons=[],
            note="",
            actor=officer(made.call, "PO"),
            at=CHECKING,
        )


def test_partner_from_elsewhere_is_found() -> None:
    made = a_complete_proposal(countries=("BE", "DE", "PL", "CH"), amounts=FOUR)
    submit(made)
    close(made.call)

    assert outcomes(made)["countries"] == "failed"
    assert outcomes(made)["consortium"] == "passed"


FOUR = (
    {"A": 12_000_000, "D1": 45_000_000},
    {"A": 7_000_000, "D1": 35_000_000},
    {"A": 5_000_000, "D1": 25_000_000},
    {"A": 1_000_000, "D1": 5_000_000},
)


@pytest.mark.parametrize(
    ("countries", "words"),
    [(("BE", "DE", "DE"), "3 eligible organisations from 2 countries")],
)
def test_consortium_of_two_countries_is_not_submitted(
    countries: tuple[str, ...], words: str
) -> None:
    made = a_complete_proposal(countries=countries)

    with pytest.raises(Refused, match=words):
        submit(made)

    made.refresh_from_db()
    assert (made.state, made.sections.count()) == ("draft", 6)


def test_share_of_74_99_is_not_submitted_and_says_what_is_missing() -> None:
    made = a_complete_proposal(
        amounts=({"C3": 34_631_360, "D1": 100_000_000}, {"A": 0}, {"A": 0}), of=a_call()
    )

    with pytest.raises(Refused, match=r"74\.99"):
        submit(made)


def test_refusal_waits_for_a_second_officer() -> None:
    made = a_frozen_proposal()
    decision = refuse(made)

    with pytest.raises(Refused, match="You proposed this refusal"):
        eligibility.confirm_refusal(decision.pk, actor=officer(made.call, "PO"), at=CHECKING)

    made.refresh_from_db()
    assert made.state == "frozen"


@pytest.mark.parametrize("verdict", ["inadmissible", "ineligible"])
def test_confirmed_refusal_ends_the_proposal_and_sends_a_letter(verdict: str) -> None:
    made = a_frozen_proposal()
    decision = refuse(made, verdict=verdict)
    second = officer(made.call, "PO", second=True)

    sent = eligibility.confirm_refusal(decision.pk, actor=second, at=CHECKING)

    made.refresh_from_db()
    decision.refresh_from_db()
    assert (made.state, decision.confirmed_by) == (verdict, second)
    assert "The content is not in line with the topic" in sent.text
    assert "It builds ships." in sent.text
    assert Job.objects.filter(kind="letter", payload={"letter": str(sent.pk)}).count() == 1
    mail = Mail.objects.get(person=the_applicant(made), subject__startswith="A letter about")
    assert "ships" not in mail.text


def test_database_refuses_one_officer_in_both_places() -> None:
    made = a_frozen_proposal()
    decision = refuse(made)

    with pytest.raises(IntegrityError), transaction.atomic():
        EligibilityDecision.objects.filter(pk=decision.pk).update(
            confirmed_by=decision.proposed_by, confirmed_at=CHECKING
        )


def test_refusal_that_was_sent_back_is_decided_anew() -> None:
    made = a_frozen_proposal()
    decision = refuse(made)
    second = officer(made.call, "PO", second=True)

    with pytest.raises(DomainError, match="looked at again"):
        eligibility.return_refusal(decision.pk, note=" ", actor=second, at=CHECKING)
    eligibility.return_refusal(decision.pk, note="Read part 2.", actor=second, at=CHECKING)
    with pytest.raises(Refused, match="no longer waits"):
        eligibility.confirm_refusal(decision.pk, actor=second, at=CHECKING)
    eligibility.decide(made.pk, verdict="admit", reasons=[], note="", actor=second, at=CHECKING)

    made.refresh_from_db()
    assert (made.state, made.decisions.count()) == ("to_evaluate", 2)


def test_two_decisions_do_not_stand_side_by_side() -> None:
    made = a_frozen_proposal()
    refuse(made)

    with pytest.raises(Refused, match="stands already"):
        refuse(made)


def test_refusal_asks_for_a_reason() -> None:
    made = a_frozen_proposal()

    with pytest.raises(DomainError, match="at least one reason") as refusal:
        eligibility.decide(
            made.pk,
            verdict="ineligible",
            reasons=[],
            note="",
            actor=officer(made.call, "PO"),
            at=CHECKING,
        )
    assert refusal.value.field == "reasons"


def test_nothing_is_decided_before_the_deadline() -> None:
    made = a_submitted_proposal()

    with pytest.raises(Refused, match="is now: submitted"):
        eligibility.decide(
            made.pk,
            verdict="admit",
            reasons=[],
            note="",
            actor=officer(made.call, "PO"),
            at=WRITING,
        )


def test_unknown_decision_does_not_exist() -> None:
    made = a_frozen_proposal()

    with pytest.raises(NotAllowed):
        eligibility.confirm_refusal(made.pk, actor=officer(made.call, "PO"), at=CHECKING)


def test_letter_counts_from_its_opening_and_only_once() -> None:
    made = a_frozen_proposal()
    decision = refuse(made)
    sent = eligibility.confirm_refusal(
        decision.pk, actor=officer(made.call, "PO", second=True), at=CHECKING
    )
    before = shown_letters(made)[0]

    with pytest.raises(NotAllowed):
        letter.open_letter(sent.pk, actor=a_person(), at=CHECKING)
    opened = CHECKING + timedelta(days=2)
    letter.open_letter(sent.pk, actor=the_applicant(made), at=opened)
    letter.open_letter(sent.pk, actor=the_applicant(made), at=opened + timedelta(days=1))
    after = shown_letters(made)[0]

    assert (before.received_on, before.redress_until) == (date(2021, 12, 16), date(2022, 1, 15))
    assert (after.received_on, after.redress_until) == (date(2021, 12, 8), date(2022, 1, 7))
