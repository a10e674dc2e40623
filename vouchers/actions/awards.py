"""What an award does to money and line: reserve, free, ask the next, close the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed
from core.gate import fire
from core.locks import locked, locked_all
from core.models import Person
from grants.models import Grant
from ledger import api as ledger
from parties.queries import linked_group
from parties.rules.days import day_of
from vouchers import accounts
from vouchers.actions import groups, papers
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.lifecycle.sme_call import SmeCallLifecycle
from vouchers.lifecycle.sme_call_conditions import is_spent
from vouchers.models import Application, ApplicationDecision, SmeCall
from vouchers.models.choices import DecisionKind
from vouchers.notices import application as notices
from vouchers.postings import application as postings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

C = SmeCall.State
PROMOTES_IN = (C.OPEN, C.EXHAUSTED, C.CLOSED, C.EVALUATING, C.AWARDED, C.CONTRACTING)


def lock_line(sme_call_id: UUID) -> SmeCall:
    """The SME call with its grant locked before it: awards of one grant come one by one."""
    grants = SmeCall.objects.filter(pk=sme_call_id).values_list("grant", flat=True)
    grant_id = grants.first()
    if grant_id is None:
        raise NotAllowed(f"SME call {sme_call_id} does not exist")
    locked(Grant, grant_id)
    return locked(SmeCall, sme_call_id)


def line_of(application_id: UUID) -> SmeCall:
    """``lock_line`` of the call that an application answers."""
    rows = Application.objects.filter(pk=application_id)
    sme_call_id = rows.values_list("sme_call", flat=True).first()
    if sme_call_id is None:
        raise NotAllowed(f"application {application_id} does not exist")
    return lock_line(sme_call_id)


def give(application: Application, *, reason: str, actor: Person, at: datetime) -> None:
    """Award: money and head-room are reserved, the SME is asked to accept.

    The caller holds ``lock_line`` and the application.
    """
    application.cap_group = groups.group_of(application, at=at)
    fire(ApplicationLifecycle(application, at=at), "award", actor=actor, at=at, reason=reason)
    paper = papers.application_paper(
        application, event="awarded", reason=reason, actor=actor, at=at
    )
    grant = application.sme_call.grant
    assert grant.book is not None, "only a grant that has begun has a book"
    linked = linked_group(application.organisation_id, on_date=day_of(at))
    groups.join(grant, organisations=linked, document=paper, actor=actor, at=at)
    ledger.open_headroom(
        grant.book,
        group=application.cap_group.pk,
        cap=grant.call.sme_max_cents,
        document=paper,
        actor=actor,
        at=at,
    )
    ledger.post(postings.awarded(application, document=paper, on=day_of(at)), actor=actor, at=at)
    ApplicationDecision.objects.create(
        application=application,
        kind=DecisionKind.AWARD,
        reason=reason,
        decided_by=actor,
        decided_at=at,
        paper=paper,
    )
    notices.awarded(application, at=at)


def free(application: Application, *, event: str, reason: str, actor: Person, at: datetime) -> None:
    """Give back what was reserved for an award: lapsed, withdrawn or never signed."""
    paper = papers.application_paper(application, event=event, reason=reason, actor=actor, at=at)
    ledger.post(postings.freed(application, document=paper, on=day_of(at)), actor=actor, at=at)


def promote(sme_call: SmeCall, *, at: datetime) -> int:
    """Ask the next on the waiting list while the money lasts; returns how many were asked.

    Strictly in line: nobody overtakes one who waits for money; only a country without a free
    place, or an SME that may have no more, is passed over. The caller holds ``lock_line``.
    """
    if sme_call.state not in PROMOTES_IN:
        return 0
    system, asked = Person.objects.system(), 0
    waiting = locked_all(sme_call.applications.filter(state=Application.State.WAITING))
    for application in sorted(waiting, key=lambda one: (one.place or 0, str(one.pk))):
        if not _fits(application):
            break
        asked += _try_award(application, system=system, at=at)
    settle_line(sme_call, at=at)
    return asked


def _fits(application: Application) -> bool:
    budget = accounts.left(accounts.call_budget(application.sme_call))
    return (application.value_cents or 0) <= budget


def _try_award(application: Application, *, system: Person, at: datetime) -> bool:
    reason = _("Money came free, and this application was next in line.")
    try:
        with transaction.atomic():
            give(application, reason=reason, actor=system, at=at)
    except DomainError:
        return False
    return True


def settle_line(sme_call: SmeCall, *, at: datetime) -> None:
    """Close the line of a first-come call when its budget is used up, or open it again."""
    system = Person.objects.system()
    lifecycle = SmeCallLifecycle(sme_call, at=at)
    is_first_come = sme_call.order == SmeCall.Order.FIRST_COME
    if sme_call.state == C.OPEN and is_first_come and is_spent(sme_call):
        fire(lifecycle, "exhaust", actor=system, at=at)
    elif sme_call.state == C.EXHAUSTED and at < sme_call.closes_at and not is_spent(sme_call):
        fire(lifecycle, "reopen", actor=system, at=at)


def begin_contracting(sme_call: SmeCall, *, at: datetime) -> None:
    """The first acceptance after a closed selection starts the signing of vouchers."""
    if sme_call.state == C.AWARDED:
        fire(SmeCallLifecycle(sme_call, at=at), "contract", actor=Person.objects.system(), at=at)
