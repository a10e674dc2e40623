"""``manage.py sync_turns``: repair the work lists, for instance after data were loaded by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from workflows.actions.sync import sync


class Command(BaseCommand):
    help = "Make the open tasks of every record what its state asks for."

    def handle(self, *_args: Any, **_options: Any) -> None:
        repaired = 0
        for record, tasks in sync(at=clock.now()):
            repaired += tasks
            self.stdout.write(f"{record._meta.verbose_name} {record}: {tasks}")
        self.stdout.write(f"tasks repaired: {repaired}")
