"""Whose turn it is. The lifecycle moves first; viewflow tasks follow it, in the same transaction.

A flow declares its turns (who is awaited in which state, what answers) and nothing else: after
every move ``follow`` compares the tasks that must be open with those that are. So the work list is
right whichever road a move took: a page, the clock, a command. No token is routed; the arrows are
drawn, and tests prove that they are the lifecycle's.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from viewflow import this
from viewflow.workflow import PROCESS, STATUS, Activation, flow
from viewflow.workflow.base import Edge
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.token import Token

from core.presentation.formats import house_zone
from workflows.queues import person_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.utils.functional import _StrPromise

    from core.gate import Move
    from core.models import Person
    from workflows.models import RecordProcess

NEVER = "9999"  # sorts after every day


def end_of(day: date | None) -> datetime | None:
    """The last minute of a day in the house's zone, for what is due on a day."""
    return datetime.combine(day, time(23, 59), house_zone()) if day else None


@contextmanager
def record_lock(flow_class: type[RecordFlow], process_pk: int) -> Iterator[None]:
    """Lock the row that the actions lock: one lock per record, so no order to get wrong."""
    with transaction.atomic():
        records = flow_class.process_class._meta.get_field("record").related_model._default_manager
        records.select_for_update(of=("self",)).get(processes=process_pk)
        yield


class TurnActivation(ViewActivation):
    @Activation.status.transition(source=[STATUS.NEW, STATUS.ASSIGNED], target=STATUS.DONE)
    def settle(self, person: Person, at: datetime) -> None:
        """The awaited event happened: done, by whoever did it, whoever was asked."""
        self.task.owner, self.task.started, self.task.finished = person, at, at
        self.task.save()

    @Activation.status.transition(source=[STATUS.NEW, STATUS.ASSIGNED], target=STATUS.CANCELED)
    def drop(self, at: datetime) -> None:
        """Nobody is awaited any more."""
        self.task.finished = at
        self.task.save()


