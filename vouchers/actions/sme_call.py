"""Verbs of an SME call: draft, prepare, approve, open, evaluate, finish, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import begin, fire
from core.locks import locked
from core.models import Person
from grants.models import Grant
from ledger import api as ledger
from parties.rules.days import day_of
from vouchers import accounts
from vouchers.actions import papers
from vouchers.actions.closing import end_applications
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.models import SmeCall
from vouchers.notices import sme_call as notices
from vouchers.permissions import holds, may_run_sme_calls
from vouchers.postings import sme_call as postings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

PARTS = ("services", "criteria", "evidence_items", "country_maxima", "instalments")


@transaction.atomic
def draft(grant_id: UUID, *, actor: Person, at: datetime, **values: Any) -> SmeCall:
    """Begin an SME call in a grant. ``values`` are its parameters: cents, basis points, days.

    The partner that runs it is the one for which the person is a fund manager.
    """
    grant = locked(Grant, grant_id)
    if not may_run_sme_calls(actor, grant.pk, on=day_of(at)):
        raise NotAllowed(f"{actor} is no fund manager of {grant}")
    organisation = values.pop("organisation", None) or grant.coordinator
    if not holds(actor, grant.pk, "FM", on=day_of(at), organisation_id=organisation.pk):
        raise NotAllowed(f"{actor} is no fund manager of {organisation} in {grant}")
    sme_call = SmeCall.objects.create(
        grant=grant,
        organisation=organisation,
        number=f"{grant.number}-S{grant.sme_calls.count() + 1}",
        created_by=actor,
        created_at=at,
        **values,
    )
    begin(sme_call, actor=actor, at=at)
    return sme_call


@transaction.atomic
def change(sme_call_id: UUID, *, values: Mapping[str, Any], actor: Person, at: datetime) -> SmeCall:
    """Change parameters of a draft; what was made ready is frozen."""
    sme_call = _locked_draft(sme_call_id, actor=actor, at=at)
    for name, value in values.items():
        setattr(sme_call, name, value)
    if sme_call.closes_at <= sme_call.opens_at:
        raise DomainError(_("The call has to close after it opens."), field="closes_at")
    sme_call.save(update_fields=list(values))
    return sme_call


@transaction.atomic
def replace_part(
    sme_call_id: UUID,
    *,
    part: str,
    rows: Sequence[Mapping[str, Any]],
    actor: Person,
    at: datetime,
) -> SmeCall:
    """Replace one list of a draft (services, criteria, evidence, maxima, instalments)."""
    if part not in PARTS:
        raise ValueError(f"an SME call has no {part}")
    sme_call = _locked_draft(sme_call_id, actor=actor, at=at)
    relation = getattr(sme_call, part)
    model: type[Model] = relation.model
    relation.all().delete()
    has_position = any(field.name == "position" for field in model._meta.fields)
    for position, row in enumerate(rows, start=1):
        relation.create(**({"position": position} if has_position else {}), **row)
    return sme_call


def _locked_draft(sme_call_id: UUID, *, actor: Person, at: datetime) -> SmeCall:
    sme_call = locked(SmeCall, sme_call_id)
    if not may_run_sme_calls(actor, sme_call.grant_id, on=day_of(at)):
        raise NotAllowed(f"{actor} is no fund manager of {sme_call.grant}")
    if sme_call.state != SmeCall.State.DRAFT:
        raise Refused(_("This call is no draft any more. Take it back to draft to change it."))
    return sme_call


def _move(
    sme_call_id: UUID, event: str, *, actor: Person, at: datetime, reason: str = ""
) -> SmeCall:
    sme_call = locked(SmeCall, sme_call_id)
    fire(SmeCallLifecycle(sme_call, at=at), event, actor=actor, at=at, reason=reason)
    return sme_call


@transaction.atomic
def make_ready(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """The fund manager's approval: the call is complete and goes to the coordinator."""
    sme_call = _move(sme_call_id, "make_ready", actor=actor, at=at, reason=reason)
    notices.waits_for_approval(sme_call, at=at)
    return sme_call


