"""What an office in a call or a grant lets a person reach, said by the apps that know offices."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from core.models import Person


class Reach(enum.Enum):
    """READ: see an organisation's record. ACCOUNT: check its bank accounts (accounting side)."""

    READ = "read"
    ACCOUNT = "account"


Scope = Callable[["Person", date], QuerySet[Any]]
_scopes: dict[Reach, list[Scope]] = {Reach.READ: [], Reach.ACCOUNT: []}


def register_reach(reach_kind: Reach, scope: Scope) -> None:
    """Add a source of rights: a function of a person and a day.

    It returns rows of any kind that name an ``organisation``; these are the ones reached. Called
    once from `AppConfig.ready()` of an app above; without any, only members see anything.
    """
    if scope not in _scopes[reach_kind]:
        _scopes[reach_kind].append(scope)


def reach(reach_kind: Reach, person: Person, *, on_date: date) -> Q:
    """Organisations that the person reaches on that day by any office, as a condition."""
    condition = Q(pk__in=[])
    for scope in _scopes[reach_kind]:
        rows = scope(person, on_date).filter(organisation=OuterRef("pk"))
        condition |= Q(Exists(rows))
    return condition


def reaches_any(reach_kind: Reach, person: Person, *, on_date: date) -> Q:
    """Whether any office gives the person this reach at all, as a condition on whatever row."""
    condition = Q(pk__in=[])
    for scope in _scopes[reach_kind]:
        rows = scope(person, on_date).filter(organisation__isnull=False)
        condition |= Q(Exists(rows))
    return condition
