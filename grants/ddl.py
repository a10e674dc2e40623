"""What can only be added: sealed versions of calls and proposals, lists, decisions of the panel."""

from core.ddl import append_only

append_only(
    "grants.CallVersion",
    "grants.Check",
    "grants.Conflict",
    "grants.PanelChange",
    "grants.ProposalVersion",
    "grants.RankedProposal",
    "grants.Ranking",
    "grants.Receipt",
    "grants.Signature",
    "grants.TieDecision",
    "grants.TiePlace",
)
