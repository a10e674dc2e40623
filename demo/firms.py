"""The SMEs of the story: who they are, and their applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from demo import names
from vouchers.actions import application as applications
from vouchers.actions import sme_status
from vouchers.models import Application, SmeCall
from vouchers.rules.sme_declaration import Declaration, YearFigures

if TYPE_CHECKING:
    from core.models import Person
    from demo.stage import Stage
    from parties.models import Organisation

SIGNED_UP = datetime(2023, 1, 16, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Firm:
    """An SME with the one person who acts for it."""

    organisation: Organisation
    person: Person


def firm(stage: Stage, *, is_home: bool) -> Firm:
    """An SME; ``is_home``: that of the demo's account."""
    number = stage.notes["firms"] = stage.notes.get("firms", 0) + 1
    country = tuple(names.TOWNS)[(number * 5) % len(names.TOWNS)]
    person = stage.person(
        "Odile Zinnia" if is_home else names.person_name(number + 1500),
        mailbox="sme" if is_home else "",
    )
    title = ("Zinnia Dyehouse Ltd", "Zinnia Dyehouse") if is_home else names.sme_name(number)
    organisation = stage.organisation(
        actor=person,
        at=SIGNED_UP,
        names=title,
        country=country,
        kind="sme",
        town=names.TOWNS[country],
    )
    return Firm(organisation, person)


def other_aid(number: int) -> list[dict[str, Any]]:
    """De minimis aid from elsewhere: every other firm has had some, one of them nearly all."""
    if number % 2:
        return []
    cents = 29_000_000 if number == 2 else 400_000 + 150_000 * (number % 9)
    day = date(2021, 9, 15) + timedelta(days=11 * (number % 20))
    return [{"granted_on": day, "cents": cents, "authority": "Regional innovation agency"}]


def apply(stage: Stage, sme_call: SmeCall, firm: Firm, *, at: datetime) -> Application:
    """A whole application with the figures the size class rests on."""
    made = applications.start(
        sme_call.pk, organisation_id=firm.organisation.pk, actor=firm.person, at=at
    )
    service = sme_call.services.order_by("position")[0]
    cofunded = sme_call.scheme == SmeCall.Scheme.COFUNDED
    applications.save(
        made.pk,
        values={
            "service": service,
            "title": f"{service.title} for {firm.organisation.short_name}",
            "plan": "Measure for a month, change one thing, measure again, and write it down.",
            "result": "A fifth less energy, or a machine less that nobody can repair.",
            "net_cost_cents": 6_000_000 if cofunded else None,
            "is_honest": True,
            "has_no_other_funding": True,
            "has_no_conflict": True,
        },
        actor=firm.person,
        at=at,
    )
    if sme_call.is_aid:
        number = stage.notes["aid"] = stage.notes.get("aid", 0) + 1
        applications.declare_aid(made.pk, rows=other_aid(number), actor=firm.person, at=at)
    headcount = 4 + stage.die.randrange(120)
    size = "micro" if headcount < 10 else "small" if headcount < 50 else "medium"
    sme_status.declare(
        made.pk,
        declared=size,
        declaration=Declaration(
            YearFigures(2021, Decimal(headcount), headcount * 9_000_000, headcount * 6_000_000)
        ),
        actor=firm.person,
        at=at,
    )
    return applications.submit(application_id=made.pk, actor=firm.person, at=at)
