"""Every state × event × person of every machine, against tables written by hand."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest

from core import gate
from core.errors import NotAllowed, Refused
from core.lifecycle import arrows, moves
from core.models import Person
from tests import states
from tests.policy.world import NOW
from tests.states.table import EVERYBODY, Machine

if TYPE_CHECKING:
    from types import SimpleNamespace

    from core.lifecycle import Lifecycle

MACHINES: dict[str, Machine] = {
    found.name: importlib.import_module(f"tests.states.{found.name}").MACHINE
    for found in pkgutil.iter_modules(states.__path__)
    if found.name not in {"conftest", "table"} and not found.name.startswith("test_")
}
every_machine = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())


def standing(record: Any, where: str) -> Any:
    """The record as the database would give it, were it in another state; never saved."""
    names = [field.attname for field in record._meta.concrete_fields]
    values = [where if name == "state" else getattr(record, name) for name in names]
    return type(record).from_db("default", names, values)


def at(machine: Machine, world: SimpleNamespace, where: str) -> Lifecycle[Any]:
    """The machine around the world's record, as if it stood there."""
    return machine.lifecycle(standing(getattr(world, machine.record), where), at=NOW)


def states_of(machine: Machine, world: SimpleNamespace) -> tuple[str, list[str]]:
    """The state in which a record begins, and all that are declared."""
    field = type(getattr(world, machine.record))._meta.get_field("state")
    return field.default, [value for value, _label in field.choices]


@every_machine
def test_the_machine_is_its_table(machine: Machine) -> None:
    written = {(line.source, line.event, line.target) for line in machine.lines}
    assert written == {(a.source, a.event, a.target) for a in arrows(machine.lifecycle)}
    assert len(written) == len(machine.lines)


@every_machine
def test_every_state_is_reached_and_all_but_the_final_are_left(
    machine: Machine, world: SimpleNamespace
) -> None:
    initial, every = states_of(machine, world)
    reached = {initial}
    for _round in every:
        reached |= {line.target for line in machine.lines if line.source in reached}
    assert reached == set(every)
    assert {line.source for line in machine.lines} == set(every) - machine.final


@every_machine
def test_every_move_names_who_may_and_is_a_button_in_words(machine: Machine) -> None:
    for _event, move in moves(machine.lifecycle):
        assert move.permission is not None
        assert str(move.label)


@every_machine
def test_a_person_without_rights_is_refused_first_for_the_state_then_as_a_person(
    machine: Machine, world: SimpleNamespace
) -> None:
    _initial, every = states_of(machine, world)
    legal = {(line.source, line.event): line.who for line in machine.lines}
    for where in every:
        for event in machine.events:
            who = legal.get((where, event))
            nobody = Person.objects.system() if who == EVERYBODY else world.stranger
            with pytest.raises(Refused if who is None else NotAllowed):
                gate.fire(at(machine, world, where), event, actor=nobody, at=NOW)


@every_machine
def test_exactly_the_people_of_the_table_may(machine: Machine, world: SimpleNamespace) -> None:
    people = {name: person for name, person in world.people.items() if person}
    people["system"] = Person.objects.system()
    for line in machine.lines:
        lifecycle = at(machine, world, line.source)
        move = getattr(lifecycle, line.event)
        allowed = {name for name, person in people.items() if move.has_perm(person)}
        assert allowed == line.who, line


@every_machine
def test_nothing_but_a_move_changed_the_record(machine: Machine, world: SimpleNamespace) -> None:
    record = getattr(world, machine.record)
    record.refresh_from_db()
    last = record.transitions.order_by("pk").last()
    assert last is not None
    assert record.state == last.target
