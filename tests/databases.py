"""Copies of a template database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from core.ddl.postgresql import APP_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django import DjangoDbBlocker

HAS_STRATEGIES = 150000
"""The version of PostgreSQL that lets one choose how a database is copied."""


@contextmanager
def application_role(connection: BaseDatabaseWrapper, blocker: DjangoDbBlocker) -> Iterator[None]:
    """On PostgreSQL, every connection made from here on acts as the application's role."""
    if connection.vendor != "postgresql":
        yield
        return
    with blocker.unblock():
        connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = APP_ROLE
    yield
    del connection.settings_dict["OPTIONS"]["assume_role"]
    with blocker.unblock():
        connection.close()


@dataclass
class TemplateDatabase:
    """``copied()`` puts the default connection on a copy for as long as its block lasts."""

    connection: BaseDatabaseWrapper
    folder: Path
    name: str
    _copies: int = field(default=0, init=False)

    @classmethod
    def of(cls, connection: BaseDatabaseWrapper, folder: Path) -> TemplateDatabase:
        kind = SqliteTemplate if connection.vendor == "sqlite" else PostgresTemplate
        template = kind(connection, folder, str(connection.settings_dict["NAME"]))
        template.prepare()
        return template

    @property
    def url(self) -> str:
        """DATABASE_URL for another process of the same test; it too acts as the application."""
        raise NotImplementedError

    def prepare(self) -> None:
        raise NotImplementedError

    def owner(self) -> Any:
        """A raw connection of the owner to the copy, for taking a guard away; close it."""
        raise NotImplementedError

    def application(self) -> Any:
        """A second raw connection as the application has it; close it."""
        raise NotImplementedError

    def stage(self, number: int) -> tuple[BaseDatabaseWrapper, Path]:
        """A connected copy that lasts as long as the run, and a folder for its files."""
        wrapper = self.connection.__class__(
            {**self.connection.settings_dict, "NAME": self.make_stage(number)},
            self.connection.alias,
        )
        wrapper.connect()
        return wrapper, self.folder / f"stage_{number}"

    def make_stage(self, number: int) -> str:
        raise NotImplementedError

    def refill(self, stage: BaseDatabaseWrapper, *, of: BaseDatabaseWrapper) -> None:
        """Let a stage in which nothing has happened begin as a copy of another one."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to give back unless a subclass says so."""

    def make(self, name: str, *, of: str = "") -> str:
        """A copy of the template, or of another database that nobody is connected to."""
        raise NotImplementedError

    def drop(self, name: str) -> None:
        raise NotImplementedError

    @contextmanager
    def copied(self) -> Iterator[None]:
        self._copies += 1
        settings, kept = self.connection.settings_dict, self._set_aside()
        copy = settings["NAME"] = self.make(f"{self.stem}_{self._copies}")
        try:
            yield
        finally:
            self.connection.close()
            settings["NAME"] = self.name
            self._take_back(kept)
            self.drop(copy)

    @contextmanager
    def branched(self) -> Iterator[None]:
        """Inside ``copied``: a copy of that copy as it stands, for as long as the block lasts."""
        self._copies += 1
        settings = self.connection.settings_dict
        trunk = str(settings["NAME"])
        self.connection.close()
        branch = settings["NAME"] = self.make(f"{self.stem}_{self._copies}", of=trunk)
        try:
            yield
        finally:
            self.connection.close()
            settings["NAME"] = trunk
            self.drop(branch)

    @property
    def stem(self) -> str:
        return "copy"

    def _set_aside(self) -> Any:
        self.connection.close()

    def _take_back(self, kept: Any) -> None:
        """The connection opens itself again when it is asked."""


