"""Admissibility and eligibility: what the rules find, what an officer decides, who confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import Move, fire, tell
from core.locks import locked
from grants.actions import letter
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Check, EligibilityDecision, Letter, Proposal
from grants.permissions import holds, is_in_consortium
from grants.queries.findings import sentence
from grants.queries.proposal_content import facts_of
from grants.queries.terms import call_terms
from grants.rules.call_rules import read_proposal
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.models import Person

V = EligibilityDecision.Verdict
REFUSALS = {V.INADMISSIBLE: "declare_inadmissible", V.INELIGIBLE: "declare_ineligible"}


def check(proposal: Proposal, *, at: datetime) -> list[Check]:
    """Read every rule in the version that counts and keep what was found, once, in words.

    The caller holds the proposal's lock. A second reading replaces nothing: findings stand as they
    were at the deadline.
    """
    if proposal.checks.exists():
        return list(proposal.checks.order_by("position"))
    version = proposal.version
    assert version is not None, "only what was handed in is checked"
    found = read_proposal(facts_of(version.content), terms=call_terms(proposal.call))
    return Check.objects.bulk_create(
        [
            Check(
                proposal=proposal,
                position=position,
                rule=reading.rule,
                stage=reading.stage,
                outcome=reading.outcome,
                finding=sentence(reading),
                found_at=at,
            )
            for position, reading in enumerate(found, start=1)
        ]
    )


@transaction.atomic
def decide(
    proposal_id: UUID,
    *,
    verdict: str,
    reasons: Sequence[str],
    note: str,
    actor: Person,
    at: datetime,
) -> EligibilityDecision:
    """Decide on a locked proposal: admitting takes effect at once, a refusal waits for a second.

    Refused without a reason for a refusal, when a decision stands already, when a broken rule
    speaks against admitting, and for an officer whose organisation takes part.
    """
    proposal = _locked_for_officer(proposal_id, actor=actor, at=at)
    if proposal.decisions.filter(returned_at__isnull=True).exists():
        raise Refused(_("A decision on this proposal stands already."))
    if verdict != V.ADMIT and not reasons:
        raise DomainError(_("Choose at least one reason for the refusal."), field="reasons")
    decision = EligibilityDecision.objects.create(
        proposal=proposal,
        verdict=V(verdict),
        reasons=[EligibilityDecision.Reason(reason).value for reason in reasons],
        note=note,
        proposed_by=actor,
        proposed_at=at,
    )
    if decision.is_refusal:
        tell(Move(proposal, "propose_refusal", proposal.state, proposal.state, actor, at))
    else:
        fire(ProposalLifecycle(proposal, at=at), "admit", actor=actor, at=at, reason=note)
    return decision


@transaction.atomic
def confirm_refusal(decision_id: UUID, *, actor: Person, at: datetime) -> Letter:
    """Confirm another officer's refusal: the proposal ends, the letter leaves, redress begins."""
    decision, proposal = _open_refusal(decision_id, actor=actor, at=at)
    decision.confirmed_by, decision.confirmed_at = actor, at
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    event = REFUSALS[V(decision.verdict)]
    fire(ProposalLifecycle(proposal, at=at), event, actor=actor, at=at, reason=decision.note)
    return letter.send(
        proposal,
        kind=Letter.Kind(decision.verdict),
        text=_refusal_text(decision),
        signed_by=actor,
        at=at,
    )


@transaction.atomic
def return_refusal(
    decision_id: UUID, *, note: str, actor: Person, at: datetime
) -> EligibilityDecision:
    """Send another officer's refusal back with a note; the proposal waits for a new decision."""
    decision, proposal = _open_refusal(decision_id, actor=actor, at=at)
    if not note.strip():
        raise DomainError(_("Write what should be looked at again."), field="note")
    decision.returned_by, decision.returned_at, decision.returned_note = actor, at, note
    decision.save(update_fields=["returned_by", "returned_at", "returned_note"])
    tell(Move(proposal, "return_refusal", proposal.state, proposal.state, actor, at))
    return decision


def _locked_for_officer(proposal_id: UUID, *, actor: Person, at: datetime) -> Proposal:
    proposal, day = locked(Proposal, proposal_id), day_of(at)
    if not holds(actor, proposal.call_id, "PO", on=day):
        raise NotAllowed(f"{actor} does not check {proposal}")
    if is_in_consortium(actor, proposal, on=day):
        raise NotAllowed(f"{actor} takes part in {proposal}")
    if proposal.state != Proposal.State.FROZEN:
        raise Refused(
            _("%(proposal)s is now: %(state)s. Somebody has decided it already.")
            % {"proposal": proposal, "state": proposal.get_state_display().lower()}
        )
    return proposal


def _open_refusal(
    decision_id: UUID, *, actor: Person, at: datetime
) -> tuple[EligibilityDecision, Proposal]:
    found = EligibilityDecision.objects.filter(pk=decision_id).values_list("proposal").first()
    if found is None:
        raise NotAllowed(f"no decision {decision_id}")
    proposal = _locked_for_officer(found[0], actor=actor, at=at)
    decision = locked(EligibilityDecision, decision_id)
    if not decision.is_refusal or decision.returned_at or decision.confirmed_at:
        raise Refused(_("This refusal no longer waits for a second officer."))
    if decision.proposed_by_id == actor.pk:
        raise Refused(_("You proposed this refusal. A second officer has to confirm it."))
    return decision, proposal


def _refusal_text(decision: EligibilityDecision) -> str:
    reasons = "\n".join(f"– {words}" for words in decision.reason_words)
    return _("Your proposal will not be evaluated. The reasons are:\n\n%(reasons)s\n\n%(note)s") % {
        "reasons": reasons,
        "note": decision.note,
    }
