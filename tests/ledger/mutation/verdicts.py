"""Which check notices each mutant; what notices none is a hole in the tests."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.db import DatabaseError

from ledger.rules import legs, settling, share
from tests.ledger.mutation import attacks, pure, rows, schema, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ledger.mutation.attacks import Attack
    from tests.ledger.mutation.scene import Scene

EQUIVALENT = frozenset(
    {
        "settling._with_the_union: statement 1 after the next",
        "settling._support: statement 1 after the next",
    }
)
"""Not a change: of the two legs one is always zero."""


def of_the_rules() -> Iterator[tuple[str, str]]:
    """Each mutant of the pure functions and the check that it fails, "" when none does."""
    for module in (legs, settling, share):
        for mutant in syntax.mutants(module):
            with mutant.applied():
                yield mutant.name, pure.killer()


def of_the_database(scene: Scene) -> Iterator[tuple[str, str]]:
    """Each mutant of this database and the attack that then comes through, or goes unexplained."""
    known = all_attacks()
    for mutant in schema.mutants():
        near = [x for x in known if mutant.about in {x.reason, x.name}]
        others = [x for x in known if x not in near]
        with mutant.applied():
            found = (x.name for x in near + others if not is_refused(x, scene))
            yield mutant.name, next(found, "")


def all_attacks() -> list[Attack]:
    return [*attacks.events(), *rows.hands(), *rows.guards(), *rows.checks()]


def is_refused(attack: Attack, scene: Scene) -> bool:
    """Whether the database refuses it, and for its own reason. Nothing of it is kept."""
    try:
        with schema.undone(attack.without), schema.as_owner() if attack.by_owner else nullcontext():
            attack.run(scene)
    except DatabaseError as error:
        return attack.reason in str(error)
    return False
