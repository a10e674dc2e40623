"""Who may move a report or a consensus, and what must hold, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.lifecycle import condition, unmet
from grants.models import Call, Conflict, Consensus, ConsensusApproval, IndividualReport, Proposal
from grants.models.evaluation_states import OPENED
from grants.permissions import holds, is_in_consortium
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.lifecycle import Lifecycle
    from core.models import Person
    from grants.lifecycle.consensus import ConsensusLifecycle
    from grants.lifecycle.individual_report import IndividualReportLifecycle
    from grants.models.evaluation import IndividualReportQuerySet


def evaluation_officer(*roles: str) -> Callable[[Lifecycle[Any], Person], bool]:
    """An officer of the call whose own organisation is not in the consortium."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        proposal, day = lifecycle.record.proposal, day_of(lifecycle.at)
        return holds(person, proposal.call_id, *roles, on=day) and not is_in_consortium(
            person, proposal, on=day
        )

    allowed.__name__ = "_or_".join(roles)
    return allowed


def own_expert(lifecycle: Lifecycle[IndividualReport], person: Person) -> bool:
    """The expert whose report it is."""
    return bool(lifecycle.record.expert_id == person.pk)


def rapporteur(lifecycle: Lifecycle[Consensus], person: Person) -> bool:
    """The expert named to draft the consensus."""
    return bool(lifecycle.record.rapporteur_id == person.pk)


def member(lifecycle: Lifecycle[Consensus], person: Person) -> bool:
    """An expert whose finished report counts in this consensus."""
    return group(lifecycle.record).finished().filter(expert=person).exists()


def group(consensus: Consensus) -> IndividualReportQuerySet:
    """The reports of the consensus's proposal and round."""
    return IndividualReport.objects.filter(proposal=consensus.proposal_id, round=consensus.round)


@condition(_("This proposal is not being evaluated."))
def proposal_in_evaluation(lifecycle: Lifecycle[Any]) -> bool:
    """Neither withdrawn nor already on the list."""
    return bool(lifecycle.record.proposal.state == Proposal.State.TO_EVALUATE)


@condition(_("The ranked list is frozen: no mark can change any more."))
def list_not_frozen(lifecycle: Lifecycle[Any]) -> bool:
    """Until the freeze a conflict still undoes the marks."""
    return bool(lifecycle.record.proposal.call.state == Call.State.EVALUATING)


@condition(_("Declare both: that you have no conflict of interest, and that you keep it secret."))
def declared_free(lifecycle: IndividualReportLifecycle) -> bool:
    """The declaration is made for this proposal, before its text opens."""
    return lifecycle.declares_no_conflict and lifecycle.declares_confidentiality


@condition(
    _("A conflict of interest is on record. You cannot judge proposals of this ranked list.")
)
def no_conflict_known(lifecycle: IndividualReportLifecycle) -> bool:
    """Neither with this proposal nor with a competing one of the same call."""
    record = lifecycle.record
    return not Conflict.objects.filter(
        expert=record.expert_id, proposal__call=record.proposal.call_id
    ).exists()


@condition(_("You belong to an organisation of this consortium and cannot judge its proposal."))
def not_own_proposal(lifecycle: IndividualReportLifecycle) -> bool:
    """Nobody evaluates a proposal of their own organisation."""
    record = lifecycle.record
    return not is_in_consortium(record.expert, record.proposal, on=day_of(lifecycle.at))


def no_tie_on_record(lifecycle: IndividualReportLifecycle) -> object:
    """A declared "no" against evidence "yes" opens nothing."""
    words = _(
        "On record you are bound to %(names)s, which takes part in this call. Declare the "
        "conflict, or put your profile right first."
    )
    return unmet(words % {"names": ", ".join(lifecycle.ties)}) if lifecycle.ties else True


@condition(_("Write why."))
def reason_given(lifecycle: Lifecycle[Any]) -> bool:
    """Whoever reads the history must understand it."""
    return bool(lifecycle.reason.strip())


def report_complete(lifecycle: IndividualReportLifecycle) -> object:
    """Every criterion has a mark in its steps and a comment; else the first gap in words."""
    return unmet(lifecycle.gaps[0]) if lifecycle.gaps else True


@condition(_("The consensus has started: the marks are known to the others."))
def consensus_not_started(lifecycle: IndividualReportLifecycle) -> bool:
    """A report that others have read cannot be written again."""
    record = lifecycle.record
    return not record.proposal.consensuses.filter(round=record.round, state__in=OPENED).exists()


def quorum_reached(lifecycle: ConsensusLifecycle) -> object:
    """As many finished reports as the call asks for, and nobody still writing."""
    reports = group(lifecycle.record)
    least = lifecycle.record.proposal.call.experts_min
    finished = reports.finished().count()
    if finished < least:
        words = _("%(finished)s of %(least)s reports are finished.")
        return unmet(words % {"finished": finished, "least": least})
    return True if not reports.outstanding().exists() else unmet(_("An expert is still writing."))


@condition(_("There are enough finished reports."))
def quorum_lost(lifecycle: ConsensusLifecycle) -> bool:
    """Fewer finished reports than the call asks for."""
    finished = group(lifecycle.record).finished().count()
    return bool(finished < lifecycle.record.proposal.call.experts_min)


@condition(_("There are too few finished reports."))
def quorum_kept(lifecycle: ConsensusLifecycle) -> bool:
    """Enough finished reports are left."""
    return not quorum_lost(lifecycle)


@condition(_("Name a rapporteur among the experts who finished their report."))
def rapporteur_in_group(lifecycle: ConsensusLifecycle) -> bool:
    """The rapporteur has read and marked the proposal."""
    of_group = group(lifecycle.record).finished()
    return bool(of_group.filter(expert=lifecycle.record.rapporteur_id).exists())


def draft_complete(lifecycle: ConsensusLifecycle) -> object:
    """Every criterion has a mark in its steps and a text; else the first gap in words."""
    return unmet(lifecycle.gaps[0]) if lifecycle.gaps else True


@condition(_("Another expert was asked and has not finished yet. Wait for that report."))
def nobody_writing(lifecycle: ConsensusLifecycle) -> bool:
    """A late voice is heard before the group decides."""
    return not group(lifecycle.record).outstanding().exists()


def unanimous(lifecycle: ConsensusLifecycle) -> object:
    """Every expert of the group has approved this version."""
    consensus = lifecycle.record
    approved = ConsensusApproval.objects.filter(
        consensus=consensus,
        draft_version=consensus.draft_version,
        decision=ConsensusApproval.Decision.APPROVED,
    )
    missing = group(consensus).finished().exclude(expert__in=approved.values("expert")).count()
    words = _("%(missing)s of the experts have not approved this version.")
    return unmet(words % {"missing": missing}) if missing else True


@condition(_("Write down what the experts do not agree on."))
def dissent_written(lifecycle: ConsensusLifecycle) -> bool:
    """The panel decides on words, not on a raised hand."""
    return bool(lifecycle.reason.strip())


@condition(_("Every criterion needs a mark before the report is final."))
def total_known(lifecycle: ConsensusLifecycle) -> bool:
    """The total and the thresholds have been computed."""
    return lifecycle.record.total is not None
