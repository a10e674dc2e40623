"""Writing a proposal: begin it, describe it, write its parts. Possible until the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import begin, fire
from core.locks import locked
from grants.lifecycle.proposal import ProposalLifecycle
from grants.lifecycle.proposal_conditions import too_late
from grants.models import (
    EDITABLE,
    LOCKED,
    Call,
    Objective,
    Partner,
    Proposal,
    Section,
    SectionTemplate,
    Strand,
)
from grants.permissions import acts_for_partner
from grants.rules.deadline import is_in_time
from parties.models import Membership, Organisation
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def draft(
    call_id: UUID, *, organisation: Organisation, acronym: str, actor: Person, at: datetime
) -> Proposal:
    """Begin a proposal; the organisation the person acts for becomes its coordinator.

    Refused when the call does not take proposals, or when the acronym is used in it already.
    """
    call = locked(Call, call_id)
    _require_answerable(call, at=at)
    if not _acts_for(actor, organisation, on=day_of(at)):
        raise NotAllowed(f"{actor} does not act for {organisation}")
    if call.proposals.filter(acronym__iexact=acronym).exists():
        raise DomainError(
            _("“%(acronym)s” is used in this call already.") % {"acronym": acronym}, field="acronym"
        )
    last = call.proposals.order_by("-number").values_list("number", flat=True).first()
    proposal = Proposal.objects.create(
        call=call,
        number=(last or 0) + 1,
        acronym=acronym,
        created_by=actor,
        created_at=at,
        saved_at=at,
        saved_by=actor,
    )
    Partner.objects.create(
        proposal=proposal,
        organisation=organisation,
        is_coordinator=True,
        position=1,
        added_at=at,
        added_by=actor,
    )
    begin(proposal, actor=actor, at=at)
    return proposal


def _require_answerable(call: Call, *, at: datetime) -> None:
    if call.state not in (Call.State.PUBLISHED, Call.State.OPEN):
        raise Refused(_("This call does not take proposals."))
    if not is_in_time(at, deadline_at=call.deadline_at):
        raise Refused(_("The deadline of this call has passed."))


def _acts_for(person: Person, organisation: Organisation, *, on: date) -> bool:
    rows = Membership.objects.live(on_date=on).acting()
    return rows.filter(person=person, organisation=organisation).exists()


def editable(
    proposal_id: UUID, *, actor: Person, at: datetime, coordinator_only: bool = False
) -> Proposal:
    """The proposal, locked, if this person may still write in it.

    Refused after the deadline and in any state in which the working copy counts for nothing.
    """
    proposal = locked(Proposal, proposal_id)
    if not acts_for_partner(actor, proposal, on=day_of(at), coordinator_only=coordinator_only):
        raise NotAllowed(f"{actor} does not write in {proposal}")
    in_time = is_in_time(at, deadline_at=proposal.call.deadline_at)
    if proposal.state in EDITABLE and in_time:
        return proposal
    if proposal.state in (*EDITABLE, *LOCKED) and not in_time:
        raise Refused(too_late(proposal))
    raise Refused(
        _("%(proposal)s is now: %(state)s. Nothing can be changed any more.")
        % {"proposal": proposal, "state": proposal.get_state_display().lower()}
    )


def touch(proposal: Proposal, *, actor: Person, at: datetime) -> None:
    """Note who saved last and when; it is shown as "Saved 14:02"."""
    proposal.saved_at, proposal.saved_by = at, actor
    proposal.save(update_fields=["saved_at", "saved_by"])


@transaction.atomic
def describe(
    proposal_id: UUID,
    *,
    acronym: str,
    title: str,
    strand: Strand | None,
    objectives: Sequence[Objective],
    duration_months: int | None,
    actor: Person,
    at: datetime,
) -> Proposal:
    """Save the general facts. Strand and objectives must be those of the call."""
    proposal = editable(proposal_id, actor=actor, at=at)
    foreign = [row for row in (strand, *objectives) if row and row.call_id != proposal.call_id]
    if foreign:
        raise DomainError(_("“%(name)s” is not part of this call.") % {"name": foreign[0]})
    twins = Proposal.objects.filter(call=proposal.call_id, acronym__iexact=acronym)
    if twins.exclude(pk=proposal.pk).exists():
        raise DomainError(
            _("“%(acronym)s” is used in this call already.") % {"acronym": acronym}, field="acronym"
        )
    proposal.acronym, proposal.title = acronym, title
    proposal.strand, proposal.duration_months = strand, duration_months
    proposal.save(update_fields=["acronym", "title", "strand", "duration_months"])
    proposal.objectives.set(objectives)
    touch(proposal, actor=actor, at=at)
    return proposal


@transaction.atomic
def save_section(
    proposal_id: UUID,
    *,
    part: SectionTemplate,
    text: str,
    revision: int,
    actor: Person,
    at: datetime,
) -> Section:
    """Save the text of one part. ``revision`` is the one the writer began from.

    Refused when somebody else has saved since, so that nobody's words are overwritten unseen. A
    text past its limit is kept: it can be shortened later, and stops the submission until then.
    """
    proposal = editable(proposal_id, actor=actor, at=at)
    if part.call_id != proposal.call_id:
        raise NotAllowed(f"{part} is not a part of {proposal}")
    section = proposal.sections.filter(template=part).select_related("saved_by").first()
    if section is None:
        section = Section(proposal=proposal, template=part)
    elif section.revision != revision and section.text != text:
        raise Refused(
            _("%(person)s has saved this part since you opened it. Your text is below, not saved.")
            % {"person": section.saved_by},
            field="text",
        )
    section.text, section.revision = text, section.revision + 1
    section.saved_at, section.saved_by = at, actor
    section.save()
    touch(proposal, actor=actor, at=at)
    return section


@transaction.atomic
def withdraw(proposal_id: UUID, *, reason: str, actor: Person, at: datetime) -> Proposal:
    """Withdraw a proposal before the award; it cannot come back."""
    proposal = locked(Proposal, proposal_id)
    fire(ProposalLifecycle(proposal, at=at), "withdraw", actor=actor, at=at, reason=reason)
    return proposal
