"""All states × events × roles of reports and consensus: exactly the moves of these tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from core.errors import NotAllowed, Refused
from core.gate import fire
from core.lifecycle import arrows, moves
from core.models import Person
from grants.actions import consensus as consensus_verbs
from grants.actions import individual_report
from grants.lifecycle.consensus import ConsensusLifecycle
from grants.lifecycle.individual_report import IndividualReportLifecycle
from grants.models import Consensus, IndividualReport
from tests.factories.evaluation import (
    MEETING,
    READING,
    a_dissent,
    a_drafted_consensus,
    a_final_consensus,
    a_ready_consensus,
    a_report,
    a_submitted_consensus,
    an_approved_consensus,
    an_evaluating_call,
    declared,
    finished,
    others,
)
from tests.factories.grants import officer, the_applicant, the_partner
from tests.factories.parties import a_member, a_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.lifecycle import Lifecycle

pytestmark = pytest.mark.django_db
R, C = IndividualReport.State, Consensus.State
LATE = [C.DRAFTING, C.FOR_APPROVAL, C.APPROVED, C.DISSENT, C.PANEL, C.FINAL]

# source, event, target, who
REPORT_MOVES = [
    (R.ASSIGNED, "declare", R.OPEN, {"expert"}),
    (R.ASSIGNED, "decline", R.DECLINED, {"expert", "CC"}),
    (R.OPEN, "finish", R.FINISHED, {"expert"}),
    (R.FINISHED, "reopen", R.OPEN, {"CC"}),
    (R.ASSIGNED, "void", R.VOIDED, {"CC"}),
    (R.OPEN, "void", R.VOIDED, {"CC"}),
    (R.FINISHED, "void", R.VOIDED, {"CC"}),
    (R.OPEN, "recuse", R.VOIDED, {"expert"}),
    (R.FINISHED, "recuse", R.VOIDED, {"expert"}),
]
CONSENSUS_MOVES = [
    (C.NOT_READY, "open", C.READY, {"system"}),
    (C.READY, "draft", C.DRAFTING, {"rapporteur"}),
    (C.DRAFTING, "submit", C.FOR_APPROVAL, {"rapporteur"}),
    (C.FOR_APPROVAL, "object", C.DRAFTING, {"rapporteur", "member"}),
    (C.FOR_APPROVAL, "close", C.APPROVED, {"MOD"}),
    (C.FOR_APPROVAL, "dissent", C.DISSENT, {"MOD"}),
    (C.DISSENT, "refer", C.PANEL, {"MOD"}),
    (C.APPROVED, "finalise", C.FINAL, {"CC"}),
    (C.PANEL, "finalise", C.FINAL, {"CC"}),
    *((state, "lose_quorum", C.NOT_READY, {"system"}) for state in (C.READY, *LATE)),
    *((state, "regroup", C.READY, {"system"}) for state in LATE),
]


def _declined() -> IndividualReport:
    report = a_report(an_evaluating_call()[1][0])
    return individual_report.decline(report.pk, actor=report.expert, at=READING, reason="x")


def _voided() -> IndividualReport:
    report = a_report(an_evaluating_call()[1][0])
    chair = officer(report.proposal.call, "CC")
    return individual_report.void(report.pk, actor=chair, at=READING, reason="x")


def _waiting() -> Consensus:
    return a_report(an_evaluating_call()[1][0]).proposal.consensuses.get()


def _dissent() -> Consensus:
    made = a_submitted_consensus(an_evaluating_call()[1][0])
    moderator = officer(made.proposal.call, "MOD")
    return consensus_verbs.dissent(made.pk, actor=moderator, at=MEETING, reason="x")


REPORTS: dict[str, Callable[[], IndividualReport]] = {
    R.ASSIGNED: lambda: a_report(an_evaluating_call()[1][0]),
    R.OPEN: lambda: declared(a_report(an_evaluating_call()[1][0])),
    R.FINISHED: lambda: finished(a_report(an_evaluating_call()[1][0])),
    R.DECLINED: _declined,
    R.VOIDED: _voided,
}
CONSENSUSES: dict[str, Callable[[], Consensus]] = {
    C.NOT_READY: _waiting,
    C.READY: lambda: a_ready_consensus(an_evaluating_call()[1][0]),
    C.DRAFTING: lambda: a_drafted_consensus(an_evaluating_call()[1][0]),
    C.FOR_APPROVAL: lambda: a_submitted_consensus(an_evaluating_call()[1][0]),
    C.APPROVED: lambda: an_approved_consensus(an_evaluating_call()[1][0]),
    C.DISSENT: _dissent,
    C.PANEL: lambda: a_dissent(an_evaluating_call()[1][0]),
    C.FINAL: lambda: a_final_consensus(an_evaluating_call()[1][0]),
}


def officers(record: Any) -> dict[str, Person]:
    call = record.proposal.call
    return {
        "system": Person.objects.system(),
        "stranger": a_person(),
        "applicant": the_applicant(record.proposal),
        **{role: officer(call, role) for role in ("PO", "AO", "CC", "MOD", "FO", "AUD")},
    }


def people_of_report(report: IndividualReport) -> dict[str, Person]:
    return officers(report) | {"expert": report.expert}


def people_of_consensus(made: Consensus) -> dict[str, Person]:
    people = officers(made)
    if made.rapporteur is not None:
        people |= {"rapporteur": made.rapporteur, "member": others(made)[0]}
    return people


def walk(
    machine: type[Lifecycle[Any]], record: Any, people: dict[str, Person], table: list[Any]
) -> None:
    """Nobody but those of the table gets past the permission; no other event past the state."""
    legal = {event: who for source, event, _target, who in table if source == record.state}
    for event in {event for _source, event, _target, _who in table}:
        for role, person in people.items():
            if role in legal.get(event, ()):
                continue
            expected = NotAllowed if event in legal else Refused
            with pytest.raises(expected), transaction.atomic():
                fire(machine(record, at=MEETING), event, actor=person, at=MEETING, reason="x")


@pytest.mark.parametrize(
    ("machine", "table"),
    [(IndividualReportLifecycle, REPORT_MOVES), (ConsensusLifecycle, CONSENSUS_MOVES)],
)
def test_arrows_are_exactly_the_table(machine: type[Lifecycle[Any]], table: list[Any]) -> None:
    drawn = [(arrow.source, arrow.event, arrow.target) for arrow in arrows(machine)]
    assert sorted(drawn) == sorted((s.value, event, t.value) for s, event, t, _who in table)


def test_every_state_can_be_left_unless_it_is_final() -> None:
    assert set(R) - {source for source, *_rest in REPORT_MOVES} == {R.DECLINED, R.VOIDED}
    assert set(C) - {source for source, *_rest in CONSENSUS_MOVES} == set()


@pytest.mark.parametrize("state", list(R))
def test_report_state_is_reached_by_actions_and_left_by_its_events_only(state: str) -> None:
    report = REPORTS[state]()
    assert report.state == state
    walk(IndividualReportLifecycle, report, people_of_report(report), REPORT_MOVES)


@pytest.mark.parametrize("state", list(C))
def test_consensus_state_is_reached_by_actions_and_left_by_its_events_only(state: str) -> None:
    made = CONSENSUSES[state]()
    made = Consensus.objects.select_related("proposal__call", "rapporteur").get(pk=made.pk)
    assert made.state == state
    walk(ConsensusLifecycle, made, people_of_consensus(made), CONSENSUS_MOVES)


def test_permission_of_each_event_is_that_of_the_table() -> None:
    made = a_submitted_consensus(an_evaluating_call()[1][0])
    made.refresh_from_db()
    report = made.proposal.reports.order_by("pk")[0]
    worlds: list[tuple[Any, Any, dict[str, Any], Any]] = [
        (IndividualReportLifecycle, report, people_of_report(report), REPORT_MOVES),
        (ConsensusLifecycle, made, people_of_consensus(made), CONSENSUS_MOVES),
    ]
    for machine, record, people, table in worlds:
        for event, move in moves(machine):
            who = {w for s, e, _t, roles in table if (s, e) == (move.source, event) for w in roles}
            lifecycle = machine(record, at=MEETING)
            assert {role for role, p in people.items() if move.has_perm(lifecycle, p)} == who


@pytest.mark.parametrize("role", ["CC", "MOD"])
def test_an_officer_whose_organisation_takes_part_may_do_nothing(role: str) -> None:
    made = a_submitted_consensus(an_evaluating_call()[1][0])
    insider = officer(made.proposal.call, role)
    organisation = the_partner(made.proposal).organisation
    assert organisation is not None
    a_member(organisation, person=insider)
    report = made.proposal.reports.order_by("pk")[0]
    event = {"CC": "reopen", "MOD": "close"}[role]
    lifecycle: Lifecycle[Any] = (
        IndividualReportLifecycle(report, at=MEETING)
        if role == "CC"
        else ConsensusLifecycle(made, at=MEETING)
    )
    with pytest.raises(NotAllowed), transaction.atomic():
        fire(lifecycle, event, actor=insider, at=MEETING)
