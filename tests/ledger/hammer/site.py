"""Where the hammer strikes: a database with one grant in it, and a folder for what was told."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core.models import Document, Person
from tests.factories.ledger import an_awarded_desk
from tests.ledger import stories
from tests.ledger.hammer.orders import CAP, GRANT, GROUPS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.hammer.server import Server


@dataclass
class Site:
    """``server`` is None on SQLite."""

    folder: Path
    server: Server | None = None

    def prepare(self) -> None:
        """The owner makes the tables; one grant is awarded, its groups have their head-room."""
        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
        self.connect(owner=True)
        call_command("migrate", verbosity=0, run_syncdb=True, interactive=False)
        self.connect(owner=False)
        desk = an_awarded_desk(grant=GRANT)
        for group in GROUPS:
            stories.open_headroom(desk, cap=CAP, group=group)
        ids = [desk.book.pk, *(str(x.pk) for x in (desk.paper, desk.actor, desk.approver))]
        (self.folder / "desk").write_text(json.dumps(ids))
        connection.close()

    def connect(self, *, owner: bool) -> None:
        """Be the owner, or act as the application, from the next statement on."""
        connection.close()
        if not self.server:
            return
        options = connection.settings_dict["OPTIONS"]
        options.pop("assume_role", None)
        if not owner:
            options["assume_role"] = "trellis_app"

    def people(self) -> tuple[int, Document, Person, Person]:
        book, paper, actor, approver = json.loads((self.folder / "desk").read_text())
        people = Person.objects.in_bulk([actor, approver])
        one, two = (next(p for pk, p in people.items() if str(pk) == x) for x in (actor, approver))
        return book, Document.objects.get(pk=paper), one, two

    def finish(self) -> None:
        (self.folder / "over").touch()

    def is_over(self) -> bool:
        return (self.folder / "over").exists() or os.getppid() == 1

    def read(self, name: str) -> list[str]:
        """All whole lines of all files of a name."""
        lines: list[str] = []
        for path in sorted(self.folder.glob(f"{name}.*")):
            lines += [
                line for line in path.read_text().splitlines(keepends=True) if line[-1] == "\n"
            ]
        return lines
