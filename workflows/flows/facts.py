"""What stands around a proposal: partners, refusals, reports, the consensus."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from grants.models import (
    Call,
    Consensus,
    ConsensusApproval,
    EligibilityDecision,
    IndividualReport,
    Partner,
    Proposal,
)

R, C = IndividualReport.State, Consensus.State


class Facts:
    """What stands around a proposal, each read once and only when a turn asks."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal

    @cached_property
    def unconfirmed(self) -> list[Partner]:
        partners = Partner.objects.filter(proposal=self.proposal, confirmed_at__isnull=True)
        return list(partners.filter(organisation__isnull=False, is_coordinator=False))

    @cached_property
    def is_refusal_proposed(self) -> bool:
        return open_refusal(self.proposal) is not None

    @cached_property
    def reports(self) -> list[IndividualReport]:
        rows = IndividualReport.objects.filter(proposal=self.proposal, round=self.proposal.round)
        return self._mine(rows)

    @cached_property
    def consensuses(self) -> list[Consensus]:
        rows = Consensus.objects.filter(proposal=self.proposal, round=self.proposal.round)
        return self._mine(rows)

    def _mine(self, rows: Any) -> list[Any]:
        found = list(rows)
        for row in found:
            row.proposal = self.proposal
        return found

    def reports_in(self, *states: str) -> list[IndividualReport]:
        return [report for report in self.reports if report.state in states]

    def consensus_in(self, *states: str) -> list[Consensus]:
        return [consensus for consensus in self.consensuses if consensus.state in states]

    @property
    def waits_for_call(self) -> bool:
        """Experts are asked once the evaluation of the whole call has begun."""
        return self.proposal.call.state in (Call.State.OPEN, Call.State.CLOSED)

    @cached_property
    def lacks_experts(self) -> bool:
        if self.waits_for_call:
            return False
        counted = self.reports_in(R.ASSIGNED, R.OPEN, R.FINISHED)
        return len(counted) < self.proposal.call.experts_min

    @cached_property
    def silent(self) -> list[IndividualReport]:
        """Reports of experts who have not yet said a word on the draft before them."""
        for consensus in self.consensus_in(C.FOR_APPROVAL):
            heard = ConsensusApproval.objects.filter(
                consensus=consensus, draft_version=consensus.draft_version
            ).values_list("expert", flat=True)
            spoken = {*heard, consensus.rapporteur_id}
            return [r for r in self.reports_in(R.FINISHED) if r.expert_id not in spoken]
        return []

    @cached_property
    def agreed(self) -> list[Consensus]:
        rows = self.consensus_in(C.FOR_APPROVAL)
        return rows if rows and not self.silent else []


def open_refusal(proposal: Proposal) -> EligibilityDecision | None:
    """A refusal that one officer has proposed and no second one has answered."""
    standing = EligibilityDecision.objects.filter(proposal=proposal, returned_at__isnull=True)
    return standing.exclude(verdict="admit").filter(confirmed_at__isnull=True).first()
