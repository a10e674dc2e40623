"""Tags that draw lists: things to do, tasks, timelines, facts, files, tables, pages."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext

from core import clock
from core.lifecycle import Event
from core.presentation.due import urgency
from core.presentation.parts import CallCard, Due, Fact, File, JobProgress, Row, Step, Task
from core.presentation.tables import Table

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.inclusion_tag("components/due_list.html")
def due_list(items: Iterable[Due], none: str = "") -> dict[str, Any]:
    """Things to act on: link, reason, by when. `none` is said when there is nothing."""
    now = clock.now()
    rows = [(item, urgency(item.when, now=now) if item.when else None) for item in items]
    return {"rows": rows, "none": none or gettext("Nothing waits for you.")}


@register.inclusion_tag("components/call_list.html")
def call_list(calls: Sequence[CallCard]) -> dict[str, Any]:
    """Calls as cards under each other, for the public."""
    return {"calls": calls}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Sequence[Task]) -> dict[str, Any]:
    """Sections of a form with where each stands."""
    return {"tasks": tasks}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str, note: str = "") -> dict[str, Any]:
    """How much of a form is done: a sentence and a bar. `label` is the sentence."""
    return {"done": done, "total": total, "label": label, "note": note}


@register.inclusion_tag("components/timeline.html")
def timeline(steps: Sequence[Step]) -> dict[str, Any]:
    """Steps of a record in time: done, now, bad, next."""
    return {"steps": steps}


@register.inclusion_tag("components/job.html")
def job(shown: JobProgress) -> dict[str, Any]:
    """Long work: per cent, steps, what is next."""
    return {"job": shown}


@register.inclusion_tag("components/facts.html")
def facts(items: Sequence[Fact], money: Any = None) -> dict[str, Any]:
    """Names and values; as a sum, values stand right under each other (`money=True`)."""
    return {"facts": items, "money": money}


@register.inclusion_tag("components/summary.html")
def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """Keys and values of a record, each with an optional way to change it."""
    return {"rows": rows}


@register.inclusion_tag("components/file.html")
def file(shown: File) -> dict[str, Any]:
    """A file: name, size, fingerprint, verdict, one action."""
    return {"file": shown}


@register.inclusion_tag("components/table.html", takes_context=True)
def table(context: Context, shown: Table) -> dict[str, Any]:
    """Records to compare or add up; sorting happens through the address."""
    request: HttpRequest | None = context.get("request")
    return {"table": shown, "heads": shown.heads(request.GET if request else None)}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Pages of a long list; the filters in the address are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    request: HttpRequest | None = context.get("request")
    return {"page": page, "numbers": list(numbers), "query": request.GET if request else {}}


@register.inclusion_tag("components/event_buttons.html", takes_context=True)
def event_buttons(
    context: Context,
    events: Sequence[Event],
    url_name: str,
    pk: UUID | int,
    primary: str = "",
    reasons: str = "",
    warnings: str = "",
) -> dict[str, Any]:
    """A button for each move a person may make now; one filled, at most.

    `url_name` takes `pk` and `event`. `reasons` and `warnings` are names of events, parted by
    spaces: the first ask for a reason in words, the second are drawn as dangerous.
    """
    asked, feared = reasons.split(), warnings.split()
    buttons = [
        {
            "event": event,
            "url": reverse(url_name, args=[pk, event.name]),
            "asks": event.name in asked,
            "css": button_class(event.name, primary=primary, feared=feared),
        }
        for event in events
    ]
    return {"buttons": buttons, "csrf_token": context.get("csrf_token")}


def button_class(name: str, *, primary: str, feared: Sequence[str]) -> str:
    """Class of a button: filled for the primary event, outlined for every other."""
    if name in feared:
        return "govuk-button--warning"
    return "" if name == primary else "govuk-button--secondary"
