"""Long roads walked once: a factory's world is kept as a database and handed out again.

A test that begins with ``an_active_grant()`` needs a thousand statements before its first own line.
``@staged`` keeps what the same call made before, as a second database beside the test's, and puts
the connection on it. It only does so while the test has written nothing, so nobody can tell the
difference, except by the clock: the rows are those that the actions made, with triggers and all.
The first call of a kind is always walked; the second is kept; from the third on it is handed out.
A world whose road begins with another world that was kept is made from a copy of that one.

The test's transaction is Django's own. Only the raw connection under it is another one: a session
of the world's database, in a transaction that was begun as Django begins one, and that Django
rolls back. When the test is over, its own raw connection, unused meanwhile, takes its place again.
"""

from __future__ import annotations

import os
import pickle
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.conf import settings

from core.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    from tests.databases import TemplateDatabase

P = ParamSpec("P")
R = TypeVar("R")
PLAIN = (str, int, date, Decimal, type(None))
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "CREATE", "DROP", "ALTER")


@dataclass
class Stage:
    """A world: its connection, the files of its documents, what its factory returned."""

    wrapper: BaseDatabaseWrapper
    files: Path
    result: bytes
    after_commit: list[Any]


class Stages:
    """The worlds of one test process."""

    def __init__(self, connection: BaseDatabaseWrapper, template: TemplateDatabase) -> None:
        self.connection, self.template = connection, template
        self.made: dict[Any, Stage] = {}
        self.asked: Counter[Any] = Counter()
        self.untouched = False
        self._home: Any = None
        self._being_made: BaseDatabaseWrapper | None = None

    @contextmanager
    def for_a_test(self) -> Iterator[None]:
        """Offer worlds to a test that rolls back; afterwards the connection is home again.

        Around the whole test, its fixtures included: Django has rolled back when this ends.
        """
        self.untouched, self._home = True, None
        try:
            with self.connection.execute_wrapper(self._watch):
                yield
        finally:
            self.untouched = False
            self._go_home()

    def _watch(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.lstrip()[:8].upper().startswith(WRITES):
            self.untouched = False
        return execute(sql, params, many, context)

    def offers(self) -> bool:
        """Nothing was written, and we are in the test's own transaction."""
        inside = self.connection.in_atomic_block and not self.connection.savepoint_ids
        return self.untouched and inside

    def reach(self, key: Any, build: Callable[[], R]) -> R:
        self.asked[key] += 1
        stage = self.made.get(key)
        if stage is not None:
            return cast("R", self._hand_out(stage))
        if self.asked[key] == 1 or self._being_made is not None:
            return build()
        stage = self.made[key] = self._make(build)
        self.untouched = False
        return cast("R", pickle.loads(stage.result))

    def _hand_out(self, stage: Stage) -> Any:
        if self._being_made is None:
            self._enter(stage.wrapper)
        else:
            self.template.refill(self._being_made, of=stage.wrapper)
            self._enter(self._being_made)
        shutil.copytree(stage.files, media(), dirs_exist_ok=True, copy_function=os.link)
        self.connection.run_on_commit.extend(stage.after_commit)
        self.untouched = False
        return pickle.loads(stage.result)

    def _make(self, build: Callable[[], Any]) -> Stage:
        """Walk the road in a copy of the empty database, and commit there."""
        wrapper, files = self.template.stage(len(self.made))
        self._enter(wrapper)
        waiting, self._being_made = len(self.connection.run_on_commit), wrapper
        try:
            result = pickle.dumps(build())
        finally:
            self._being_made = None
        wrapper.connection.commit()
        _begin(wrapper)
        media().mkdir(parents=True, exist_ok=True)
        shutil.copytree(media(), files)
        after: list[Any] = [
            (set(), *entry[1:]) for entry in self.connection.run_on_commit[waiting:]
        ]
        return Stage(wrapper, files, result, after)

    def _enter(self, wrapper: BaseDatabaseWrapper) -> None:
        if self._home is None:
            self._home = self.connection.connection
        _begin(wrapper)
        if isinstance(self.connection, SqliteWrapper):
            wrapper.connection.set_authorizer(self.connection._authorize)
        self.connection.connection = wrapper.connection

    def _go_home(self) -> None:
        home, self._home = self._home, None
        if home is None:
            return
        if self.connection.connection is None:  # the test has closed it; Django opens a new one
            home.close()
            return
        for raw in (self.connection.connection, home):
            raw.rollback()
            if self.connection.vendor == "postgresql":
                raw.autocommit = True
        self.connection.connection = home

    def close(self) -> None:
        """At the end of the run, which is still inside its last test."""
        self._go_home()
        for stage in self.made.values():
            stage.wrapper.connection.close()
            self.template.drop(str(stage.wrapper.settings_dict["NAME"]))
        self.template.close()


def _begin(wrapper: BaseDatabaseWrapper) -> None:
    """As Django does it for an outermost ``atomic``."""
    if wrapper.vendor == "sqlite":
        wrapper.connection.execute("BEGIN IMMEDIATE")
    else:
        if wrapper.connection.closed:
            wrapper.connect()
        wrapper.connection.autocommit = False


def media() -> Path:
    return Path(settings.MEDIA_ROOT)


def _key(value: Any) -> Any:
    """What tells two calls apart. Raises ``TypeError`` unless all of it is plain."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, _key(item)) for name, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(_key, value))
    if isinstance(value, PLAIN):
        return repr(value)
    raise TypeError(f"{type(value).__name__} is not plain")


stages: Stages | None = None


def staged(factory: Callable[P, R]) -> Callable[P, R]:
    """Let ``factory`` hand out what it made before. Its arguments are plain, or it is walked."""

    @wraps(factory)
    def build(*args: P.args, **kwargs: P.kwargs) -> R:
        if stages is None or not stages.offers():
            return factory(*args, **kwargs)
        try:
            key = (factory.__module__, factory.__qualname__, _key(args), _key(kwargs))
        except TypeError:  # a record, a file: nothing to recognise a road by
            return factory(*args, **kwargs)
        return stages.reach(key, lambda: factory(*args, **kwargs))

    return build
