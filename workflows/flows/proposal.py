"""A proposal, from its first line to the grant: whose turn it is, with any number of experts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from grants.models import Consensus, IndividualReport, Partner, Proposal
from workflows.flows.facts import Facts, open_refusal
from workflows.models import ProposalProcess
from workflows.queues import clock, office, organisation_key, person_key
from workflows.turns import Outcome, RecordFlow, Turn

if TYPE_CHECKING:
    from datetime import datetime

S, R, C = Proposal.State, IndividualReport.State, Consensus.State


def no_argument(_subject: Any) -> str:
    """The page is a list."""
    return ""


def _call(record: Any) -> Any:
    return record.call_id if isinstance(record, Proposal) else record.proposal.call_id


def _coordinator(proposal: Proposal) -> str:
    partner = Partner.objects.filter(proposal=proposal, is_coordinator=True).first()
    return organisation_key(partner.organisation_id if partner else None)


def _deadline(proposal: Proposal) -> datetime:
    return proposal.call.deadline_at


def _partner(partner: Partner) -> str:
    return organisation_key(partner.organisation_id)


def _proposer(proposal: Proposal) -> list[Any]:
    refusal = open_refusal(proposal)
    return [refusal.proposed_by_id] if refusal else []


def _expert(report: IndividualReport) -> str:
    return person_key(report.expert_id)


def _report_due(report: IndividualReport) -> datetime | None:
    due: datetime | None = report.proposal.call.report_due_at
    return due


def _rapporteur(consensus: Consensus) -> str:
    return person_key(consensus.rapporteur_id)


def _consensus_of(report: IndividualReport) -> Any:
    same_round = Consensus.objects.filter(proposal=report.proposal_id, round=report.round)
    return same_round.values_list("pk", flat=True).get()


class ProposalFlow(RecordFlow):
    process_class = ProposalProcess
    page = "grants:proposal_page"

    @classmethod
    def facts(cls, record: Any) -> Facts:
        return Facts(record)

    start = flow.StartHandle().Next(this.write)
    write = Turn(
        S.DRAFT, queue=_coordinator, words=_("Finish and submit %(record)s"), due=_deadline
    ).Next(submit=this.deadline, expire=this.expired)
    confirm_part = Turn(
        S.DRAFT,
        S.SUBMITTED,
        each=lambda facts: facts.unconfirmed,
        queue=_partner,
        words=_("Confirm your part in %(record)s"),
        page="grants:partner_list",
        of=lambda partner: partner.proposal_id,
    ).Next(confirm=this.deadline)
    deadline = Turn(S.SUBMITTED, queue=clock, words=_("%(record)s is locked"), due=_deadline).Next(
        freeze=this.check
    )
    check = Turn(
        S.FROZEN,
        when=lambda facts: not facts.is_refusal_proposed,
        queue=office("PO", _call),
        words=_("Check the admissibility of %(record)s"),
        page="grants:proposal_check",
    ).Next(admit=this.wait_for_call, propose_refusal=this.confirm)
    confirm = Turn(
        S.FROZEN,
        when=lambda facts: facts.is_refusal_proposed,
        queue=office("PO", _call),
        not_by=_proposer,
        words=_("Confirm the refusal of %(record)s"),
        page="grants:proposal_check",
    ).Next(
        declare_inadmissible=this.inadmissible,
        declare_ineligible=this.ineligible,
        return_refusal=this.check,
    )
    wait_for_call = Turn(
        S.TO_EVALUATE,
        when=lambda facts: facts.waits_for_call,
        queue=clock,
        words=_("%(record)s is read when the evaluation of its call begins"),
    ).Next(evaluate=this.assign)
    assign = Turn(
        S.TO_EVALUATE,
        when=lambda facts: facts.lacks_experts,
        queue=office("CC", _call),
        words=_("Assign experts to %(record)s"),
        page="grants:assignment_proposal",
    ).Next(begin=this.declare)
    declare = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.reports_in(R.ASSIGNED),
        queue=_expert,
        due=_report_due,
        words=_("Say whether you can judge %(record)s"),
        page="grants:individual_report_declare",
    ).Next(declare=this.report, decline=this.assign)
    report = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.reports_in(R.OPEN),
        queue=_expert,
        due=_report_due,
        words=_("Read and mark %(record)s"),
        page="grants:individual_report_write",
    ).Next(finish=this.draft)
    draft = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.consensus_in(C.READY, C.DRAFTING),
        queue=_rapporteur,
        words=_("Draft the consensus on %(record)s"),
        page="grants:consensus_detail",
    ).Next(submit=this.approve)
    approve = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.silent,
        queue=_expert,
        words=_("Read the consensus on %(record)s and say whether you agree"),
        page="grants:consensus_detail",
        of=_consensus_of,
    ).Next(approve=this.moderate, object=this.draft)
    moderate = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.agreed,
        queue=office("MOD", _call),
        words=_("Close the consensus on %(record)s"),
        page="grants:consensus_detail",
    ).Next(close=this.panel, dissent=this.dissent)
    dissent = Turn(
        S.TO_EVALUATE,
        each=lambda facts: facts.consensus_in(C.DISSENT),
        queue=office("MOD", _call),
        words=_("Bring the dissent on %(record)s before the panel"),
        page="grants:consensus_detail",
    ).Next(refer=this.panel)
    panel = Turn(
        S.TO_EVALUATE,
        S.EVALUATED,
        each=lambda facts: facts.consensus_in(C.APPROVED, C.PANEL),
        queue=office("CC", _call),
        words=_("Take the panel's view on %(record)s"),
        page="grants:consensus_detail",
    ).Next(finalise=this.award)
    wait_for_list = Turn(
        S.EVALUATED,
        when=lambda facts: not facts.consensus_in(C.APPROVED, C.PANEL),
        queue=clock,
        words=_("%(record)s is ranked with the proposals of its call"),
    ).Next(rank=this.award, below_threshold=this.below, reopen_evaluation=this.assign)
    award = Turn(
        S.RANKED,
        queue=office("AO", _call),
        words=_("Award or release %(record)s"),
        page="grants:award_page",
        of=_call,
    ).Next(place_main=this.invite, place_reserve=this.reserve, place_no_budget=this.no_budget)
    invite = Turn(
        S.MAIN_LIST,
        queue=office("PO", _call),
        words=_("Invite %(record)s to prepare its grant"),
        page="grants:grant_list",
        of=no_argument,
    ).Next(invite=this.prepare)
    reserve = Turn(
        S.RESERVE_LIST,
        queue=office("AO", _call),
        words=_("%(record)s waits for money to free"),
        page="grants:award_page",
        of=_call,
    ).Next(invite=this.prepare, release=this.no_budget)
    prepare = Turn(
        S.INVITED,
        queue=office("PO", _call),
        words=_("Start the grant of %(record)s"),
        page="grants:grant_prepare",
    ).Next(prepare=this.grant, fail_preparation=this.failed)
    grant = Turn(
        S.GRANT_PREP, queue=clock, words=_("The grant of %(record)s is being prepared and signed")
    ).Next(grant=this.granted, fail_preparation=this.failed)
    granted = Outcome(S.GRANTED)
    failed = Outcome(S.PREP_FAILED)
    no_budget = Outcome(S.NO_BUDGET)
    below = Outcome(S.BELOW_THRESHOLD)
    inadmissible = Outcome(S.INADMISSIBLE)
    ineligible = Outcome(S.INELIGIBLE)
    expired = Outcome(S.EXPIRED)
    withdrawn = Outcome(S.WITHDRAWN)
    cancelled = Outcome(S.CALL_CANCELLED)
