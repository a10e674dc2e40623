"""How the policy is written down: one row an address, by hand, never derived from the code.

``tests/policy/<app>.py`` holds ``ROWS: list[Row]``. ``allow`` names who gets in; everybody else who
has signed in gets 404, a visitor is sent to the sign-in page; ``PUBLIC`` lets all in. ``of`` names
attributes of the world (``tests/policy/world.py``), in the order of the address's arguments;
"proposal" means that record's key. Where ``to_sign_in`` is set, everybody else
is sent to the sign-in page as well. The people of the world:

visitor, stranger (signed in, no role), applicant (coordinator of the proposal and of the grant),
partner (of both), rival (coordinator of another proposal), evaluator (assigned, finished),
other_evaluator (assigned to another proposal), rapporteur, programme_officer,
authorising_officer, moderator, fund_manager, finance_officer (of the organisation that pays),
call_finance_officer, sme (owns application, voucher, claim), other_sme, provider, auditor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROLES = (
    "visitor",
    "stranger",
    "applicant",
    "partner",
    "rival",
    "evaluator",
    "other_evaluator",
    "rapporteur",
    "programme_officer",
    "authorising_officer",
    "moderator",
    "fund_manager",
    "finance_officer",
    "call_finance_officer",
    "sme",
    "other_sme",
    "provider",
    "auditor",
)
PUBLIC = frozenset(ROLES)
SIGNED_IN = PUBLIC - {"visitor"}


@dataclass(frozen=True)
class Row:
    """One address: its name, whose arguments it takes, who may."""

    name: str
    allow: frozenset[str] | set[str]
    of: tuple[str, ...] = ()
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    arguments: Callable[[Any], list[Any]] | None = None
    to_sign_in: bool = False
