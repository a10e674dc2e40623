"""The load: twenty proposals that walked the whole road, then as many copies as are asked for.

Ten of the twenty are copied with everything that hangs on them; the other ten are the pile of the
expert who is measured, so that each page shows as many rows with 10,000 proposals as with 1,000.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from core import jobs
from demo import papers
from demo.bench import copies
from demo.bench.evaluation_pages import pages
from demo.bench.world import World
from demo.chapters import call as first_call
from demo.chapters import evaluation, proposals
from demo.stage import Size, Stage
from grants.actions import call as calls
from grants.actions import eligibility
from grants.models import Consensus, EligibilityDecision, IndividualReport, Proposal
from parties.rules.days import day_of

if TYPE_CHECKING:
    from core.models import Person
    from demo.bench.world import Tell

COPIED, PILE = 10, 10
CLUSTERS = 70
NOW = datetime(2022, 2, 21, 9, 0, tzinfo=UTC)
"""Where the clock stands while pages are measured: marks are in, the ranking is not frozen."""
CLOSING = NOW + timedelta(days=30)
DUE = CLOSING + timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Load:
    """Who looks, and at what."""

    officer: Person
    expert: Person
    applicant: Person
    proposal: Proposal
    report: IndividualReport
    own_report: IndividualReport
    consensus: Consensus
    complete: Proposal


def world(tell: Tell) -> World:
    """A call that is being evaluated, with three reports for each proposal."""
    load = build(tell)
    return World(
        name="A call that is being evaluated",
        shown=pages(load),
        now=NOW,
        grow=partial(grow, load),
        check=partial(check, load),
    )


def build(tell: Tell) -> Load:
    """Twenty evaluated proposals of one call, and one that waits to be handed in to another."""
    stage = Stage(size=Size(COPIED + PILE, 0), tell=tell, die=random.Random(2021))
    with jobs.held(), transaction.atomic():
        first_call.play(stage)
        officer = everything(stage, at=first_call.SET_UP)
        clusters = proposals.found_clusters(stage, number=CLUSTERS)
        for index in range(stage.size.proposals):
            made = proposals.write(stage, stage.call, clusters[:-5], index=index)
            proposals.hand_in(made, index=index)
            stage.proposals.append(made)
            tell("Proposals", index + 1, stage.size.proposals)
        _admit_all(stage)
        _evaluate(stage)
        complete = _complete(stage, clusters[-5:])
    papers.print_now("proposal_receipt", tell, part="Receipts printed")
    return _load(stage, officer, complete)


def everything(stage: Stage, *, at: datetime) -> Person:
    """The role with most rights: all offices of the call in one hand."""
    person = stage.person("Olga Sorrel", mailbox="everything")
    for role in ("CC", "PO", "AO", "MOD", "FO", "AUD"):
        calls.name_officer(
            stage.call.pk,
            person=person,
            role=role,
            start_date=day_of(at),
            actor=stage.officer("CC"),
            at=at,
        )
    return person


def _admit_all(stage: Stage) -> None:
    """The deadline passes; every proposal goes to evaluation."""
    at = stage.call.deadline_at + timedelta(days=5)
    calls.close_due(stage.call.deadline_at + timedelta(minutes=1))
    for proposal in stage.proposals:
        eligibility.decide(
            proposal.pk,
            verdict=EligibilityDecision.Verdict.ADMIT,
            reasons=[],
            note="",
            actor=stage.officer("PO"),
            at=at,
        )
    calls.start_evaluation(stage.call.pk, actor=stage.officer("CC"), at=at)
    stage.proposals = list(stage.call.proposals.order_by("number"))


def _evaluate(stage: Stage) -> None:
    """Three reports and a consensus each; the pile is read by three experts of its own."""
    evaluation.invite_experts(stage)
    criteria = list(stage.call.criteria.order_by("position"))
    readers = replace(stage, experts=stage.experts[-7:])
    crowd = replace(stage, experts=stage.experts[:-7])
    for index, proposal in enumerate(stage.proposals):
        group = crowd if index < COPIED else readers
        evaluation.evaluate(group, proposal, criteria, index=index)
        stage.tell("Evaluation", index + 1, len(stage.proposals))


def _complete(stage: Stage, clusters: list[proposals.Cluster]) -> Proposal:
    """A whole proposal to a second call, which is open now."""
    made = first_call.set_up(
        stage,
        "smp-cosme-2021-cluster-01",
        at=first_call.SET_UP,
        identifier="BENCH-OPEN-CALL",
        deadline_at=CLOSING,
        report_due_at=DUE,
    )
    call = calls.publish(made.pk, actor=stage.officer("AO"), at=first_call.PUBLISHED)
    calls.open_due(max(call.opens_at, first_call.PUBLISHED))
    return proposals.write(stage, call, clusters, index=0, began=NOW - timedelta(days=20))


def _load(stage: Stage, officer: Person, complete: Proposal) -> Load:
    first, last = stage.proposals[0], stage.proposals[-1]
    expert = stage.experts[-7]
    return Load(
        officer=officer,
        expert=expert,
        applicant=complete.created_by,
        proposal=first,
        report=first.reports.order_by("pk")[0],
        own_report=last.reports.get(expert=expert),
        consensus=Consensus.objects.get(proposal=first),
        complete=complete,
    )


def grow(load: Load, to: int) -> int:
    """Copy until the call has ``to`` proposals; how many it has then."""
    call = load.proposal.call_id
    times = max(0, (to - COPIED - PILE) // COPIED)
    chosen = Proposal.objects.filter(call=call, number__lte=COPIED)
    copies.multiply(chosen, times=times, numbered=COPIED + PILE)
    return Proposal.objects.filter(call=call).count()


def check(load: Load) -> None:
    """Every submission that was measured has printed its receipt."""
    versions = load.complete.versions
    assert versions.exists(), "nothing was handed in"
    assert not versions.filter(receipt__isnull=True).exists(), "a submission has no receipt"
