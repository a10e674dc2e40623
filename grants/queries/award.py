"""What the frozen list leads to: outcomes before the award, and who may come from the reserve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from grants.models import Proposal, RankedProposal
from grants.queries.ranking import purse_of
from grants.rules.quota import Award, Request, fund, promoted

if TYPE_CHECKING:
    from grants.models import Call, Ranking

P = Proposal.State
HOLDS_MONEY = (P.MAIN_LIST, P.INVITED, P.GRANT_PREP, P.GRANTED)


@dataclass(frozen=True, slots=True)
class Awarded:
    """A line of the frozen list with the outcome its letter will name; None is below threshold."""

    row: RankedProposal
    award: Award | None


def frozen_list(call: Call) -> Ranking | None:
    """The list that counts: the latest that was sealed."""
    return call.rankings.select_related("document", "frozen_by").order_by("-number").first()


def outcomes(ranking: Ranking) -> list[Awarded]:
    """Outcomes of what is still in the race, in rank order, then what is below threshold.

    A proposal withdrawn since the freeze gives its money to the next in rank (four queries).
    """
    rows = ranking.rows.select_related("proposal__version", "proposal__strand")
    waiting = list(rows.filter(proposal__state=P.RANKED).order_by("rank"))
    awards = fund([_request(row) for row in waiting], purse_of(ranking.call))
    below = rows.filter(proposal__state=P.BELOW_THRESHOLD).order_by("-total", "proposal__acronym")
    listed = [Awarded(row, award) for row, award in zip(waiting, awards, strict=True)]
    return listed + [Awarded(row, None) for row in below]


def free_cents(call: Call) -> int:
    """Budget of the call that no proposal on the way to its grant, and no grant, holds."""
    held = call.proposals.filter(state__in=HOLDS_MONEY).aggregate(
        cents=Sum("version__requested_cents")
    )
    return call.budget_cents - (held["cents"] or 0)


def reserve(ranking: Ranking) -> list[RankedProposal]:
    """The reserve list as it is now, in rank order."""
    rows = ranking.rows.select_related("proposal__version", "proposal__strand")
    return list(rows.filter(proposal__state=P.RESERVE_LIST).order_by("rank"))


def promotable(call: Call) -> list[RankedProposal]:
    """Those of the reserve list whom the free money carries, strictly in rank order."""
    ranking = frozen_list(call)
    if ranking is None:
        return []
    rows = carried(reserve(ranking), free_cents=free_cents(call))
    return rows[: free_places(call)]


def free_places(call: Call) -> int | None:
    """Grants that the call may still make where it limits their number; None is no limit."""
    if call.projects_max is None:
        return None
    taken = call.proposals.filter(state__in=HOLDS_MONEY).count()
    return max(call.projects_max - taken, 0)


def carried(waiting: list[RankedProposal], *, free_cents: int) -> list[RankedProposal]:
    """How far down the reserve list the money goes; nobody is skipped."""
    refs = promoted([_request(row) for row in waiting], free_cents=free_cents)
    return waiting[: len(refs)]


def _request(row: RankedProposal) -> Request:
    proposal = row.proposal
    return Request(str(proposal.pk), str(proposal.strand_id), row.requested_cents)
