"""All states × events × roles of a proposal: exactly the moves of this table, and no other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from core.errors import NotAllowed, Refused
from core.gate import fire
from core.lifecycle import arrows, moves
from core.models import Person
from grants.actions import eligibility
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Proposal
from tests.factories.grants import (
    CHECKING,
    DEADLINE,
    a_call,
    a_frozen_proposal,
    a_proposal,
    a_submitted_proposal,
    an_admitted_proposal,
    an_officer,
    close,
    officer,
    the_applicant,
    the_partner,
)
from tests.factories.parties import a_person, the_representative

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
S = Proposal.State

# source, event, target, who
MOVES = [
    (S.DRAFT, "submit", S.SUBMITTED, {"applicant"}),
    (S.SUBMITTED, "resubmit", S.SUBMITTED, {"applicant"}),
    (S.SUBMITTED, "freeze", S.FROZEN, {"system"}),
    (S.DRAFT, "expire", S.EXPIRED, {"system"}),
    (S.FROZEN, "declare_inadmissible", S.INADMISSIBLE, {"PO"}),
    (S.FROZEN, "declare_ineligible", S.INELIGIBLE, {"PO"}),
    (S.FROZEN, "admit", S.TO_EVALUATE, {"PO"}),
    (S.TO_EVALUATE, "evaluate", S.EVALUATED, {"system"}),
    (S.EVALUATED, "reopen_evaluation", S.TO_EVALUATE, {"system"}),
    (S.EVALUATED, "below_threshold", S.BELOW_THRESHOLD, {"system"}),
    (S.EVALUATED, "rank", S.RANKED, {"system"}),
    (S.RANKED, "place_main", S.MAIN_LIST, {"AO"}),
    (S.RANKED, "place_reserve", S.RESERVE_LIST, {"AO"}),
    (S.RANKED, "place_no_budget", S.NO_BUDGET, {"AO"}),
    (S.MAIN_LIST, "invite", S.INVITED, {"PO", "AO"}),
    (S.RESERVE_LIST, "invite", S.INVITED, {"AO"}),
    (S.RESERVE_LIST, "release", S.NO_BUDGET, {"AO"}),
    (S.INVITED, "prepare", S.GRANT_PREP, {"PO"}),
    (S.GRANT_PREP, "grant", S.GRANTED, {"AO"}),
    (S.INVITED, "fail_preparation", S.PREP_FAILED, {"AO"}),
    (S.GRANT_PREP, "fail_preparation", S.PREP_FAILED, {"AO"}),
    *(
        (state, "withdraw", S.WITHDRAWN, {"applicant"})
        for state in (
            S.DRAFT,
            S.SUBMITTED,
            S.FROZEN,
            S.TO_EVALUATE,
            S.EVALUATED,
            S.RANKED,
            S.MAIN_LIST,
            S.RESERVE_LIST,
        )
    ),
    *(
        (state, "end_with_call", S.CALL_CANCELLED, {"system"})
        for state in (S.DRAFT, S.SUBMITTED, S.FROZEN, S.TO_EVALUATE, S.EVALUATED, S.RANKED)
    ),
]
FINAL = {
    S.EXPIRED,
    S.WITHDRAWN,
    S.INADMISSIBLE,
    S.INELIGIBLE,
    S.BELOW_THRESHOLD,
    S.NO_BUDGET,
    S.GRANTED,
    S.PREP_FAILED,
    S.CALL_CANCELLED,
}
# How each state is reached from a proposal in evaluation: who fires what.
RANKED = [("evaluate", "system"), ("rank", "system")]
INVITED = [*RANKED, ("place_main", "AO"), ("invite", "PO")]
ROADS: dict[str, list[tuple[str, str]]] = {
    S.TO_EVALUATE: [],
    S.EVALUATED: RANKED[:1],
    S.BELOW_THRESHOLD: [*RANKED[:1], ("below_threshold", "system")],
    S.RANKED: RANKED,
    S.MAIN_LIST: [*RANKED, ("place_main", "AO")],
    S.RESERVE_LIST: [*RANKED, ("place_reserve", "AO")],
    S.NO_BUDGET: [*RANKED, ("place_no_budget", "AO")],
    S.INVITED: INVITED,
    S.GRANT_PREP: [*INVITED, ("prepare", "PO")],
    S.GRANTED: [*INVITED, ("prepare", "PO"), ("grant", "AO")],
    S.PREP_FAILED: [*INVITED, ("fail_preparation", "AO")],
    S.WITHDRAWN: [("withdraw", "applicant")],
    S.CALL_CANCELLED: [("end_with_call", "system")],
}


def _expired() -> Proposal:
    made = a_proposal()
    close(made.call)
    return made


def _refused(verdict: str) -> Proposal:
    made = a_frozen_proposal()
    first, second = officer(made.call, "PO"), officer(made.call, "PO", second=True)
    decision = eligibility.decide(
        made.pk, verdict=verdict, reasons=["off_topic"], note="", actor=first, at=CHECKING
    )
    eligibility.confirm_refusal(decision.pk, actor=second, at=CHECKING)
    return made


MADE: dict[str, Callable[[], Proposal]] = {
    S.DRAFT: a_proposal,
    S.SUBMITTED: a_submitted_proposal,
    S.FROZEN: a_frozen_proposal,
    S.EXPIRED: _expired,
    S.INADMISSIBLE: lambda: _refused("inadmissible"),
    S.INELIGIBLE: lambda: _refused("ineligible"),
}


def people_of(proposal: Proposal) -> dict[str, Person]:
    organisation = proposal.partners.exclude(is_coordinator=True).first()
    return {
        "system": Person.objects.system(),
        "applicant": the_applicant(proposal),
        "partner": the_representative(organisation.organisation)
        if organisation and organisation.organisation
        else a_person(),
        "stranger": a_person(),
        **{role: officer(proposal.call, role) for role in ("PO", "AO", "CC", "MOD", "FO", "AUD")},
    }


def proposal_in(state: str) -> Proposal:
    made = MADE[state]() if state in MADE else an_admitted_proposal()
    people = people_of(made)
    for event, role in ROADS.get(state, []):
        with transaction.atomic():
            lifecycle = ProposalLifecycle(made, at=CHECKING)
            fire(lifecycle, event, actor=people[role], at=CHECKING, reason="Because.")
    made.refresh_from_db()
    return made


def test_arrows_are_exactly_the_table() -> None:
    drawn = [(arrow.source, arrow.event, arrow.target) for arrow in arrows(ProposalLifecycle)]

    assert sorted(drawn) == sorted((s.value, event, t.value) for s, event, t, _who in MOVES)


def test_every_state_can_be_left_unless_it_is_final() -> None:
    left = {source for source, _event, _target, _who in MOVES}

    assert set(S) - left == FINAL


@pytest.mark.parametrize("state", list(S))
def test_state_is_reached_by_the_gate_and_left_by_its_events_only(state: str) -> None:
    made = proposal_in(state)
    assert made.state == state
    people = people_of(made)
    legal = {event: who for source, event, _target, who in MOVES if source == state}

    for event in {event for _source, event, _target, _who in MOVES}:
        for role, person in people.items():
            expected = NotAllowed if event in legal else Refused
            if event in legal and role in legal[event]:
                continue
            with pytest.raises(expected), transaction.atomic():
                fire(ProposalLifecycle(made, at=CHECKING), event, actor=person, at=CHECKING)


def test_permission_of_each_event_is_that_of_the_table() -> None:
    made = a_frozen_proposal()
    people = people_of(made)

    for event, move in moves(ProposalLifecycle):
        who = {w for s, e, _t, roles in MOVES if (s, e) == (move.source, event) for w in roles}
        lifecycle = ProposalLifecycle(made, at=CHECKING)
        assert {role for role, p in people.items() if move.has_perm(lifecycle, p)} == who


def test_officer_whose_organisation_takes_part_may_do_nothing() -> None:
    made = a_frozen_proposal()
    organisation = the_partner(made).organisation
    assert organisation is not None
    insider = an_officer(made.call, "PO", person=the_representative(organisation))

    with pytest.raises(NotAllowed), transaction.atomic():
        fire(ProposalLifecycle(made, at=CHECKING), "admit", actor=insider, at=CHECKING)


def test_clock_does_not_lock_at_the_deadline_itself() -> None:
    made = a_submitted_proposal()
    system = Person.objects.system()

    with pytest.raises(Refused, match="has not passed"), transaction.atomic():
        fire(ProposalLifecycle(made, at=DEADLINE), "freeze", actor=system, at=DEADLINE)

    later = DEADLINE + timedelta(microseconds=1)
    with transaction.atomic():
        fire(ProposalLifecycle(made, at=later), "freeze", actor=system, at=later)
    assert made.state == S.FROZEN


def test_two_proposals_of_a_call_have_their_own_numbers() -> None:
    call = a_call()

    assert [a_proposal(of=call).number for _ in range(3)] == [1, 2, 3]
