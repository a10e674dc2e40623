"""The only door through which a record changes state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow import fsm

from core.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model

    from core.lifecycle import Lifecycle
    from core.models import Person


@dataclass(frozen=True, slots=True)
class Move:
    """What has just happened to ``record``; told to every listener in the same transaction."""

    record: Any
    event: str
    source: str
    target: str
    actor: Person
    at: datetime


_listeners: defaultdict[type[Model], list[Callable[[Move], None]]] = defaultdict(list)


def listen(model: type[Model], listener: Callable[[Move], None]) -> None:
    """Call ``listener`` after every move of a ``model`` record; once per pair."""
    if listener not in _listeners[model]:
        _listeners[model].append(listener)


def fire(
    lifecycle: Lifecycle[Any], event: str, *, actor: Person, at: datetime, reason: str = ""
) -> None:
    """Check state, then permission, then conditions; move, save, record, tell.

    The caller holds the row lock: a state read before the lock is a stale state.
    State comes before permission so that a second click reads "already submitted".
    Raises ``Refused`` (state or condition) or ``NotAllowed`` (permission).
    """
    assert transaction.get_connection().in_atomic_block, "lock the row first"
    lifecycle.actor, lifecycle.at, lifecycle.reason = actor, at, reason
    record, move = lifecycle.record, getattr(lifecycle, event)
    source = record.state
    if not move.can_proceed(check_conditions=False):
        raise Refused(
            _("%(record)s is now: %(state)s. Somebody was faster, or it is too early for this.")
            % {"record": record, "state": record.get_state_display().lower()}
        )
    if not move.has_perm(actor):
        raise NotAllowed(f"{actor} may not {event} {record}")
    try:
        move()
    except fsm.TransitionConditionsUnmet as unmet:
        raise Refused(unmet.unmet_message) from unmet
    record.save()
    _write_history(Move(record, event, source, record.state, actor, at), reason=reason)


def begin(record: Any, *, actor: Person, at: datetime) -> None:
    """Write the first line of a new record's history and tell the listeners."""
    _write_history(Move(record, "begin", "", record.state, actor, at), reason="")


def _write_history(move: Move, *, reason: str) -> None:
    move.record.transitions.create(
        event=move.event,
        source=move.source,
        target=move.target,
        actor=move.actor,
        at=move.at,
        reason=reason,
    )
    tell(move)


def tell(move: Move) -> None:
    """Also for what changes whose turn it is but no state: one more expert, a new deputy."""
    for listener in _listeners[type(move.record)]:
        listener(move)