class SqliteTemplate(TemplateDatabase):
    """The template is written to a file once; a copy is a copied file."""

    @property
    def file(self) -> Path:
        return self.folder / "template.sqlite3"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.connection.settings_dict['NAME']}"

    def prepare(self) -> None:
        self.connection.ensure_connection()
        with sqlite3.connect(self.file) as target:
            self.connection.connection.backup(target)
        target.close()

    def owner(self) -> Any:
        """No authorizer, but the functions that triggers and checks call."""
        raw = self.application()
        raw.set_authorizer(None)
        raw.isolation_level = None
        return raw

    def application(self) -> Any:
        return self.connection.get_new_connection(self.connection.get_connection_params())

    def make(self, name: str, *, of: str = "") -> str:
        copy = self.folder / f"{name}.sqlite3"
        shutil.copyfile(of or self.file, copy)
        return str(copy)

    def stage(self, number: int) -> tuple[BaseDatabaseWrapper, Path]:
        wrapper, folder = super().stage(number)
        source = sqlite3.connect(self.file)
        source.backup(wrapper.connection)
        source.close()
        return wrapper, folder

    def make_stage(self, number: int) -> str:
        del number  # each connection to memory has a database of its own
        return ":memory:"

    def refill(self, stage: BaseDatabaseWrapper, *, of: BaseDatabaseWrapper) -> None:
        stage.connection.rollback()
        of.connection.backup(stage.connection)

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            (self.folder / (name.rsplit("/", 1)[-1] + end)).unlink(missing_ok=True)

    def _set_aside(self) -> Any:
        """An in-memory database dies with its connection: keep it, unconnected."""
        kept, self.connection.connection = self.connection.connection, None
        return kept

    def _take_back(self, kept: Any) -> None:
        self.connection.connection = kept


class PostgresTemplate(TemplateDatabase):
    """``CREATE DATABASE … TEMPLATE``, by the owner."""

    @property
    def stem(self) -> str:
        return f"{self.name}_copy"

    @property
    def url(self) -> str:
        at = self.connection.settings_dict
        who = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}"
        where = f"{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
        return f"postgresql://{who}@{where}?assume_role={APP_ROLE}"

    @property
    def base(self) -> str:
        """Nobody is ever connected to it, so that it can be copied at any time."""
        return f"{self.name}_base"

    def prepare(self) -> None:
        self.connection.close()
        self._copy(self.name, to=self.base)

    def close(self) -> None:
        self.drop(self.base)

    def make_stage(self, number: int) -> str:
        return self.make(f"{self.stem}_stage_{number}")

    def refill(self, stage: BaseDatabaseWrapper, *, of: BaseDatabaseWrapper) -> None:
        names = [str(wrapper.settings_dict["NAME"]) for wrapper in (stage, of)]
        for wrapper in (stage, of):
            wrapper.connection.close()
        self._copy(names[1], to=names[0])
        for wrapper in (stage, of):
            wrapper.connect()

    def make(self, name: str, *, of: str = "") -> str:
        self._copy(of or self.base, to=name)
        return name

    def drop(self, name: str) -> None:
        self._as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def owner(self) -> Any:
        return self._connect(self.connection.settings_dict["NAME"])

    def application(self) -> Any:
        return self._connect(self.connection.settings_dict["NAME"], role=APP_ROLE)

    def _copy(self, source: str, *, to: str) -> None:
        """As files, where one has the choice: through the log it takes four times as long."""
        self.drop(to)  # left by a run that was stopped
        statement = "CREATE DATABASE {} TEMPLATE {}"
        if self._version >= HAS_STRATEGIES:
            statement += " STRATEGY file_copy"
        self._as_owner(statement, to, source)

    @cached_property
    def _version(self) -> int:
        with self._connect("postgres") as maintenance:
            return int(maintenance.info.server_version)

    def _as_owner(self, statement: str, *names: str) -> None:
        with self._connect("postgres") as maintenance:
            maintenance.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connect(self, name: str, *, role: str = "none") -> Any:
        at = self.connection.settings_dict
        return psycopg.connect(
            dbname=name,
            user=at["USER"],
            password=at["PASSWORD"],
            host=at["HOST"],
            port=at["PORT"] or 5432,
            autocommit=True,
            options=f"-c role={role}",
        )
