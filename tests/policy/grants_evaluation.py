"""The evaluation: an expert sees the own work, a group itself, officers their call, nobody else."""

from __future__ import annotations

from typing import Any

from core import jobs
from core.models import Job
from grants.models import Ranking
from tests.policy.row import SIGNED_IN, Row

READERS = {"programme_officer", "authorising_officer", "moderator", "auditor"}
DESK = READERS
COORDINATOR = {"programme_officer"}
AWARD = {"programme_officer", "authorising_officer", "auditor"}
GROUP = {"evaluator", "rapporteur"}


def report(world: Any) -> list[Any]:
    """The evaluator's own."""
    return [world.proposal.reports.get(expert=world.evaluator).pk]


def annex(world: Any) -> list[Any]:
    """A file of the proposal, asked for through the evaluator's report."""
    return [*report(world), world.proposal.version.content["annexes"][0]["document"]]


def consensus(world: Any) -> list[Any]:
    """Of the evaluator's group."""
    return [world.proposal.consensuses.get().pk]


def proposal(world: Any) -> list[Any]:
    return [world.proposal.pk]


def proposal_with_report(world: Any) -> list[Any]:
    """The proposal whose Evaluation Summary Report has been printed."""
    [made] = consensus(world)
    job = Job.objects.get(key=f"evaluation-summary-report:{made}")
    if job.result is None:
        jobs.run(job.pk)
    return proposal(world)


def call(world: Any) -> list[Any]:
    return [world.proposal.call_id]


def ranking(world: Any) -> list[Any]:
    return [Ranking.objects.get(call=world.proposal.call_id).pk]


ROWS = [
    Row("grants:individual_report_list", SIGNED_IN),
    Row("grants:individual_report_detail", GROUP | READERS, arguments=report),
    Row("grants:individual_report_declare", {"evaluator"}, arguments=report),
    Row("grants:individual_report_conflict", {"evaluator"}, arguments=report),
    Row("grants:individual_report_write", {"evaluator"}, arguments=report),
    Row("grants:individual_report_check", {"evaluator"}, arguments=report),
    Row("grants:individual_report_file", {"evaluator"}, arguments=annex),
    Row(
        "grants:individual_report_do",
        {"evaluator"} | COORDINATOR,
        method="post",
        arguments=lambda w: [*report(w), "finish"],
    ),
    Row("grants:consensus_detail", GROUP | READERS, arguments=consensus),
    Row("grants:consensus_word", GROUP, method="post", arguments=consensus),
    Row(
        "grants:consensus_do",
        GROUP | READERS,
        method="post",
        arguments=lambda w: [*consensus(w), "close"],
    ),
    Row(
        "grants:consensus_rapporteur",
        {"programme_officer", "moderator"},
        arguments=consensus,
    ),
    Row("grants:consensus_panel", {"programme_officer", "moderator"}, arguments=consensus),
    Row("grants:assignment_desk", DESK, arguments=call),
    Row("grants:assignment_plan", COORDINATOR, arguments=call),
    Row("grants:assignment_proposal", DESK, arguments=proposal),
    Row(
        "grants:assignment_add",
        COORDINATOR,
        method="post",
        arguments=proposal,
    ),
    Row("grants:conflict_record", COORDINATOR, arguments=proposal),
    Row(
        "grants:summary_report_file",
        READERS | {"applicant", "partner", "fund_manager", "finance_officer"},
        arguments=proposal_with_report,
    ),
    Row("grants:moderation_desk", DESK, arguments=call),
    Row("grants:moderation_finalise", COORDINATOR, method="post", arguments=call),
    Row("grants:ranking_board", DESK, arguments=call),
    Row("grants:ranking_freeze", COORDINATOR, method="post", arguments=call),
    # No tie is open in the world, so there is nothing to decide.
    Row("grants:tie_decide", set(), arguments=call),
    Row("grants:ranking_file", DESK, arguments=ranking),
    Row("grants:award_page", AWARD, arguments=call),
    Row("grants:award_promote", {"authorising_officer"}, method="post", arguments=call),
]
