"""Repair: make the open tasks of every record what they must be. Safe to run at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.gate import Move
from core.locks import locked
from core.models import Person
from workflows.flows import FLOWS
from workflows.worklist import open_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workflows.turns import RecordFlow


def sync(*, at: datetime) -> Iterator[tuple[Any, int]]:
    """Each record whose tasks were wrong, with the number of tasks closed, opened or changed."""
    system = Person.objects.system()
    for model, flow in FLOWS.items():
        for pk in model.objects.order_by("pk").values_list("pk", flat=True).iterator():
            record, repaired = _sync(model, pk, flow=flow, actor=system, at=at)
            if repaired:
                yield record, repaired


@transaction.atomic
def _sync(
    model: Any, pk: Any, *, flow: type[RecordFlow], actor: Person, at: datetime
) -> tuple[Any, int]:
    record = locked(model, pk)
    before = _open(flow, pk)
    flow.follow(record, Move(record, "sync", record.state, record.state, actor, at))
    return record, len(before ^ _open(flow, pk))


def _open(flow: type[RecordFlow], pk: Any) -> set[tuple[Any, ...]]:
    processes = flow.process_class.objects.filter(record=pk).values("pk")
    return {
        (task.pk, task.owner_permission, *sorted(task.data.items()))
        for task in open_tasks().filter(process__in=processes)
    }
