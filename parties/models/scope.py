"""What an office in a call or a grant lets a person reach, said by the apps that know offices."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from core.models import Person


class Reach(enum.Enum):
    """READ: see an organisation's record. ACCOUNT: check its bank accounts (accounting side)."""

    READ = "read"
    ACCOUNT = "account"


Scope = Callable[["Person", date], Q]
_scopes: dict[Reach, list[Scope]] = {Reach.READ: [], Reach.ACCOUNT: []}


def register_reach(reach_kind: Reach, scope: Scope) -> None:
    """Add a source of rights: a function of a person and a day that returns a Q over Organisation.

    Called once from `AppConfig.ready()` of an app above; without any, only members see anything.
    The Q of a person without such an office is `Q(pk__in=[])`, never an empty `Q()`.
    """
    if scope not in _scopes[reach_kind]:
        _scopes[reach_kind].append(scope)


def reach(reach_kind: Reach, person: Person, *, on_date: date) -> Q:
    """Organisations that the person reaches on that day by any office, as a condition."""
    condition = Q(pk__in=[])
    for scope in _scopes[reach_kind]:
        condition |= scope(person, on_date)
    return condition
