"""A person's home: what waits first, then one list for each role they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import house_zone
from parties.rules.days import day_of
from workflows.queries import desk_lists, own_lists
from workflows.queries.parts import Button, Section
from workflows.queries.roles import Roles, roles_of
from workflows.worklist import due_rows, items, tasks_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.models import Person
    from core.presentation.parts import Due, Tile
    from workflows.worklist import Item

SHOWN = 8
NOON, EVENING = 12, 18


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on the page but the header."""

    greeting: str
    lead: str
    roles: Roles
    waiting: list[Due]
    count: int
    next_deadline: Item | None
    button: Button | None
    sections: list[Section] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many more things wait than the page shows."""
        return self.count - len(self.waiting)


def home(person: Person, *, at: datetime) -> Home:
    """A fixed number of statements, however much waits."""
    roles, waiting = roles_of(person, on=day_of(at)), tasks_for(person, at=at)
    count = waiting.count()
    found = items(waiting[:SHOWN]) if count else []
    return Home(
        greeting=greeting(person, at=at),
        lead=lead(count),
        roles=roles,
        waiting=due_rows(found),
        count=count,
        next_deadline=next((one for one in found if one.due and one.due >= at), None),
        button=button(roles),
        sections=[
            section
            for is_held, build in BUILDERS
            if is_held(roles)
            for section in build(person, at=at)
        ],
    )


BUILDERS: list[tuple[Callable[[Roles], bool], Callable[..., list[Section]]]] = [
    (lambda roles: roles.evaluator, own_lists.reports),
    (lambda roles: roles.applicant, own_lists.proposals),
    (lambda roles: roles.sme, own_lists.vouchers),
    (lambda roles: roles.sme, own_lists.sme_calls),
    (lambda roles: roles.fund_manager, desk_lists.funds),
    (lambda roles: roles.finance, desk_lists.payments),
    (lambda roles: roles.finance, desk_lists.shares),
    (lambda roles: roles.officer or roles.auditor, desk_lists.calls),
    (lambda roles: roles.is_new, own_lists.first_steps),
]


def greeting(person: Person, *, at: datetime) -> str:
    """By the clock of the house."""
    hour = at.astimezone(house_zone()).hour
    words = _("Good evening, %(name)s")
    if hour < EVENING:
        words = _("Good morning, %(name)s") if hour < NOON else _("Good afternoon, %(name)s")
    return words % {"name": person.full_name.split(" ")[0] or person.email}


def lead(count: int) -> str:
    """How many things wait."""
    if not count:
        return _("Nothing waits for you.")
    words = ngettext("One thing waits for you.", "%(n)d things wait for you.", count)
    return words % {"n": count}


def button(roles: Roles) -> Button | None:
    """The one filled button: what a person of this role comes for most."""
    offered: list[tuple[Any, str, str]] = [
        (roles.evaluator, _("Open my pile"), "grants:individual_report_list"),
        (roles.finance, _("Open the payment desk"), "grants:payment_list"),
        (roles.fund_manager, _("Open my SME calls"), "vouchers:sme_call_desk"),
        (roles.officer, _("Open my calls"), "grants:call_desk"),
        (roles.auditor, _("Read the grants"), "grants:grant_list"),
        (roles.sme, _("Find an SME call"), "vouchers:sme_call_list"),
        (roles.applicant, _("Start a proposal"), "grants:call_list"),
    ]
    return next((Button(words, reverse(name)) for holds, words, name in offered if holds), None)
