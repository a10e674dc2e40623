"""What the database itself refuses, and who may do what there.

An app that owns append-only tables says so in its module ``ddl.py``::

    from core.ddl import append_only

    append_only("grants.ProposalVersion")

Histories (every table built on ``TransitionBase``) and documents are append-only without
being named. ``migrate`` runs the installer afterwards, every time: Django remakes a table on
most schema changes of SQLite, and the triggers of the old one are lost without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Protection:
    """``refused``: of INSERT, UPDATE and DELETE. ``rights``: of the application's role."""

    label: str
    refused: frozenset[str]
    rights: str


@dataclass(frozen=True, slots=True)
class Script:
    """Triggers of an app: ``sqlite.sql`` and ``postgresql.sql`` in ``folder``.

    ``fill`` writes the rows of sealed tables; it runs while no trigger is installed.
    """

    labels: tuple[str, ...]
    folder: Path
    fill: Callable[[BaseDatabaseWrapper], None]


protections: dict[str, Protection] = {}
scripts: list[Script] = []


def protect(label: str, *, refused: frozenset[str], rights: str) -> None:
    """Refuse these verbs on a table to everybody, whoever is signed in."""
    protections[label] = Protection(label, refused, rights)


def append_only(*labels: str) -> None:
    """Rows of these models (``app.Model``) can be added and read, and nothing else, ever."""
    for label in labels:
        protect(label, refused=frozenset({"UPDATE", "DELETE"}), rights="SELECT, INSERT")


def sealed(*labels: str) -> None:
    """Rows of these models are written by the installer alone."""
    for label in labels:
        protect(label, refused=frozenset({"INSERT", "UPDATE", "DELETE"}), rights="SELECT")


def _nothing(_connection: BaseDatabaseWrapper) -> None:
    """Most scripts have no rows of their own."""


def script(
    *labels: str, folder: Path, fill: Callable[[BaseDatabaseWrapper], None] = _nothing
) -> None:
    """Install an app's own triggers once all of its tables (``labels``) exist."""
    scripts.append(Script(labels, folder, fill))
