"""What an ending SME call does to the applications that have no award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.gate import fire
from core.locks import locked_all
from core.models import Person
from vouchers.lifecycle.application import ApplicationLifecycle
from vouchers.models.choices import ApplicationState
from vouchers.notices import sme_call as notices

if TYPE_CHECKING:
    from datetime import datetime

    from vouchers.models import SmeCall

A = ApplicationState
WITHOUT_AWARD = (A.SUBMITTED, A.ELIGIBLE, A.SCORED, A.WAITING)


def end_applications(sme_call: SmeCall, *, reason: str, at: datetime) -> None:
    """End every application without an award, with a letter; drafts lapse without one."""
    system = Person.objects.system()
    for application in locked_all(sme_call.applications.filter(state__in=WITHOUT_AWARD)):
        lifecycle = ApplicationLifecycle(application, at=at)
        fire(lifecycle, "end_with_call", actor=system, at=at, reason=reason)
        notices.cancelled(application, reason=reason, at=at)
    expire_drafts(sme_call, at=at)


def expire_drafts(sme_call: SmeCall, *, at: datetime) -> int:
    """Let drafts lapse that were never sent; returns how many."""
    system = Person.objects.system()
    drafts = locked_all(sme_call.applications.filter(state=A.DRAFT))
    for application in drafts:
        fire(ApplicationLifecycle(application, at=at), "expire", actor=system, at=at)
    return len(drafts)
