"""``manage.py demo``: a whole call, from its publication to its audit, on an empty database."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection

from demo import summary
from demo.chapters.endings import TODAY
from demo.play import play
from demo.stage import DEFAULT, FULL
from demo.voice import Voice

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Play a Joint Cluster Initiative call from publication to audit, on an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help="over 1,000 vouchers")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  the framework's
        if not settings.DEMO or connection.vendor != "sqlite":
            raise CommandError("The demo begins with an empty SQLite database: set TRELLIS_DEMO=1.")
        self._start_afresh()
        voice = Voice()
        play(FULL if options["full"] else DEFAULT, voice.tell)
        voice.close()
        self._set_clock()
        self.stdout.write(f"\nPlayed in {voice.seconds:.1f} s. Read back from the ledger:\n")
        for line in summary.lines():
            self.stdout.write(line)

    def _set_clock(self) -> None:
        """From now on the demo's clock goes on from the story's last day."""
        offset = TODAY - datetime.now(UTC)
        clock_file = settings.VAR_DIR / "clock.json"
        clock_file.write_text(json.dumps({"offset_seconds": round(offset.total_seconds())}))

    def _start_afresh(self) -> None:
        connection.close()
        for name in ("trellis.sqlite3", "trellis.sqlite3-wal", "trellis.sqlite3-shm", "clock.json"):
            (settings.VAR_DIR / name).unlink(missing_ok=True)
        for name in ("media", "mail", "files"):
            shutil.rmtree(settings.VAR_DIR / name, ignore_errors=True)
        call_command("migrate", verbosity=0)
