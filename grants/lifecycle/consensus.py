"""A consensus report: opened by the quorum, drafted, approved by all or decided by the panel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, state_field, system_only
from grants.lifecycle.evaluation_conditions import (
    dissent_written,
    draft_complete,
    evaluation_officer,
    list_not_frozen,
    member,
    nobody_writing,
    proposal_in_evaluation,
    quorum_kept,
    quorum_lost,
    quorum_reached,
    rapporteur,
    rapporteur_in_group,
    reason_given,
    total_known,
    unanimous,
)
from grants.models import Consensus

S = Consensus.State


class ConsensusLifecycle(Lifecycle[Consensus]):
    """Every state and move of a consensus. The moderator moves it but has no mark in it.

    ``gaps`` (what the draft still lacks, as sentences) are set by the action before it fires.
    """

    state = state_field(Consensus.State)
    gaps: tuple[str, ...] = ()

    @state.transition(
        source=S.NOT_READY,
        target=S.READY,
        label=_("Open the consensus"),
        permission=system_only,
        conditions=[proposal_in_evaluation, quorum_reached],
    )
    def open(self) -> None:
        """From now on the experts of the group read each other's reports."""

    @state.transition(
        source=S.READY,
        target=S.DRAFTING,
        label=_("Start the draft"),
        permission=rapporteur,
        conditions=[proposal_in_evaluation, rapporteur_in_group],
    )
    def draft(self) -> None:
        """The rapporteur writes a text and a mark per criterion."""

    @state.transition(
        source=S.DRAFTING,
        target=S.FOR_APPROVAL,
        label=_("Ask for approval"),
        permission=rapporteur,
        conditions=[proposal_in_evaluation, rapporteur_in_group, draft_complete, nobody_writing],
    )
    def submit(self) -> None:
        self.record.draft_version += 1

    @state.transition(
        source=S.FOR_APPROVAL,
        target=S.DRAFTING,
        label=_("Object"),
        permission=member,
        conditions=[reason_given],
    )
    def object(self) -> None:
        """The rapporteur revises."""

    @state.transition(
        source=S.FOR_APPROVAL,
        target=S.APPROVED,
        label=_("Close the consensus"),
        permission=evaluation_officer("MOD"),
        conditions=[nobody_writing, unanimous, total_known],
    )
    def close(self) -> None:
        """All agree; the total counts."""

    @state.transition(
        source=S.FOR_APPROVAL,
        target=S.DISSENT,
        label=_("Record a dissent"),
        permission=evaluation_officer("MOD"),
        conditions=[dissent_written],
    )
    def dissent(self) -> None:
        self.record.dissent = self.reason

    @state.transition(
        source=S.DISSENT,
        target=S.PANEL,
        label=_("Bring it before the panel"),
        permission=evaluation_officer("MOD"),
    )
    def refer(self) -> None:
        """The panel decides between the views."""

    @state.transition(
        source=[S.APPROVED, S.PANEL],
        target=S.FINAL,
        label=_("Make it final"),
        permission=evaluation_officer("CC"),
        conditions=[total_known],
    )
    def finalise(self) -> None:
        """The panel has looked at it; its marks stand."""

    @state.transition(
        source=[
            S.READY,
            S.DRAFTING,
            S.FOR_APPROVAL,
            S.APPROVED,
            S.DISSENT,
            S.PANEL,
            S.FINAL,
        ],
        target=S.NOT_READY,
        label=_("Wait for reports again"),
        permission=system_only,
        conditions=[list_not_frozen, quorum_lost],
    )
    def lose_quorum(self) -> None:
        """A report was voided; a replacement has to read first."""

    @state.transition(
        source=[S.DRAFTING, S.FOR_APPROVAL, S.APPROVED, S.DISSENT, S.PANEL, S.FINAL],
        target=S.READY,
        label=_("Agree again"),
        permission=system_only,
        conditions=[list_not_frozen, quorum_kept],
    )
    def regroup(self) -> None:
        """A report was voided, the others are enough: what it had a part in is agreed anew."""
