"""The granting authority sets up the real call and publishes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from demo import names
from grants.actions import call as calls
from grants.actions import load_call
from grants.queries import catalogue
from parties.actions import keyword

if TYPE_CHECKING:
    from demo.stage import Stage
    from grants.models import Call

SET_UP = datetime(2021, 8, 30, 8, 0, tzinfo=UTC)
PUBLISHED = datetime(2021, 9, 1, 9, 0, tzinfo=UTC)
OFFICERS = (
    ("CC", "Irena Olmo", "coordinator"),
    ("PO", "Tomas Birkholm", "officer"),
    ("PO", "Petra Linde", "officer2"),
    ("AO", "Aurel Salvia", "authorising"),
    ("MOD", "Mona Esche", "moderator"),
    ("FO", "Frida Kask", "eu-finance1"),
    ("FO", "Bruno Ahorn", "eu-finance2"),
    ("FO", "Ilse Malva", "eu-finance3"),
    ("FO", "Emil Rowan", "eu-finance4"),
    ("AUD", "Karel Jasmin", "auditor"),
)


def play(stage: Stage) -> None:
    """Officers, the call's rules from the catalogue, publication, opening."""
    keyword.seed()
    for role, full_name, mailbox in OFFICERS:
        person = stage.person(full_name, mailbox=mailbox)
        stage.officers.setdefault(role, []).append(person)
    stage.call = set_up(stage, "smp-cosme-2021-cluster-01", at=SET_UP, projects_max=30)
    calls.publish(stage.call.pk, actor=stage.officer("AO"), at=PUBLISHED)
    calls.open_due(max(stage.call.opens_at, PUBLISHED))
    stage.call.refresh_from_db()


def set_up(stage: Stage, slug: str, *, at: datetime, **changes: object) -> Call:
    """A draft call of the catalogue with all officers in office."""
    content = catalogue.read(slug)
    made = load_call.load_call(content, actor=stage.officer("CC"), at=at, **changes)
    for role, people in stage.officers.items():
        for person in people:
            if role != "CC":
                calls.name_officer(
                    made.pk,
                    person=person,
                    role=role,
                    start_date=date(2021, 8, 1),
                    actor=stage.officer("CC"),
                    at=at,
                )
    return made


assert len(names.CRAFTS) == 15, "one craft for each strand of the call"
