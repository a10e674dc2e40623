"""Mails about what is due soon: one for each thing and person, however often the clock ticks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import mail
from core.presentation.formats import when
from parties.rules.days import day_of
from workflows.queues import CLOCK, holders
from workflows.worklist import items, open_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from viewflow.workflow.models import Task

    from core.models import Person
    from workflows.worklist import Item

AHEAD = timedelta(days=3)
BATCH = 500


def remind_due(at: datetime) -> int:
    """Remind everybody asked of what falls due within three days; returns how many were told."""
    rows = open_tasks().exclude(owner_permission=CLOCK)
    soon = rows.filter(due__gte=at.isoformat(), due__lte=(at + AHEAD).isoformat())
    unsaid = soon.exclude(data__has_key="reminded").order_by("pk")
    return sum(_remind(pk, at=at) for pk in list(unsaid.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _remind(task_pk: int, *, at: datetime) -> int:
    """Tell the holders of one task's queue; a worker that comes second finds it done."""
    task = open_tasks().select_for_update(of=("self",)).filter(pk=task_pk).first()
    if task is None or "reminded" in task.data:
        return 0
    told = [person for person in asked(task, at=at) if _send(task, person, at=at)]
    task.data["reminded"] = at.isoformat()
    task.save(update_fields=["data"])
    return len(told)


def asked(task: Task, *, at: datetime) -> list[Person]:
    """The people who hold the task's queue today, without those the separation of duties bars."""
    people = holders(task.owner_permission, on_date=day_of(at))
    return [person for person in people if f"<{person.pk}>" not in task.data["barred"]]


def _send(task: Task, person: Person, *, at: datetime) -> bool:
    item: Item = items([task])[0]
    assert item.due is not None, "only what is due is reminded of"
    mail.send(
        person,
        subject=_("Due soon: %(words)s") % {"words": item.words},
        template="mail/workflows/due_soon",
        context={
            "item": item,
            "due": when(item.due),
            "action": _("Open it"),
            "action_url": f"{settings.SITE_URL}{item.url}",
        },
        key=f"due:{task.pk}:{task.data['due']}:{person.pk}",
        at=at,
    )
    return True
