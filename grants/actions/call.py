"""Verbs of a call: draft, publish, open and close by the clock, finish, cancel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from core.gate import begin, fire
from core.locks import locked, locked_all
from core.models import Person
from grants.actions import letter
from grants.actions.submission import end_with_call, settle_at_deadline
from grants.lifecycle.call import CallLifecycle
from grants.lifecycle.proposal import ProposalLifecycle
from grants.models import Call, CallRole, CallVersion, Letter, Proposal
from grants.permissions import holds
from grants.queries.call_content import call_content
from grants.queries.findings import gap_sentence
from grants.queries.terms import call_draft
from grants.rules.call_gaps import call_gaps
from grants.rules.seal import fingerprint
from parties.rules.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

# A request that the server had in time may still be waiting for its turn in the database.
CLOSING_GRACE = timedelta(seconds=30)


@transaction.atomic
def draft(*, actor: Person, at: datetime, **parameters: Any) -> Call:
    """Begin a call with these parameters; who begins it is its call coordinator.

    Refused when the identifier is taken. Amounts in cents, rates in basis points.
    """
    if Call.objects.filter(identifier=parameters["identifier"]).exists():
        raise Refused(_("There is a call with this identifier already."), field="identifier")
    call = Call.objects.create(created_by=actor, created_at=at, **parameters)
    CallRole.objects.create(
        call=call, person=actor, role=CallRole.Role.CC, start_date=day_of(at), named_by=actor
    )
    begin(call, actor=actor, at=at)
    return call


def may_set_up(person: Person, call: Call, *, on: date) -> bool:
    """Whether the person sets up this call while it is a draft."""
    return holds(person, call.pk, "CC", "PO", on=on)


@transaction.atomic
def change(call_id: UUID, *, values: Mapping[str, Any], actor: Person, at: datetime) -> Call:
    """Change parameters of a draft. Refused once it is published: then only by corrigendum."""
    call = locked_draft(call_id, actor=actor, at=at)
    for name, value in values.items():
        setattr(call, name, value)
    call.save(update_fields=list(values))
    return call


def locked_draft(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """The call, locked, if it may still be set up by this person."""
    call = locked(Call, call_id)
    if not may_set_up(actor, call, on=day_of(at)):
        raise NotAllowed(f"{actor} may not set up {call}")
    if call.state != Call.State.DRAFT:
        raise Refused(
            _("Published rules are frozen. What can still be changed, change by a corrigendum.")
        )
    return call


@transaction.atomic
def name_officer(
    call_id: UUID, *, person: Person, role: str, start_date: date, actor: Person, at: datetime
) -> CallRole:
    """Give a person an office in the call. Only the call coordinator or authorising officer may."""
    call = locked(Call, call_id)
    if not holds(actor, call.pk, "CC", "AO", on=day_of(at)):
        raise NotAllowed(f"{actor} names nobody in {call}")
    if holds(person, call.pk, role, on=start_date):
        raise Refused(_("%(person)s has this office already.") % {"person": person})
    return CallRole.objects.create(
        call=call, person=person, role=role, start_date=start_date, named_by=actor
    )


@transaction.atomic
def end_office(role_id: UUID, *, actor: Person, at: datetime) -> CallRole:
    """End an office today. Refused for the last call coordinator: somebody must be left to act."""
    role = locked(CallRole, role_id)
    day = day_of(at)
    if not holds(actor, role.call_id, "CC", "AO", on=day):
        raise NotAllowed(f"{actor} ends no office in {role.call}")
    others = CallRole.objects.on(day).filter(call=role.call_id, role=role.role).exclude(pk=role.pk)
    if role.role == CallRole.Role.CC and not others.exists():
        raise Refused(_("Name another call coordinator first."))
    role.end_date = max(role.start_date, day - timedelta(days=1))
    role.save(update_fields=["end_date"])
    return role


def gaps(call: Call) -> tuple[str, ...]:
    """Sentences that still stop the publication, in reading order."""
    return tuple(gap_sentence(code, name) for code, name in call_gaps(call_draft(call)))


@transaction.atomic
def publish(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """Publish a draft: its rules are frozen as version 1 with a fingerprint."""
    call = locked(Call, call_id)
    lifecycle = CallLifecycle(call, at=at)
    lifecycle.gaps = gaps(call)
    fire(lifecycle, "publish", actor=actor, at=at)
    keep_version(call, kind=CallVersion.Kind.PUBLICATION, reason="", actor=actor, at=at)
    return call


def keep_version(call: Call, *, kind: str, reason: str, actor: Person, at: datetime) -> CallVersion:
    """Freeze the call's rules as they are now, under the number that the gate has set."""
    content = call_content(call)
    return CallVersion.objects.create(
        call=call,
        number=call.version,
        kind=kind,
        reason=reason,
        content=content,
        sha256=fingerprint(content),
        published_at=at,
        published_by=actor,
    )


@transaction.atomic
def open_call(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """Open a published call; only the clock may."""
    call = locked(Call, call_id)
    fire(CallLifecycle(call, at=at), "open", actor=actor, at=at)
    return call


@transaction.atomic
def close(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """Close an open call after its deadline; only the clock may. The proposals are locked next."""
    call = locked(Call, call_id)
    fire(CallLifecycle(call, at=at), "close", actor=actor, at=at)
    return call


@transaction.atomic
def start_evaluation(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """Let experts be assigned. Refused while a proposal is neither admitted nor refused."""
    call = locked(Call, call_id)
    fire(CallLifecycle(call, at=at), "evaluate", actor=actor, at=at)
    return call


@transaction.atomic
def finish(call_id: UUID, *, actor: Person, at: datetime) -> Call:
    """End a call whose grants are all signed or dropped; the reserve list lapses."""
    call = locked(Call, call_id)
    for proposal in locked_all(call.proposals.filter(state=Proposal.State.RESERVE_LIST)):
        fire(ProposalLifecycle(proposal, at=at), "release", actor=actor, at=at)
    fire(CallLifecycle(call, at=at), "finish", actor=actor, at=at)
    return call


@transaction.atomic
def cancel(call_id: UUID, *, reason: str, actor: Person, at: datetime) -> Call:
    """Cancel a call before its award, with a reason that every coordinator gets by letter."""
    call = locked(Call, call_id)
    fire(CallLifecycle(call, at=at), "cancel", actor=actor, at=at, reason=reason)
    for proposal in end_with_call(call, at=at, reason=reason):
        text = _("The call %(call)s has been cancelled: %(reason)s") % {
            "call": call.identifier,
            "reason": reason,
        }
        letter.send(proposal, kind=Letter.Kind.CANCELLED, text=text, signed_by=actor, at=at)
    return call


def open_due(at: datetime) -> int:
    """Sweep: open every published call whose opening has come."""
    due = Call.objects.filter(state=Call.State.PUBLISHED, opens_at__lte=at)
    system = Person.objects.system()
    for call_id in due.order_by("opens_at").values_list("pk", flat=True):
        open_call(call_id, actor=system, at=at)
    return len(due)


def close_due(at: datetime) -> int:
    """Sweep: close every open call past its deadline and settle its proposals, one by one.

    A sweep that died halfway is taken up by the next one: it also looks at closed calls.
    """
    due = Call.objects.filter(state=Call.State.OPEN, deadline_at__lt=at - CLOSING_GRACE)
    system = Person.objects.system()
    moved = 0
    for call_id in due.order_by("deadline_at").values_list("pk", flat=True):
        close(call_id, actor=system, at=at)
        moved += 1
    return moved + settle_at_deadline(at=at)
