"""What is open, in words short enough for a table written by hand."""

from __future__ import annotations

from typing import Any

from workflows.worklist import flow_of, open_tasks


def asked(record: Any) -> list[str]:
    """``turn: whom`` for every open task of a record, in alphabetical order."""
    processes = flow_of(record).process_class.objects.filter(record=record.pk)
    tasks = open_tasks().filter(process__in=processes.values("pk"))
    return sorted(f"{task.flow_task.name}: {whom(task.owner_permission)}" for task in tasks)


def whom(key: str) -> str:
    """The role of a key; of a person or an organisation only that it is one."""
    kind, *parts = key.split(":")
    return parts[-1] if kind in {"call", "grant"} else kind


def changed(record: Any) -> Any:
    """The record as the database has it."""
    return type(record)._default_manager.get(pk=record.pk)
