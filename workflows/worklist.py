"""What waits for a person: one list over all flows, soonest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from viewflow.workflow import STATUS
from viewflow.workflow.models import Process, Task

from core.presentation.parts import Due
from parties.rules.days import day_of
from workflows.flows import FLOWS
from workflows.queues import keys_of
from workflows.turns import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Person
    from workflows.turns import RecordFlow

OPEN = (STATUS.NEW, STATUS.ASSIGNED)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what, about which record, where, until when (UTC or none)."""

    words: str
    record: Any
    url: str
    due: datetime | None
    since: datetime


def open_tasks() -> QuerySet[Any]:
    """All tasks that wait for anybody, with their due day as text (``NEVER`` sorts last)."""
    return Task.objects.filter(status__in=OPEN).annotate(
        due=Cast(KT("data__due"), TextField()), barred=Cast(KT("data__barred"), TextField())
    )


def tasks_for(person: Person, *, at: datetime) -> QuerySet[Any]:
    """Open tasks of all queues the person holds, without those the separation of duties bars."""
    keys = keys_of(person, on_date=day_of(at))
    mine = open_tasks().filter(owner_permission__in=keys)
    return mine.exclude(Q(barred__contains=f"<{person.pk}>")).order_by("due", "created", "pk")


def items(tasks: Iterable[Task]) -> list[Item]:
    """What the tasks ask, with their records: one statement for all kinds of record."""
    found = list(tasks)
    if not found:
        return []
    records = _records({task.process_id: task.flow_task.flow_class for task in found})
    return [_item(task, records[task.process_id]) for task in found]


def due_rows(found: Iterable[Item]) -> list[Due]:
    """The rows of a list of things to act on."""
    return [
        Due(item.words, item.url, why=flow_of(item.record).about(item.record), when=item.due)
        for item in found
    ]


def _records(flows: dict[int, type[RecordFlow]]) -> dict[int, Any]:
    joined = {link: flow for flow in set(flows.values()) for link in [_link(flow)]}
    paths = [f"{link}__{related}" for link, flow in joined.items() for related in flow.related]
    rows = Process.objects.filter(pk__in=flows).select_related(*sorted(paths))
    return {row.pk: getattr(row, _link(flows[row.pk])).record for row in rows}


def _link(flow: type[RecordFlow]) -> str:
    """Name by which a process finds its own kind."""
    return str(flow.process_class._meta.model_name)


def _item(task: Task, record: Any) -> Item:
    node, due = task.flow_task, task.data["due"]
    argument = task.data["at"]
    return Item(
        words=str(node.words) % {"record": record},
        record=record,
        url=reverse(node.page or node.flow_class.page, args=[argument] if argument else []),
        due=None if due == NEVER else datetime.fromisoformat(due),
        since=task.created,
    )


def flow_of(record: Any) -> type[RecordFlow]:
    """Which flow follows a record."""
    return FLOWS[type(record)]