@transaction.atomic
def take_back(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Back to draft, for changes; an approval is void with it."""
    return _move(sme_call_id, "take_back", actor=actor, at=at, reason=reason)


@transaction.atomic
def approve(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """The coordinator's approval; a call whose opening has come opens at once."""
    sme_call = _move(sme_call_id, "approve", actor=actor, at=at, reason=reason)
    if sme_call.opens_at <= at and sme_call.grant.state == Grant.State.ACTIVE:
        return open_call(sme_call_id=sme_call_id, actor=Person.objects.system(), at=at)
    return sme_call


@transaction.atomic
def open_call(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Open the call: its budget leaves the pool of the grant."""
    sme_call = _move(sme_call_id, "open", actor=actor, at=at, reason=reason)
    paper = papers.sme_call_paper(sme_call, event="opened", actor=actor, at=at)
    ledger.post(postings.opened(sme_call, document=paper, on=day_of(at)), actor=actor, at=at)
    notices.opened(sme_call, at=at)
    return sme_call


@transaction.atomic
def evaluate(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Start the evaluation of what was found eligible."""
    return _move(sme_call_id, "evaluate", actor=actor, at=at, reason=reason)


@transaction.atomic
def write_minutes(sme_call_id: UUID, *, minutes: str, actor: Person, at: datetime) -> SmeCall:
    """Write the minutes of the selection; fixed once the selection is closed."""
    sme_call = locked(SmeCall, sme_call_id)
    if not may_run_sme_calls(actor, sme_call.grant_id, on=day_of(at)):
        raise NotAllowed(f"{actor} is no fund manager of {sme_call.grant}")
    late = (SmeCall.State.AWARDED, SmeCall.State.CONTRACTING, SmeCall.State.DONE)
    if sme_call.state in late:
        raise Refused(_("The selection is closed; its minutes cannot change any more."))
    sme_call.minutes = minutes
    sme_call.save(update_fields=["minutes"])
    return sme_call


@transaction.atomic
def award(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Close the selection: every application has its decision and its letter."""
    return _move(sme_call_id, "award", actor=actor, at=at, reason=reason)


@transaction.atomic
def contract(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Start signing vouchers."""
    return _move(sme_call_id, "contract", actor=actor, at=at, reason=reason)


@transaction.atomic
def finish(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Finish the call: the waiting list ends, the rest of the budget returns to the pool."""
    sme_call = _move(sme_call_id, "finish", actor=actor, at=at, reason=reason)
    end_applications(
        sme_call, reason=_("The call is done and no money came free for the waiting list."), at=at
    )
    _return_rest(sme_call, event="done", actor=actor, at=at)
    return sme_call


@transaction.atomic
def cancel(*, sme_call_id: UUID, actor: Person, at: datetime, reason: str = "") -> SmeCall:
    """Cancel a call without awards: letters leave and its budget returns to the pool."""
    sme_call = _move(sme_call_id, "cancel", actor=actor, at=at, reason=reason)
    end_applications(sme_call, reason=reason, at=at)
    _return_rest(sme_call, event="cancelled", actor=actor, at=at)
    return sme_call


def _return_rest(sme_call: SmeCall, *, event: str, actor: Person, at: datetime) -> None:
    if sme_call.opened_at is None:
        return
    rest = accounts.left(accounts.call_budget(sme_call))
    if not rest:
        return
    paper = papers.sme_call_paper(sme_call, event=event, actor=actor, at=at)
    ledger.post(
        postings.ended(sme_call, rest=rest, document=paper, on=day_of(at)), actor=actor, at=at
    )


EVENTS: dict[str, Callable[..., SmeCall]] = {
    "make_ready": make_ready,
    "take_back": take_back,
    "approve": approve,
    "open": open_call,
    "evaluate": evaluate,
    "award": award,
    "contract": contract,
    "finish": finish,
    "cancel": cancel,
}
