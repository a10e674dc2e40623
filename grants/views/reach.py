"""Loading a call by the office that somebody holds in it; for everybody else it does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from core import clock
from grants.models import Call
from parties.rules.days import day_of

if TYPE_CHECKING:
    from uuid import UUID

    from core.web import Request
    from grants.models.call import CallQuerySet


def calls_as(request: Request, *roles: str) -> CallQuerySet:
    """The calls in which the person holds one of these offices today, or any."""
    return Call.objects.run_by(request.user, on=day_of(clock.now()), roles=roles)


def call_as(request: Request, pk: UUID, *roles: str) -> Call:
    """One of them."""
    return get_object_or_404(calls_as(request, *roles), pk=pk)
