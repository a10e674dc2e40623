"""Verbs on applications that were handed in: check, refuse by two persons, select, promote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, Refused
from core.gate import fire
from core.locks import locked
from parties.rules.days import day_of
from vouchers.actions import awards
from vouchers.actions.turns import told
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.models import Application, ApplicationDecision, SmeCall
from vouchers.models.choices import DecisionKind, RefusalGround
from vouchers.notices import application as notices
from vouchers.permissions import holds, is_own, may_run_sme_calls
from vouchers.queries import selection
from vouchers.queries.sentences import why_sentence
from vouchers.rules.selection import Verdict

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from core.models import Person
    from vouchers.queries.selection import Line


@transaction.atomic
def find_eligible(
    *, application_id: UUID, checked_on: date, actor: Person, at: datetime, reason: str = ""
) -> Application:
    """Find it eligible; ``checked_on`` is the day of the look-up in exclusion and sanction lists.

    Refused when that look-up is older than the call allows or lies in the future.
    """
    application = locked(Application, application_id)
    age = (day_of(at) - checked_on).days
    if not 0 <= age <= application.sme_call.check_days:
        raise DomainError(
            _("Look the applicant up again: the check has to be from the last %(days)s days.")
            % {"days": application.sme_call.check_days},
            field="checked_on",
        )
    lifecycle = ApplicationLifecycle(application, at=at)
    fire(lifecycle, "find_eligible", actor=actor, at=at, reason=reason)
    ApplicationDecision.objects.create(
        application=application,
        kind=DecisionKind.ELIGIBLE,
        reason=reason,
        checked_on=checked_on,
        decided_by=actor,
        decided_at=at,
    )
    return application


@transaction.atomic
def propose_refusal(
    application_id: UUID, *, ground: str, reason: str, actor: Person, at: datetime
) -> ApplicationDecision:
    """Propose that it isn't eligible; a second person has to confirm before anything leaves."""
    application = locked(Application, application_id)
    grant_id = application.sme_call.grant_id
    if not holds(actor, grant_id, "FM", on=day_of(at)) or is_own(application, actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not check {application}")
    if application.state != Application.State.SUBMITTED:
        raise Refused(_("Only an application that is being checked can be refused here."))
    if ground not in RefusalGround.values:
        raise DomainError(_("Choose the ground of the refusal."), field="ground")
    if not reason.strip():
        raise DomainError(_("Write the reason: the applicant will read it."), field="reason")
    if open_refusal(application) is not None:
        raise Refused(_("A refusal has been proposed already and waits for a second person."))
    proposal = ApplicationDecision.objects.create(
        application=application,
        kind=DecisionKind.INELIGIBLE,
        ground=ground,
        reason=reason,
        decided_by=actor,
        decided_at=at,
    )
    told(application, "propose_ineligible", actor=actor, at=at)
    return proposal


def open_refusal(application: Application) -> ApplicationDecision | None:
    """The proposal of a refusal that nobody has confirmed or dropped."""
    return application.decisions.filter(
        kind=DecisionKind.INELIGIBLE, confirmed_at__isnull=True, dropped_at__isnull=True
    ).first()


@transaction.atomic
def confirm_refusal(
    *, application_id: UUID, actor: Person, at: datetime, reason: str = ""
) -> Application:
    """The second person confirms: the application isn't eligible and its letter leaves."""
    application = locked(Application, application_id)
    proposal = open_refusal(application)
    text = proposal.reason if proposal else reason
    lifecycle = ApplicationLifecycle(application, at=at)
    fire(lifecycle, "find_ineligible", actor=actor, at=at, reason=text)
    assert proposal is not None, "the lifecycle asks for a proposal"
    proposal.confirmed_by, proposal.confirmed_at = actor, at
    proposal.save(update_fields=["confirmed_by", "confirmed_at"])
    notices.refused(application, reason=text, at=at)
    return application


@transaction.atomic
def drop_refusal(application_id: UUID, *, actor: Person, at: datetime) -> Application:
    """The second person disagrees: the proposal is dropped and the check goes on."""
    application = locked(Application, application_id)
    proposal = open_refusal(application)
    may = holds(actor, application.sme_call.grant_id, "FM", "FO", on=day_of(at))
    if not may or is_own(application, actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not decide on {application}")
    if proposal is None:
        raise Refused(_("No refusal waits for a second person."))
    proposal.dropped_at = at
    proposal.save(update_fields=["dropped_at"])
    told(application, "drop_refusal", actor=actor, at=at)
    return application


@transaction.atomic
def decide(sme_call_id: UUID, *, actor: Person, at: datetime) -> list[Line]:
    """Decide every scored application as the rules say, in line order, with letters.

    First come, first served: only up to the first who is not scored yet. Ranked: all at once,
    while the call is being evaluated.
    """
    sme_call = awards.lock_line(sme_call_id)
    if not may_run_sme_calls(actor, sme_call.grant_id, on=day_of(at)):
        raise NotAllowed(f"{actor} is no fund manager of {sme_call.grant}")
    if sme_call.order == SmeCall.Order.RANKED and sme_call.state != SmeCall.State.EVALUATING:
        raise Refused(_("A ranked call is decided at once, while it is being evaluated."))
    if not _all_scored(sme_call):
        raise Refused(_("An application has no total yet. The ranking needs all of them."))
    lines = _decidable(sme_call, lines=selection.line(sme_call, on=day_of(at)))
    if not lines:
        raise Refused(_("Nothing can be decided yet: the first in line has no total."))
    for one in lines:
        _carry_out(one, actor=actor, at=at)
    awards.settle_line(sme_call, at=at)
    return lines


def _all_scored(sme_call: SmeCall) -> bool:
    if sme_call.order == SmeCall.Order.FIRST_COME:
        return True
    waiting = (Application.State.SUBMITTED, Application.State.ELIGIBLE)
    return not sme_call.applications.filter(state__in=waiting).exists()


def _decidable(sme_call: SmeCall, *, lines: list[Line]) -> list[Line]:
    """In a first-come call those before the first one without a total; else all."""
    if sme_call.order == SmeCall.Order.RANKED:
        return lines
    waiting = (Application.State.SUBMITTED, Application.State.ELIGIBLE)
    first = (
        sme_call.applications.filter(state__in=waiting)
        .order_by("submitted_at")
        .values_list("submitted_at", flat=True)
        .first()
    )
    sent = [(one, one.application.submitted_at) for one in lines]
    return [one for one, at in sent if first is None or (at is not None and at < first)]


def _carry_out(one: Line, *, actor: Person, at: datetime) -> None:
    application = locked(Application, one.application.pk)
    if is_own(application, actor, on=day_of(at)):
        raise NotAllowed(f"{actor} may not decide on {application}")
    reason = why_sentence(one.outcome.why, sme_call=application.sme_call)
    application.place = _place(application.sme_call, one)
    if one.outcome.verdict is Verdict.AWARD:
        awards.give(application, reason=reason, actor=actor, at=at)
        return
    event = "wait" if one.outcome.verdict is Verdict.WAIT else "reject"
    lifecycle = ApplicationLifecycle(application, at=at)
    fire(lifecycle, event, actor=actor, at=at, reason=reason)
    kind = DecisionKind.WAIT if event == "wait" else DecisionKind.REJECT
    ApplicationDecision.objects.create(
        application=application, kind=kind, reason=reason, decided_by=actor, decided_at=at
    )
    tell = notices.waiting if event == "wait" else notices.rejected
    tell(application, reason=reason, at=at)


def _place(sme_call: SmeCall, one: Line) -> int:
    """Place in the line of the call: after all that were decided before, in first-come calls."""
    if sme_call.order == SmeCall.Order.RANKED:
        return one.outcome.place
    earlier = sme_call.applications.filter(submitted_at__lt=one.application.submitted_at)
    return earlier.exclude(state__in=["ineligible", "withdrawn"]).count() + 1
