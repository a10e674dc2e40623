"""A corrigendum: the only way to change a published call. It may extend, never shorten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.gate import Move, fire, tell
from core.locks import locked
from grants import notices
from grants.actions.call import keep_version
from grants.lifecycle.call import CallLifecycle
from grants.models import Call, CallVersion
from grants.rules.deadline import extends

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.models import Person


@transaction.atomic
def correct(
    call_id: UUID,
    *,
    reason: str,
    deadline_at: datetime,
    summary: str,
    actor: Person,
    at: datetime,
) -> CallVersion:
    """Publish a corrigendum: a new frozen version, and a mail to everybody who is writing.

    Refused when the deadline would come earlier, when nothing changes, without a reason, and after
    the deadline.
    """
    call = locked(Call, call_id)
    if not extends(deadline_at, old=call.deadline_at):
        raise DomainError(
            _("A corrigendum may extend the deadline, never shorten it."), field="deadline_at"
        )
    if (deadline_at, summary) == (call.deadline_at, call.summary):
        raise DomainError(_("Nothing has been changed yet."))
    old_deadline = call.deadline_at
    fire(CallLifecycle(call, at=at), "correct", actor=actor, at=at, reason=reason)
    call.deadline_at, call.summary = deadline_at, summary
    call.save(update_fields=["deadline_at", "summary"])
    tell(Move(call, "extend", call.state, call.state, actor, at))
    version = keep_version(
        call, kind=CallVersion.Kind.CORRIGENDUM, reason=reason, actor=actor, at=at
    )
    notices.call.corrected(version, old_deadline=old_deadline, at=at)
    return version
