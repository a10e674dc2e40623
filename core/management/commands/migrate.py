"""``migrate`` as Django has it, then the triggers and rights that migrations do not know."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from core.ddl.installer import changing_schema, install, triggers_aside


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        using = options["database"]
        if options["check_unapplied"] or options["plan"]:
            super().handle(*args, **options)
            return
        with changing_schema(connections[using]):
            with triggers_aside(using):
                super().handle(*args, **options)
            install(using)
