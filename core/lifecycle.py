"""What every lifecycle is made of: states, moves, who may, under which condition.

A lifecycle is a plain class around one record. It decides; ``core.gate`` acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from viewflow import fsm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db import models
    from django.utils.functional import _StrPromise

    from core.models import Person

R = TypeVar("R")
L = TypeVar("L", bound="Lifecycle[Any]")


class Lifecycle(Generic[R]):
    """``record`` with what the gate knows: ``at`` (UTC), ``actor`` and ``reason``."""

    def __init__(self, record: R, *, at: datetime) -> None:
        self.record = record
        self.at = at
        self.actor: Person | None = None
        self.reason = ""


def state_field(states: type[models.TextChoices]) -> fsm.State:
    """The state machine over the record's plain ``state`` column."""
    field = fsm.State(states)
    field.setter()(_write)
    field.getter()(_read)
    return field


def _read(lifecycle: Lifecycle[Any]) -> str:
    return str(lifecycle.record.state)


def _write(lifecycle: Lifecycle[Any], value: str) -> None:
    lifecycle.record.state = value


def condition(unmet: str | _StrPromise) -> Callable[[Callable[[L], bool]], Callable[[L], Any]]:
    """Turn a predicate into a condition that says ``unmet`` when it refuses."""

    def wrap(predicate: Callable[[L], bool]) -> Callable[[L], Any]:
        def check(lifecycle: L) -> Any:
            return fsm.State.CONDITION(predicate(lifecycle), unmet=str(unmet))

        check.__name__ = predicate.__name__
        check.__doc__ = predicate.__doc__ or str(unmet)
        return check

    return wrap


def unmet(sentence: str | _StrPromise) -> Any:
    """A failed condition whose sentence depends on the record; falsy."""
    return fsm.State.CONDITION(is_true=False, unmet=str(sentence))


def system_only(_lifecycle: Lifecycle[Any], person: Person) -> bool:
    """Only the clock and the job workers."""
    return person.is_system


def any_of(
    *predicates: Callable[[Any, Person], bool],
) -> Callable[[Lifecycle[Any], Person], bool]:
    """Whoever satisfies one of ``predicates``; its name lists them for the drawn machine."""

    def allowed(lifecycle: Lifecycle[Any], person: Person) -> bool:
        return any(predicate(lifecycle, person) for predicate in predicates)

    allowed.__name__ = "_or_".join(predicate.__name__ for predicate in predicates)
    return allowed


@dataclass(frozen=True, slots=True)
class Event:
    """A move that a person could make now; ``label`` is what the button says."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """One declared move of a lifecycle: for drawing it and for testing it whole."""

    event: str
    source: str
    target: str
    permission: str
    conditions: tuple[str, ...]


def moves(lifecycle_class: type[Lifecycle[Any]]) -> Iterable[tuple[str, fsm.Transition]]:
    for method, transitions in lifecycle_class.state.get_transitions().items():  # type: ignore[attr-defined]  # every subclass declares it
        for transition in transitions:
            yield method.slug, transition


def arrows(lifecycle_class: type[Lifecycle[Any]]) -> list[Arrow]:
    """All declared moves, by source and event."""
    return sorted(
        (
            Arrow(
                event=event,
                source=str(move.source),
                target=str(target),
                permission=getattr(move.permission, "__name__", "anyone"),
                conditions=tuple(getattr(c, "__name__", "?") for c in move.conditions),
            )
            for event, move in moves(lifecycle_class)
            for target in move.declared_targets()
        ),
        key=lambda arrow: (arrow.source, arrow.event, arrow.target),
    )


def available(lifecycle: Lifecycle[Any], person: Person) -> list[Event]:
    """The moves whose state, permission and conditions hold for ``person`` now."""
    lifecycle.actor = person
    known: dict[Any, bool] = {}  # several moves ask the same: the database once

    def may(move: fsm.Transition) -> bool:
        if move.permission not in known:
            known[move.permission] = move.has_perm(lifecycle, person)
        return known[move.permission]

    def is_met(condition: Any) -> bool:
        if condition not in known:
            known[condition] = bool(condition(lifecycle))
        return known[condition]

    return [
        Event(event, str(move.label))
        for event, move in moves(type(lifecycle))
        if move.source == lifecycle.record.state and may(move) and all(map(is_met, move.conditions))
    ]
