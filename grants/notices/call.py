"""Mails about a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import mail
from core.models import Person
from core.presentation.formats import when
from grants.models import EDITABLE, CallVersion

if TYPE_CHECKING:
    from datetime import datetime


def corrected(version: CallVersion, *, old_deadline: datetime, at: datetime) -> None:
    """Tell everybody who writes a proposal what a corrigendum changed."""
    call = version.call
    writers = Person.objects.filter(
        memberships__organisation__partnerships__proposal__call=call,
        memberships__organisation__partnerships__proposal__state__in=EDITABLE,
        memberships__revoked_at__isnull=True,
        is_active=True,
    ).distinct()
    mail.send_each(
        writers.order_by("pk"),
        subject=_("%(call)s has been changed") % {"call": call.identifier},
        template="mail/grants/call_corrected",
        context={
            "call": call,
            "version": version,
            "deadline": when(call.deadline_at, zone=call.zone_info),
            "old_deadline": when(old_deadline, zone=call.zone_info),
        },
        key=f"call-corrected:{version.pk}",
        at=at,
    )
