"""Experts are asked: by an officer's choice or by accepting the proposed assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import Move, begin, tell
from core.locks import locked, locked_all
from core.models import Person
from grants.actions.evaluation_round import locked_consensus, locked_draft
from grants.models import Call, CallRole, Conflict, Consensus, IndividualReport, Proposal
from grants.notices import evaluation as notices
from grants.permissions import holds, is_in_consortium
from grants.queries.expert_ties import tied_organisations
from parties.models import ExpertProfile, Organisation
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

MAY_ASSIGN = ("CC", "PO")
MAY_NAME_RAPPORTEUR = ("CC", "PO", "MOD")
OPEN_TO_EXPERTS = (
    Consensus.State.NOT_READY,
    Consensus.State.READY,
    Consensus.State.DRAFTING,
    Consensus.State.FOR_APPROVAL,
)


@transaction.atomic
def assign(
    proposal_id: UUID, *, expert_id: UUID | None, actor: Person, at: datetime
) -> IndividualReport:
    """Ask an expert to judge a proposal.

    Refused when the proposal is not being evaluated, when the person is no available expert, is
    an officer of the call, has it already, has as many as the call allows, or has a conflict with
    it or with a competing proposal (docs/domain.md, Evaluation).
    """
    proposal = locked(Proposal, proposal_id)
    _may(actor, proposal, *MAY_ASSIGN, at=at)
    expert = Person.objects.filter(pk=expert_id).first() if expert_id else None
    if expert is None:
        raise DomainError(_("Choose an expert of the pool."))
    consensus = locked_consensus(proposal, at=at)
    _check_proposal(proposal, consensus)
    _check_expert(expert, proposal, consensus, at=at)
    report = IndividualReport.objects.create(
        proposal=proposal,
        expert=expert,
        round=consensus.round,
        assigned_by=actor,
        assigned_at=at,
        due_at=proposal.call.report_due_at,
    )
    begin(report, actor=actor, at=at)
    notices.asked(report, at=at)
    return report


@transaction.atomic
def assign_all(
    call_id: UUID, *, pairs: Iterable[tuple[UUID, UUID]], actor: Person, at: datetime
) -> list[IndividualReport]:
    """Ask all experts of an accepted assignment (pairs of proposal and expert); all or none."""
    wanted = list(pairs)
    locked_all(Proposal.objects.filter(call=call_id, pk__in={pair[0] for pair in wanted}))
    return [
        assign(proposal_id=proposal, expert_id=expert, actor=actor, at=at)
        for proposal, expert in wanted
    ]


@transaction.atomic
def name_rapporteur(
    consensus_id: UUID, *, expert_id: UUID, actor: Person, at: datetime
) -> Consensus:
    """Name who drafts. Refused for somebody outside the group, or once the draft is handed over."""
    consensus = locked_draft(consensus_id)
    _may(actor, consensus.proposal, *MAY_NAME_RAPPORTEUR, at=at)
    if consensus.state not in OPEN_TO_EXPERTS[:3]:
        raise Refused(_("The draft is already before the experts. It keeps its rapporteur."))
    reports = consensus.proposal.reports.counting().filter(round=consensus.round)
    if not reports.filter(expert=expert_id).exists():
        raise Refused(_("The rapporteur must be one of the experts of this proposal."))
    consensus.rapporteur = Person.objects.get(pk=expert_id)
    consensus.save(update_fields=["rapporteur"])
    tell(Move(consensus, "name_rapporteur", consensus.state, consensus.state, actor, at))
    return consensus


def _may(actor: Person, proposal: Proposal, *roles: str, at: datetime) -> None:
    day = day_of(at)
    if not holds(actor, proposal.call_id, *roles, on=day):
        raise NotAllowed(f"{actor} does not run the evaluation of {proposal}")
    if is_in_consortium(actor, proposal, on=day):
        raise NotAllowed(f"{actor} belongs to the consortium of {proposal}")


def _check_proposal(proposal: Proposal, consensus: Consensus) -> None:
    if proposal.state != Proposal.State.TO_EVALUATE or proposal.call.state != Call.State.EVALUATING:
        raise Refused(_("%(proposal)s is not being evaluated.") % {"proposal": proposal})
    if consensus.state not in OPEN_TO_EXPERTS:
        raise Refused(_("The experts of %(proposal)s have decided.") % {"proposal": proposal})


def _check_expert(
    expert: Person, proposal: Proposal, consensus: Consensus, *, at: datetime
) -> None:
    if not expert.is_active or not ExpertProfile.objects.filter(person=expert).exists():
        raise DomainError(_("%(person)s is not an expert who can be asked.") % {"person": expert})
    if CallRole.objects.on(day_of(at)).filter(call=proposal.call_id, person=expert).exists():
        raise DomainError(
            _("%(person)s has an office in this call and gives no marks.") % {"person": expert}
        )
    if proposal.reports.filter(expert=expert, round=consensus.round).exists():
        raise DomainError(_("%(person)s was already asked for this proposal.") % {"person": expert})
    load = IndividualReport.objects.counting().filter(
        expert=expert, proposal__call=proposal.call_id
    )
    if load.count() >= proposal.call.load_max:
        raise DomainError(
            _("%(person)s already has %(load)s proposals, the most this call allows.")
            % {"person": expert, "load": proposal.call.load_max}
        )
    _check_conflicts(expert, proposal, at=at)


def _check_conflicts(expert: Person, proposal: Proposal, *, at: datetime) -> None:
    recorded = Conflict.objects.filter(expert=expert, proposal__call=proposal.call_id)
    known = recorded.select_related("proposal").first()
    if known is not None:
        raise DomainError(
            _("%(person)s has a conflict of interest with %(other)s, on the same list.")
            % {"person": expert, "other": known.proposal}
        )
    for other, organisations in tied_organisations(proposal.call, expert, on=day_of(at)).items():
        names = Organisation.objects.filter(pk__in=organisations).values_list(
            "legal_name", flat=True
        )
        raise DomainError(
            _("%(person)s is bound to %(names)s, which takes part in %(other)s.")
            % {
                "person": expert,
                "names": ", ".join(names),
                "other": Proposal.objects.get(pk=other),
            }
        )
