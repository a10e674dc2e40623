"""The award page: what would be sent, or what was; the money that is free; the reserve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from grants.models import Call, Letter
from grants.queries import award as awards
from grants.queries.summary import OUTCOMES
from grants.rules.quota import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable


def award_page(call: Call) -> dict[str, Any]:
    """Everything on the page but who may press its button."""
    ranking = awards.frozen_list(call)
    if ranking is None:
        return {"ranking": None}
    listed = awards.outcomes(ranking) if call.state == call.State.RANKED else []
    waiting, free = awards.reserve(ranking), awards.free_cents(call)
    letters = Letter.objects.filter(call=call, kind__in=OUTCOMES).select_related("proposal")
    return {
        "ranking": ranking,
        "groups": _groups(listed),
        "letters": letters.order_by("proposal__number"),
        "free_cents": free,
        "reserve": waiting,
        "promotable": awards.carried(waiting, free_cents=free),
    }


def _groups(listed: Iterable[awards.Awarded]) -> list[tuple[str, int, int]]:
    """Outcome, number and sum of what is about to be awarded."""
    words = {
        Outcome.MAIN: _("Main list"),
        Outcome.RESERVE: _("Reserve list"),
        Outcome.NO_BUDGET: _("Above threshold, no budget"),
        None: _("Below threshold"),
    }
    found: dict[Outcome | None, list[int]] = {}
    for one in listed:
        key = one.award.outcome if one.award is not None else None
        found.setdefault(key, []).append(one.row.requested_cents)
    return [(words[key], len(cents), sum(cents)) for key, cents in found.items()]
