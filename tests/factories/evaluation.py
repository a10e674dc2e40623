"""An evaluation, brought to a state by the same actions that a click uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grants.actions import (
    assignment,
    award,
    call_parts,
    consensus,
    individual_report,
    panel,
    ranking,
)
from grants.actions import call as call_verbs
from grants.models import Call, Consensus, IndividualReport, Proposal
from grants.queries.marks import Scored, criteria_of
from tests.factories.grants import (
    OPENED,
    SET_UP,
    a_call,
    a_draft_call,
    a_submitted_proposal,
    admit,
    close,
    officer,
    start_evaluation,
)
from tests.factories.parties import a_person, an_expert
from tests.staging import staged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from core.models import Person
    from grants.models import Ranking

ASKED = datetime(2022, 1, 10, 9, 0, tzinfo=UTC)
READING = ASKED + timedelta(days=5)
MEETING = ASKED + timedelta(days=15)
PANEL_DAY = ASKED + timedelta(days=40)
AWARDING = ASKED + timedelta(days=60)
NAMES = (
    "Fern Alder", "Rowan Birch", "Hazel Cypress", "Laurel Damson",
    "Ash Elder", "Iris Fir", "Olive Gorse", "Linden Hawthorn",
)  # fmt: skip
WHY = "The need is shown by figures; how the effects are measured stays open."


@staged
def a_call_with_quotas(quotas: Mapping[str, int], **changes: Any) -> Call:
    """An open call whose strands (by code) have a least number of grants."""
    made = a_draft_call(**changes)
    for code, least in quotas.items():
        call_parts.change(
            made.pk,
            noun="strands",
            row_id=made.strands.get(code=code).pk,
            values={"quota_min": least},
            actor=officer(made, "CC"),
            at=SET_UP,
        )
    call_verbs.publish(made.pk, actor=officer(made, "AO"), at=SET_UP)
    call_verbs.open_due(OPENED)
    made.refresh_from_db()
    return made


@staged
def an_evaluating_call(
    count: int = 1,
    *,
    strands: Sequence[str] = (),
    quotas: Mapping[str, int] | None = None,
    **changes: Any,
) -> tuple[Call, list[Proposal]]:
    """A call whose proposals (``count``) all go to evaluation."""
    call = a_call_with_quotas(quotas, **changes) if quotas else a_call(**changes)
    made = [
        a_submitted_proposal(
            of=call,
            strand=strands[number] if strands else "",
            with_annex=True,
            acronym=f"PLANT-{number + 1}",
        )
        for number in range(count)
    ]
    close(call)
    for proposal in made:
        proposal.refresh_from_db()
        admit(proposal)
    start_evaluation(call)
    return call, [Proposal.objects.get(pk=proposal.pk) for proposal in made]


def experts(count: int = 3) -> list[Person]:
    """People who may be asked, each from a country of their own."""
    countries = ("FR", "IT", "ES", "PT", "AT", "FI", "IE", "SE")
    return [
        an_expert(
            person=a_person(full_name=NAMES[number % len(NAMES)]),
            country=countries[number % len(countries)],
        ).person
        for number in range(count)
    ]


def a_report(of: Proposal, expert: Person | None = None) -> IndividualReport:
    """An expert was asked."""
    asked = expert or experts(1)[0]
    return assignment.assign(of.pk, expert_id=asked.pk, actor=officer(of.call, "CC"), at=ASKED)


def declared(report: IndividualReport) -> IndividualReport:
    """The expert has declared and may read."""
    return individual_report.declare(
        report.pk, no_conflict=True, confidentiality=True, actor=report.expert, at=READING
    )


def marks(
    of: Call, scores: str | Mapping[str, str] | Iterable[str] = "4", comment: str = WHY
) -> dict[UUID, Scored]:
    """The same mark for each criterion, one for each in order, or by the criterion's code."""
    criteria = criteria_of(of)
    if isinstance(scores, str):
        given = dict.fromkeys((c.code for c in criteria), scores)
    elif isinstance(scores, Mapping):
        given = dict(scores)
    else:
        given = dict(zip((c.code for c in criteria), scores, strict=True))
    return {c.pk: Scored(Decimal(given[c.code]), comment) for c in criteria}


