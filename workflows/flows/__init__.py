"""Which flow follows which record, and which other records move it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.gate import Move, listen
from core.locks import locked_all
from grants.models import (
    Call,
    Consensus,
    Grant,
    IndividualReport,
    Payment,
    PeriodicReport,
    Proposal,
)
from vouchers.models import Application, Claim, SmeCall, Voucher
from workflows.flows.call import CallFlow
from workflows.flows.grant import GrantFlow, ReportFlow
from workflows.flows.payment import PaymentFlow
from workflows.flows.proposal import ProposalFlow
from workflows.flows.sme import ApplicationFlow, SmeCallFlow
from workflows.flows.voucher import ClaimFlow, VoucherFlow

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflows.turns import RecordFlow

FLOWS: dict[Any, type[RecordFlow]] = {
    Call: CallFlow,
    Proposal: ProposalFlow,
    Grant: GrantFlow,
    PeriodicReport: ReportFlow,
    Payment: PaymentFlow,
    SmeCall: SmeCallFlow,
    Application: ApplicationFlow,
    Voucher: VoucherFlow,
    Claim: ClaimFlow,
}
CALL_MOVES = {
    "extend": (Proposal.State.DRAFT, Proposal.State.SUBMITTED),
    "evaluate": (Proposal.State.TO_EVALUATE,),
}


def _itself(flow: type[RecordFlow]) -> Callable[[Move], None]:
    def follow(move: Move) -> None:
        flow.follow(move.record, move)

    return follow


def _its_proposal(move: Move) -> None:
    """A report or a consensus moved: the proposal's turns change; it is locked by the action."""
    ProposalFlow.follow(move.record.proposal, move)


def _its_proposals(move: Move) -> None:
    """A call changed its deadline or began its evaluation: what its proposals wait for changes."""
    if move.event not in CALL_MOVES:
        return
    waiting = Proposal.objects.filter(call=move.record, state__in=CALL_MOVES[move.event])
    for proposal in locked_all(waiting):
        proposal.call = move.record
        ProposalFlow.follow(proposal, move)


def _its_applications(move: Move) -> None:
    """The evaluation of an SME call began: evaluators may be asked."""
    if move.event != "evaluate":
        return
    rows = Application.objects.filter(sme_call=move.record, state=Application.State.ELIGIBLE)
    for application in locked_all(rows):
        application.sme_call = move.record
        ApplicationFlow.follow(application, move)


def _its_grant(move: Move) -> None:
    """A report moved: whether the grant can be settled changes; it is locked by the action."""
    GrantFlow.follow(move.record.grant, move)


def connect() -> None:
    """Called once at start: every flow hears of every move of its records."""
    for model, flow in FLOWS.items():
        listen(model, _itself(flow))
    listen(IndividualReport, _its_proposal)
    listen(Consensus, _its_proposal)
    listen(PeriodicReport, _its_grant)
    listen(Call, _its_proposals)
    listen(SmeCall, _its_applications)