class Turn(flow.View):
    """Somebody is awaited while the record is in ``states``; an event named in ``Next`` answers.

    ``queue`` says who, as a key of the work list (``workflows.queues``); ``words`` what they do;
    ``page`` where, ``of`` whose page it is (the subject's own unless said otherwise); ``due`` until
    when; ``not_by`` the people whom the separation of duties keeps out. ``each`` makes one task per
    subject and ``when`` narrows the states, both from the flow's ``facts``.
    """

    activation_class = TurnActivation

    def __init__(
        self,
        *states: str,
        queue: Callable[[Any], str],
        words: str | _StrPromise,
        page: str = "",
        of: Callable[[Any], Any] | None = None,
        due: Callable[[Any], datetime | None] | None = None,
        each: Callable[[Any], Iterable[Any]] | None = None,
        not_by: Callable[[Any], Iterable[Any]] | None = None,
        when: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__(None)
        self.states = frozenset(str(state) for state in states)
        self.queue, self.words, self.page, self.of = queue, words, page, of
        self.deadline, self.each, self.not_by, self.when = due, each, not_by, when
        self.answers: dict[str, Any] = {}
        self.interruptions: dict[str, Any] = {}

    def Next(self, **answers: Any) -> Turn:  # noqa: N802  viewflow's word
        self.answers = answers
        return self

    def Unless(self, **interruptions: Any) -> Turn:  # noqa: N802  beside Next
        self.interruptions = interruptions
        return self

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        for arrows in (self.answers, self.interruptions):
            arrows.update({event: this.resolve(instance, node) for event, node in arrows.items()})

    def _outgoing(self) -> Iterator[Edge]:
        for event, node in (self.answers | self.interruptions).items():
            yield Edge(src=self, dst=node, edge_class="next", label=event.replace("_", " "))

    def subjects(self, record: Any, facts: Any) -> list[Any]:
        """What is awaited now: ``[record]`` itself, or one subject per parallel task."""
        if str(record.state) not in self.states or (self.when and not self.when(facts)):
            return []
        return [record] if self.each is None else list(self.each(facts))

    def task(self, process: RecordProcess, subject: Any, *, at: datetime) -> Task:
        """The row that says who is asked, since when, until when; not yet saved."""
        return Task(
            process=process,
            flow_task=self,
            flow_task_type=self.task_type,
            token=Token("start"),
            created=at,
            owner_permission=self.queue(subject),
            data=self.asked(subject),
        )

    def asked(self, subject: Any) -> dict[str, str]:
        """What the row remembers: of whom, on which page, until when, not by whom."""
        due = self.deadline(subject) if self.deadline else None
        barred = self.not_by(subject) if self.not_by else ()
        return {
            "subject": str(subject.pk),
            "at": str(self.of(subject) if self.of else subject.pk),
            "due": due.astimezone(UTC).isoformat() if due else NEVER,
            "barred": "".join(f"<{pk}>" for pk in barred if pk),
        }

    def refresh(self, task: Task, subject: Any) -> None:
        """The same is awaited still: perhaps of another person, perhaps until another day."""
        queue, asked = self.queue(subject), self.asked(subject)
        if "reminded" in task.data and task.data["due"] == asked["due"]:
            asked["reminded"] = task.data["reminded"]
        if (task.owner_permission, task.data) != (queue, asked):
            task.owner_permission, task.data = queue, asked
            task.save(update_fields=["owner_permission", "data"])


class Outcome(flow.End):
    """The process is over when the record reaches one of ``states``."""

    def __init__(self, *states: str) -> None:
        super().__init__()
        self.states = frozenset(str(state) for state in states)


class RecordFlow(flow.Flow):
    """A viewflow process that follows one record; a new cycle begins when an ended one reopens."""

    lock_impl = record_lock
    process_class: type[Any]  # a concrete RecordProcess: only those have the record's key
    related: tuple[str, ...] = ("record",)
    page: str

    @classmethod
    def nodes_of(cls, kind: type[Any]) -> list[Any]:
        return [node for node in cls.instance.nodes() if isinstance(node, kind)]

    @classmethod
    def awaited(cls, record: Any) -> dict[tuple[Any, str], Any]:
        """The tasks that must be open now: node and subject key → subject."""
        facts = cls.facts(record)
        return {
            (turn, str(subject.pk)): subject
            for turn in cls.nodes_of(Turn)
            for subject in turn.subjects(record, facts)
        }

    @classmethod
    def facts(cls, record: Any) -> Any:
        """What ``each`` and ``when`` are asked about: the record, or what was read around it."""
        return record

    @classmethod
    def about(cls, record: Any) -> str:
        """What a list says under the words of a turn."""
        return str(getattr(record, "title", ""))

    @classmethod
    def follow(cls, record: Any, move: Move) -> None:
        """Settle or drop the turns that are over, open those that are due.

        The caller holds the record's row lock.
        """
        awaited = cls.awaited(record)
        name = cls.process_class._meta.model_name
        is_waiting = {"finished": None, f"process__{name}__record": record}
        tasks = list(Task.objects.filter(**is_waiting).select_related(f"process__{name}"))
        waiting = {(task.flow_task, task.data["subject"]): task for task in tasks}
        if tasks:
            process = getattr(tasks[0].process, str(name))
        else:
            process = cls._process(record, starts=bool(awaited), at=move.at)
        for (node, subject), task in waiting.items():
            task.process = process
            if (node, subject) in awaited:
                node.refresh(task, awaited[node, subject])
            else:
                cls._close(task, node, subject, move)
        missing = [key for key in awaited if key not in waiting]
        Task.objects.bulk_create(
            [node.task(process, awaited[node, key], at=move.at) for node, key in missing]
        )
        cls._finish(process, record, move)

    @classmethod
    def _process(cls, record: Any, *, starts: bool, at: datetime) -> RecordProcess:
        latest = cls.process_class.objects.filter(record=record).order_by("-cycle").first()
        if latest is not None and not (latest.finished and starts):
            found: RecordProcess = latest
            return found
        process: RecordProcess = cls.process_class(
            flow_class=cls, record=record, cycle=latest.cycle + 1 if latest else 1, created=at
        )
        process.save()
        return process

    @classmethod
    def _close(cls, task: Task, node: Any, subject: str, move: Move) -> None:
        activation = TurnActivation(task)
        asked = subject == str(move.record.pk) or task.owner_permission == person_key(move.actor.pk)
        if move.event in node.answers and asked:
            activation.settle(move.actor, move.at)
        else:
            activation.drop(move.at)

    @classmethod
    def _finish(cls, process: RecordProcess, record: Any, move: Move) -> None:
        ends = [end for end in cls.nodes_of(Outcome) if str(record.state) in end.states]
        if not ends or process.finished:
            return
        Task.objects.create(
            process=process,
            flow_task=ends[0],
            flow_task_type=ends[0].task_type,
            token=Token("start"),
            status=STATUS.DONE,
            created=move.at,
            started=move.at,
            finished=move.at,
            data={"subject": str(record.pk), "due": NEVER},
        )
        process.status, process.finished = PROCESS.DONE, move.at
        process.save(update_fields=["status", "finished"])