def written(report: IndividualReport, scores: Any = "4") -> IndividualReport:
    """The expert has declared and given marks, but not finished."""
    opened = declared(report)
    return individual_report.save(
        opened.pk, marks=marks(report.proposal.call, scores), actor=report.expert, at=READING
    )


def finished(report: IndividualReport, scores: Any = "4") -> IndividualReport:
    """The expert has handed the report in."""
    made = written(report, scores)
    return individual_report.finish(made.pk, actor=report.expert, at=READING)


def a_ready_consensus(
    of: Proposal, scores: Sequence[Any] = ("4", "4", "4"), people: Sequence[Person] = ()
) -> Consensus:
    """As many finished reports as scores: the consensus is open."""
    group = list(people) or experts(len(scores))
    asked = [a_report(of, expert) for expert in group]
    for report, score in zip(asked, scores, strict=True):
        finished(report, score)
    return Consensus.objects.select_related("rapporteur", "proposal").get(proposal=of)


def a_drafted_consensus(of: Proposal, score: Any = "4", **changes: Any) -> Consensus:
    """The rapporteur has written the whole draft."""
    made = a_ready_consensus(of, **changes)
    return redraft(made, score)


def redraft(made: Consensus, score: Any = "4") -> Consensus:
    """The rapporteur writes (again)."""
    made.refresh_from_db()
    assert made.rapporteur is not None
    if made.state == Consensus.State.READY:
        consensus.draft(made.pk, actor=made.rapporteur, at=MEETING)
    return consensus.save(
        made.pk, marks=marks(of=made.proposal.call, scores=score), actor=made.rapporteur, at=MEETING
    )


def a_submitted_consensus(of: Proposal, score: Any = "4", **changes: Any) -> Consensus:
    """The draft lies before the group."""
    made = a_drafted_consensus(of, score, **changes)
    assert made.rapporteur is not None
    return consensus.submit(made.pk, actor=made.rapporteur, at=MEETING)


def others(of: Consensus) -> list[Person]:
    """The experts of the group but the rapporteur."""
    reports = of.proposal.reports.finished().exclude(expert=of.rapporteur)
    return [report.expert for report in reports.select_related("expert").order_by("pk")]


def an_approved_consensus(of: Proposal, score: Any = "4", **changes: Any) -> Consensus:
    """All experts agree and the moderator has closed it."""
    made = a_submitted_consensus(of, score, **changes)
    for expert in others(made):
        consensus.approve(made.pk, actor=expert, at=MEETING)
    return consensus.close(made.pk, actor=officer(of.call, "MOD"), at=MEETING)


def a_dissent(of: Proposal, score: Any = "4", **changes: Any) -> Consensus:
    """One expert will not agree; it lies before the panel."""
    made = a_submitted_consensus(of, score, **changes)
    moderator = officer(of.call, "MOD")
    consensus.dissent(made.pk, actor=moderator, at=MEETING, reason="Effects cannot be judged.")
    return consensus.refer(made.pk, actor=moderator, at=MEETING)


def a_final_consensus(of: Proposal, score: Any = "4", **changes: Any) -> Consensus:
    """The panel has looked at it."""
    made = an_approved_consensus(of, score, **changes)
    return panel.finalise(made.pk, actor=officer(of.call, "CC"), at=PANEL_DAY)


@staged
def an_evaluated_call(scores: Sequence[Any], **changes: Any) -> tuple[Call, list[Proposal]]:
    """A call with one proposal per score, each with its final consensus."""
    call, made = an_evaluating_call(len(scores), **changes)
    group = experts(3)
    for proposal, score in zip(made, scores, strict=True):
        a_final_consensus(proposal, score, people=group)
    return call, [Proposal.objects.get(pk=proposal.pk) for proposal in made]


@staged
def a_frozen_ranking(scores: Sequence[Any], **changes: Any) -> Ranking:
    """A call whose ranked list is sealed."""
    call, _made = an_evaluated_call(scores, **changes)
    return ranking.freeze(call.pk, actor=officer(call, "CC"), at=PANEL_DAY)


@staged
def an_awarded_call(scores: Sequence[Any], **changes: Any) -> Call:
    """A call whose letters have left."""
    frozen = a_frozen_ranking(scores, **changes)
    award.award(frozen.call_id, actor=officer(frozen.call, "AO"), at=AWARDING)
    return Call.objects.get(pk=frozen.call_id)
