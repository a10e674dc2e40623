"""``manage.py tick``: what time itself does, once. For cron where no beat runs."""

from typing import Any

from django.core.management.base import BaseCommand

from core import clock, clockwork, jobs


class Command(BaseCommand):
    help = "Close what is over, expire, remind, and run the jobs that wait."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  the framework's
        for name, moved in clockwork.tick(at=clock.now()).items():
            self.stdout.write(f"{name}: {moved}")
        self.stdout.write(f"jobs kicked: {jobs.sweep()}")
