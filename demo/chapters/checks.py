"""The call closes; officers check every proposal; a refusal needs a second pair of eyes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from grants.actions import call as calls
from grants.actions import eligibility
from grants.models import EligibilityDecision, Proposal

if TYPE_CHECKING:
    from demo.stage import Stage

Reason, Verdict = EligibilityDecision.Reason, EligibilityDecision.Verdict
REFUSED = {
    7: (Verdict.INADMISSIBLE, Reason.UNREADABLE, "Pages 2 to 4 of Part B cannot be opened."),
    22: (Verdict.INELIGIBLE, Reason.OFF_TOPIC, "The text answers a call on fisheries."),
    37: (Verdict.INELIGIBLE, Reason.ORGANISATION, "One partner is a chamber, not a cluster."),
}


def play(stage: Stage) -> None:
    """The clock locks what was handed in; three proposals are refused by two officers each."""
    deadline = stage.call.deadline_at
    calls.close_due(deadline + timedelta(minutes=1))
    at = deadline + timedelta(days=5)
    first, second = stage.officers["PO"]
    for index, proposal in enumerate(stage.proposals):
        if index in REFUSED:
            verdict, reason, note = REFUSED[index]
            decision = eligibility.decide(
                proposal.pk, verdict=verdict, reasons=[reason], note=note, actor=first, at=at
            )
            eligibility.confirm_refusal(decision.pk, actor=second, at=at + timedelta(days=1))
        else:
            eligibility.decide(
                proposal.pk,
                verdict=Verdict.ADMIT,
                reasons=[],
                note="",
                actor=(first, second)[index % 2],
                at=at,
            )
        stage.tell("Checks", index + 1, len(stage.proposals))
    calls.start_evaluation(stage.call.pk, actor=stage.officer("CC"), at=at + timedelta(days=2))
    stage.proposals = list(
        Proposal.objects.filter(call=stage.call).exclude(state="expired").order_by("number")
    )
