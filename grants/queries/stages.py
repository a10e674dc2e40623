"""How many proposals of a call stand where: read from an index alone, whatever their number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from grants.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from grants.models import Call

Stages = dict["UUID", Counter[str]]


def stages_of(calls: Iterable[Call]) -> Stages:
    """The number of proposals by state, of each call (one query)."""
    found: Stages = {call.pk: Counter() for call in calls}
    rows = Proposal.objects.filter(call__in=found).values_list("call", "state")
    for call, state, number in rows.annotate(number=Count("*")).order_by():
        found[call][state] = number
    return found
